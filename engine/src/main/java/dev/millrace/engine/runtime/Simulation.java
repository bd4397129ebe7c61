package dev.millrace.engine.runtime;

import dev.millrace.engine.checkpoint.SnapshotInfo;
import dev.millrace.engine.checkpoint.SnapshotStore;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.time.SimulatedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

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
  private final Metrics metrics = new Metrics();
  private final Random random;
  private final TaskGraph graph;
  private boolean suspended;

  /** {@code config}'s clock is replaced by the simulated one. */
  public Simulation(Dataflow dataflow, JobConfig config, long seed) {
    this(dataflow, config, seed, START, recovery -> recovery.begin(Origin.NOTHING));
  }

  /**
   * A job that goes on from a snapshot of its operators; its sources begin anew.
   *
   * @param restored of a job with the same nodes, at any parallelism
   * @param start where the clock begins, since the epoch
   */
  public Simulation(
      Dataflow dataflow, JobConfig config, long seed, JobSnapshot restored, Duration start) {
    this(dataflow, config, seed, start, recovery -> JobStart.after(restored));
  }

  /**
   * A job that goes on from its newest checkpoint that counts, if there is one.
   *
   * @param start where the clock begins, since the epoch
   */
  public static Simulation resume(Dataflow dataflow, JobConfig config, long seed, Duration start) {
    return resume(dataflow, config, seed, start, Origin.NOTHING);
  }

  /** The same for a job that begins somewhere else if it has no checkpoint. */
  public static Simulation resume(
      Dataflow dataflow, JobConfig config, long seed, Duration start, Origin origin) {
    return new Simulation(dataflow, config, seed, start, recovery -> recovery.resume(origin));
  }

  /** A job that begins a new run with the state of a snapshot. */
  public static Simulation from(
      Dataflow dataflow, JobConfig config, long seed, Duration start, Origin origin) {
    Recovery.settle(dataflow, config, origin);
    return new Simulation(dataflow, config, seed, start, recovery -> recovery.begin(origin));
  }

  private Simulation(
      Dataflow dataflow,
      JobConfig config,
      long seed,
      Duration start,
      TaskGraph.Beginning beginning) {
    this.random = new Random(seed);
    this.clock = new SimulatedClock(start);
    this.graph =
        TaskGraph.of(
            dataflow,
            config.withClock(clock),
            metrics,
            () -> {},
            beginning,
            () -> suspended = true);
  }

  public Metrics metrics() {
    return metrics;
  }

  public SimulatedClock clock() {
    return clock;
  }

  /** Asks the sources to end; with checkpoints, after one more. */
  public void stop() {
    graph.stop();
  }

  /** Asks for a savepoint; see {@link Job#savepoint}. */
  public CompletableFuture<SnapshotInfo> savepoint(SnapshotStore target, boolean stop) {
    SavepointRequest request = SavepointRequest.to(target, stop);
    graph.savepoint(request);
    return request.done();
  }

  /**
   * Runs until all tasks have finished or, at the latest, until this much simulated time has
   * passed; returns whether all have finished. Throws what a task throws.
   */
  public boolean run(Duration limit) {
    try {
      graph.open();
      return runTasks(limit, () -> false);
    } finally {
      graph.close();
    }
  }

  /**
   * Runs until the kill, which is asked for before every step, and then leaves everything as it
   * stands, as a process does that is killed; returns whether all tasks had finished. Throws what a
   * task throws.
   */
  public boolean runUntilKilled(BooleanSupplier kill) {
    graph.open();
    return runTasks(Duration.ofDays(365), kill);
  }

  /**
   * Runs for this much simulated time a job whose sources pause meanwhile, so that nothing is under
   * way in the end, and returns what the operators keep then. The job does not go on.
   */
  public JobSnapshot runAndSave(Duration time) {
    try {
      graph.open();
      runTasks(time, () -> false);
      return JobSnapshot.of(0, graph.operators().stream().map(OperatorStage::save).toList());
    } finally {
      graph.close();
    }
  }

  private boolean runTasks(Duration limit, BooleanSupplier kill) {
    List<Task> unfinished = new ArrayList<>(graph.tasks());
    long deadline = clock.nanoTime() + limit.toNanos();
    int misses = 0;
    while (!unfinished.isEmpty()
        && !suspended
        && clock.nanoTime() < deadline
        && !kill.getAsBoolean()) {
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
    return unfinished.isEmpty() || suspended;
  }
}
