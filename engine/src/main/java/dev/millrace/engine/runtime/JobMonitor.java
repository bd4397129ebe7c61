package dev.millrace.engine.runtime;

import dev.millrace.engine.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Looks at the tasks of a running job from outside, and logs which of them hold it up: one that has
 * been in one call for too long ({@link StuckTask}), one whose input waits for it ({@link
 * SlowTask}).
 */
public final class JobMonitor {
  /** The watchers of tasks that run. */
  private record Watched(List<Task> tasks, List<StuckTask> calls, List<SlowTask> queues) {}

  private final Supplier<List<Task>> running;
  private final Clock clock;
  private final UnaryOperator<String> places;
  private final SourceRates rates;
  private Watched watched = new Watched(List.of(), List.of(), List.of());

  /**
   * A monitor that has not looked yet.
   *
   * @param running the tasks that run now: others after a restart
   * @param places adds to a node's name where it stands in the SQL
   */
  JobMonitor(
      Supplier<List<Task>> running, Clock clock, UnaryOperator<String> places, SourceRates rates) {
    this.running = running;
    this.clock = clock;
    this.places = places;
    this.rates = rates;
  }

  private synchronized Watched watched() {
    List<Task> tasks = running.get();
    if (tasks != watched.tasks()) {
      watched = watch(tasks);
    }
    return watched;
  }

  private Watched watch(List<Task> tasks) {
    List<StuckTask> calls = new ArrayList<>();
    List<SlowTask> queues = new ArrayList<>();
    for (Task task : tasks) {
      TaskMeter meter = task.meter();
      String name = places.apply(meter.node()) + ", instance " + meter.subtask();
      calls.add(new StuckTask(name, task.blocking(), meter));
      if (meter.hasInputs()) {
        queues.add(new SlowTask(name, task.blocking(), meter, clock));
      }
    }
    return new Watched(tasks, calls, queues);
  }

  /** Looks at every task; for one thread to call about once a second. */
  public void check() {
    Watched now = watched();
    now.calls().forEach(StuckTask::check);
    now.queues().forEach(SlowTask::check);
    rates.check();
  }

  /**
   * Says in one line which task holds up a worker for so long that it will hardly come back; empty
   * if none does. A task that may block has a thread of its own, on which it may wait for as long
   * as the system behind it is away. Thread-safe.
   */
  public Optional<String> stuck() {
    return watched().calls().stream().flatMap(call -> call.stuck().stream()).findFirst();
  }
}
