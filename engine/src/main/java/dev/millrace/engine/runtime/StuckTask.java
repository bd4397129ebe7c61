package dev.millrace.engine.runtime;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices when a task does not come back from a call, and logs it once per call. */
final class StuckTask {
  private static final Logger LOG = LoggerFactory.getLogger(StuckTask.class);

  /** A call of a few batches takes milliseconds; after this long somebody should look. */
  private static final Duration WORTH_A_LINE = Duration.ofSeconds(30);

  private static final Duration STUCK = Duration.ofSeconds(60);

  private final String name;
  private final boolean blocking;
  private final TaskMeter meter;
  private long loggedCall;
  private boolean logged;

  StuckTask(String name, boolean blocking, TaskMeter meter) {
    this.name = name;
    this.blocking = blocking;
    this.meter = meter;
  }

  void check() {
    long call = meter.callStart();
    Duration lasting = meter.lasting();
    if (lasting.compareTo(WORTH_A_LINE) > 0 && !(logged && call == loggedCall)) {
      logged = true;
      loggedCall = call;
      log(meter.thread(), lasting);
    }
  }

  private void log(Thread thread, Duration lasting) {
    LOG.warn(
        "{} has not come back from one call for {} s: its thread '{}' {}. {} See where with"
            + " --verbose or jstack.",
        name,
        lasting.toSeconds(),
        thread.getName(),
        doing(thread.getState()),
        blocking
            ? "Look at the system behind it: the job goes on when that answers."
            : "The tasks that share this worker wait.");
    LOG.debug("'{}' is {}", thread.getName(), top(thread.getStackTrace()));
  }

  private static String doing(Thread.State state) {
    return switch (state) {
      case BLOCKED -> "waits for a lock";
      case WAITING, TIMED_WAITING -> "waits for another thread or an answer from outside";
      default -> "computes, or reads or writes";
    };
  }

  /** The innermost frame, and the innermost one that is not the JDK's. */
  private static String top(StackTraceElement[] frames) {
    if (frames.length == 0) {
      return "not running any more";
    }
    for (StackTraceElement frame : frames) {
      if (frame.getModuleName() == null) {
        return frame.equals(frames[0]) ? "at " + frame : "at " + frames[0] + ", called at " + frame;
      }
    }
    return "at " + frames[0];
  }

  /** One line if the task holds up a worker for too long. */
  Optional<String> stuck() {
    Duration lasting = meter.lasting();
    return !blocking && lasting.compareTo(STUCK) > 0
        ? Optional.of(
            "%s has not come back from one call for %d s.".formatted(name, lasting.toSeconds()))
        : Optional.empty();
  }
}
