package dev.millrace.engine.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Converts between points in time and a zone's local time, without an object per value. Not
 * thread-safe.
 *
 * <p>Remembers between which two changes of the zone's offset the last value lay, because the next
 * value mostly lies there, too. Units are milliseconds since 1970-01-01T00:00, UTC or local.
 */
public final class ZoneOffsets {
  /** Local times this far from a change of the offset can be neither in a gap nor in an overlap. */
  private static final long MARGIN = 2 * 86_400_000L;

  private final ZoneId zone;
  private final ZoneRules rules;
  private int offset;

  /** The offset holds from {@code from}, included, to {@code until}, excluded. */
  private long from = Long.MAX_VALUE;

  private long until = Long.MIN_VALUE;

  /** Within these bounds a local time has only this offset. */
  private long safeFrom = Long.MAX_VALUE;

  private long safeUntil = Long.MIN_VALUE;

  public ZoneOffsets(ZoneId zone) {
    this.zone = zone;
    this.rules = zone.getRules();
  }

  public ZoneId zone() {
    return zone;
  }

  /** How much local time is ahead of UTC at a point in time, in milliseconds. */
  public int offsetAt(long epochMillis) {
    if (epochMillis < from || epochMillis >= until) {
      load(epochMillis);
    }
    return offset;
  }

  /** The local time at a point in time. */
  public long toLocal(long epochMillis) {
    return epochMillis + offsetAt(epochMillis);
  }

  /**
   * The point in time of a local time: the earlier one of two; one that the clock skips is moved on
   * by what it skips.
   */
  public long toEpoch(long localMillis) {
    long epochMillis = localMillis - offset;
    if (epochMillis >= safeFrom && epochMillis < safeUntil) {
      return epochMillis;
    }
    long second = Math.floorDiv(localMillis, 1000L);
    LocalDateTime local = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    long epochSecond = local.atZone(zone).toEpochSecond();
    epochMillis = epochSecond * 1000 + (localMillis - second * 1000);
    load(epochMillis);
    return epochMillis;
  }

  private void load(long epochMillis) {
    Instant instant = Instant.ofEpochMilli(epochMillis);
    offset = rules.getOffset(instant).getTotalSeconds() * 1000;
    ZoneOffsetTransition previous = rules.previousTransition(instant.plusMillis(1));
    ZoneOffsetTransition next = rules.nextTransition(instant);
    from = previous == null ? Long.MIN_VALUE : previous.toEpochSecond() * 1000;
    until = next == null ? Long.MAX_VALUE : next.toEpochSecond() * 1000;
    safeFrom = previous == null ? from : from + MARGIN;
    safeUntil = next == null ? until : until - MARGIN;
  }
}
