package dev.millrace.engine.runtime;

import dev.millrace.engine.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Looks at the tasks of a running job from outside, and logs which of them hold it up: one that has
 * been in one call for too long ({@link StuckTask}), one whose input waits for it ({@link
 * SlowTask}).
 */
public final class JobMonitor {
  private final List<StuckTask> calls = new ArrayList<>();
  private final List<SlowTask> queues = new ArrayList<>();
  private final SourceRates rates;

  /** {@code places} adds to a node's name where it stands in the SQL. */
  JobMonitor(List<Task> tasks, Clock clock, UnaryOperator<String> places, SourceRates rates) {
    this.rates = rates;
    for (Task task : tasks) {
      TaskMeter meter = task.meter();
      String name = places.apply(meter.node()) + ", instance " + meter.subtask();
      calls.add(new StuckTask(name, task.blocking(), meter));
      if (meter.hasInputs()) {
        queues.add(new SlowTask(name, task.blocking(), meter, clock));
      }
    }
  }

  /** Looks at every task; for one thread to call about once a second. */
  public void check() {
    calls.forEach(StuckTask::check);
    queues.forEach(SlowTask::check);
    rates.check();
  }

  /**
   * Says in one line which task holds up a worker for so long that it will hardly come back; empty
   * if none does. A task that may block has a thread of its own, on which it may wait for as long
   * as the system behind it is away. Thread-safe.
   */
  public Optional<String> stuck() {
    return calls.stream().flatMap(call -> call.stuck().stream()).findFirst();
  }
}
