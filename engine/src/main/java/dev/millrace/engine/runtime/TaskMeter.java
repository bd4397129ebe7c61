package dev.millrace.engine.runtime;

import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Measures what a task does with its time and how full its input queues are.
 *
 * <p>Whoever runs the task calls {@link #begin} and {@link #end} around each call of {@link
 * Task#run}, and the task itself calls {@link #drained}; any thread may ask the rest.
 */
final class TaskMeter {
  private static final long RESTING = Long.MIN_VALUE;

  private final String node;
  private final int subtask;
  private final Clock clock;
  private final List<Channel> inputs;
  private final Counter busy;
  private final Counter backpressured;
  private final Counter callStart = new Counter();
  private volatile Thread thread;
  private long lastEnd;
  private boolean waiting;

  private TaskMeter(
      String node,
      int subtask,
      Clock clock,
      List<Channel> inputs,
      Counter busy,
      Counter backpressured) {
    this.node = node;
    this.subtask = subtask;
    this.clock = clock;
    this.inputs = List.copyOf(inputs);
    this.busy = busy;
    this.backpressured = backpressured;
    callStart.set(RESTING);
  }

  /** Of a task that begins with this instance of a node. */
  static TaskMeter of(InstanceContext context, List<Channel> inputs) {
    TaskMeter meter =
        new TaskMeter(
            context.name(),
            context.subtask(),
            context.clock(),
            inputs,
            context.counter(Metrics.BUSY),
            context.counter(Metrics.BACKPRESSURED));
    if (meter.hasInputs()) {
      context.gauge(Metrics.QUEUE_FILL, meter::fill);
    }
    return meter;
  }

  /** Of a task beside the dataflow, whose times are nobody's metrics. */
  static TaskMeter unlisted(String node, Clock clock) {
    return new TaskMeter(node, 0, clock, List.of(), new Counter(), new Counter());
  }

  String node() {
    return node;
  }

  int subtask() {
    return subtask;
  }

  void begin() {
    long now = clock.nanoTime();
    if (waiting) {
      backpressured.add(now - lastEnd);
    }
    Thread current = Thread.currentThread();
    if (thread != current) {
      thread = current;
    }
    callStart.set(now);
  }

  void end() {
    long now = clock.nanoTime();
    busy.add(now - callStart.get());
    callStart.set(RESTING);
    lastEnd = now;
  }

  /** Notes whether everything that the task emitted has been taken; returns the same. */
  boolean drained(boolean all) {
    waiting = !all;
    return all;
  }

  /** Nanoseconds of finished calls. */
  long busyNanos() {
    return busy.get();
  }

  /** Nanoseconds of waiting for room. */
  long backpressuredNanos() {
    return backpressured.get();
  }

  /** When the call under way began, by the clock's nanoseconds: tells one call from another. */
  long callStart() {
    return callStart.get();
  }

  /** How long the call under way has lasted; zero if there is none. */
  Duration lasting() {
    long start = callStart.get();
    return start == RESTING ? Duration.ZERO : Duration.ofNanos(clock.nanoTime() - start);
  }

  /** The thread that was the last to call the task; null before the first. */
  Thread thread() {
    return thread;
  }

  boolean hasInputs() {
    return !inputs.isEmpty();
  }

  /** How full the fullest input queue is, from 0 to 1. */
  double fill() {
    double fullest = 0;
    for (Channel input : inputs) {
      fullest = Math.max(fullest, input.fill());
    }
    return fullest;
  }

  /** How often an input queue had no room for what a task before this one had. */
  long refusals() {
    long refusals = 0;
    for (Channel input : inputs) {
      refusals += input.refusals();
    }
    return refusals;
  }
}
