package dev.millrace.engine.operator.window;

import dev.millrace.engine.time.Watermarks;
import dev.millrace.engine.time.ZoneOffsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.TimeZone;

/**
 * Converts between points in time and the local time that windows are cut from, and tells when a
 * window is complete. The same as Flink's {@code TimeWindowUtil}, also where the clock is changed.
 * Not thread-safe.
 */
public final class WindowZone {
  private static final long HOUR = 3_600_000L;

  /** Null if local time is the point in time. */
  private final ZoneOffsets offsets;

  private final boolean changesClock;

  public WindowZone(ZoneId zone) {
    boolean utc = zone.normalized().equals(ZoneOffset.UTC);
    this.offsets = utc ? null : new ZoneOffsets(zone);
    this.changesClock = TimeZone.getTimeZone(zone).useDaylightTime();
  }

  boolean isUtc() {
    return offsets == null;
  }

  long toLocal(long time) {
    return offsets == null ? time : offsets.toLocal(time);
  }

  long toEpoch(long local) {
    return offsets == null ? local : offsets.toEpoch(local);
  }

  /** Whether time has come so far that a window is complete. */
  public boolean isComplete(long windowEnd, long progress) {
    return windowEnd != Watermarks.END && progress >= completeAt(windowEnd - 1);
  }

  /**
   * The point in time of a window's last millisecond: of a local time that the clock skips the
   * moment when it does, of one that comes twice the second.
   */
  private long completeAt(long local) {
    if (offsets == null) {
      return local;
    }
    long time = offsets.toEpoch(local);
    if (changesClock) {
      long hourLater = offsets.toEpoch(local + HOUR);
      if (time == hourLater) {
        return time - time % HOUR;
      }
      if (hourLater - time > HOUR) {
        return time + HOUR;
      }
    }
    return time;
  }
}
