package dev.millrace.engine.runtime;

import dev.millrace.engine.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when a task has been too slow for its input for a minute, and logs it once a minute.
 *
 * <p>At every look the input counts as full if a task before this one found no room since the look
 * before, and the fullest queue still is at least half full: a task empties up to half a queue in a
 * call. Full at more than 90 % of the looks of a minute means slow; unless the task itself spent
 * most of that time waiting for room behind it, since then the slow one is further down.
 */
final class SlowTask {
  private static final Logger LOG = LoggerFactory.getLogger(SlowTask.class);
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final double MOSTLY_FULL = 0.9;
  private static final double STILL_FULL = 0.5;
  private static final double MOSTLY_WAITING = 0.5;

  private final String name;
  private final boolean blocking;
  private final TaskMeter meter;
  private final Clock clock;
  private long windowStart;
  private long busyBefore;
  private long backpressuredBefore;
  private long refusalsBefore;
  private int looks;
  private int full;

  SlowTask(String name, boolean blocking, TaskMeter meter, Clock clock) {
    this.name = name;
    this.blocking = blocking;
    this.meter = meter;
    this.clock = clock;
    this.refusalsBefore = meter.refusals();
    begin(clock.nanoTime());
  }

  private void begin(long now) {
    windowStart = now;
    busyBefore = meter.busyNanos();
    backpressuredBefore = meter.backpressuredNanos();
    looks = 0;
    full = 0;
  }

  void check() {
    looks++;
    long refusals = meter.refusals();
    if (refusals > refusalsBefore && meter.fill() >= STILL_FULL) {
      full++;
    }
    refusalsBefore = refusals;
    long now = clock.nanoTime();
    if (now - windowStart >= WINDOW.toNanos()) {
      judge(now - windowStart);
      begin(now);
    }
  }

  private void judge(long nanos) {
    double fullShare = full / (double) looks;
    double waitingShare = (meter.backpressuredNanos() - backpressuredBefore) / (double) nanos;
    if (fullShare > MOSTLY_FULL && waitingShare < MOSTLY_WAITING) {
      LOG.info(
          "{} holds up the job: in the last minute its input was full for {} % of the time and it"
              + " was at work for {} %. {}",
          name,
          Math.round(100 * fullShare),
          Math.round(100 * Math.min(1, (meter.busyNanos() - busyBefore) / (double) nanos)),
          blocking
              ? "The system that it writes to takes no more: look there."
              : "Give the job more cores or a higher parallelism; if one instance alone is named,"
                  + " look for keys with most of the rows.");
    }
  }
}
