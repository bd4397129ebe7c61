package dev.millrace.engine.runtime;

import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.time.SimulatedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Runs a job on the calling thread in an order that a seed decides, under a clock that moves only
 * when nothing else can: the same seed gives the same run, step by step.
 */
public final class Simulation {
  private static final Duration IDLE_STEP = Duration.ofMillis(10);

  /** Steps without progress, per task, after which simulated time passes. */
  private static final int PATIENCE = 4;

  private static final Duration START = Duration.ofDays(365);

  private final SimulatedClock clock;
  private final StopSignal stop = new StopSignal();
  private final Metrics metrics = new Metrics();
  private final Random random;
  private final TaskGraph graph;
  private final JobSnapshot restored;

  /** {@code config}'s clock is replaced by the simulated one. */
  public Simulation(Dataflow dataflow, JobConfig config, long seed) {
    this(dataflow, config, seed, JobSnapshot.NONE, START);
  }

  /**
   * A job that goes on from a snapshot.
   *
   * @param restored of a job with the same nodes, at any parallelism
   * @param start where the clock begins, since the epoch
   */
  public Simulation(
      Dataflow dataflow, JobConfig config, long seed, JobSnapshot restored, Duration start) {
    this.random = new Random(seed);
    this.clock = new SimulatedClock(start);
    this.restored = restored;
    JobServices services = new JobServices(config.withClock(clock), metrics, () -> {});
    this.graph = TaskGraph.build(dataflow, services, stop);
  }

  public Metrics metrics() {
    return metrics;
  }

  public SimulatedClock clock() {
    return clock;
  }

  /** Asks the sources to end. */
  public void stop() {
    stop.request();
  }

  /**
   * Runs until all tasks have finished or, at the latest, until this much simulated time has
   * passed; returns whether all have finished. Throws what a task throws.
   */
  public boolean run(Duration limit) {
    try {
      open();
      return runTasks(limit);
    } finally {
      close();
    }
  }

  /**
   * Runs for this much simulated time a job whose sources pause meanwhile, so that nothing is under
   * way in the end, and returns what the operators keep then. The job does not go on.
   */
  public JobSnapshot runAndSave(Duration time) {
    try {
      open();
      runTasks(time);
      return JobSnapshot.of(graph.operators());
    } finally {
      close();
    }
  }

  private void open() {
    graph.tasks().forEach(Task::open);
    graph.operators().forEach(restored::restore);
  }

  private void close() {
    graph.tasks().forEach(Task::close);
  }

  private boolean runTasks(Duration limit) {
    List<Task> unfinished = new ArrayList<>(graph.tasks());
    long deadline = clock.nanoTime() + limit.toNanos();
    int misses = 0;
    while (!unfinished.isEmpty() && clock.nanoTime() < deadline) {
      Task task = unfinished.get(random.nextInt(unfinished.size()));
      misses = task.run() ? 0 : misses + 1;
      if (task.finished()) {
        unfinished.remove(task);
      }
      if (misses > PATIENCE * unfinished.size()) {
        clock.advance(IDLE_STEP);
        misses = 0;
      }
    }
    return unfinished.isEmpty();
  }
}
