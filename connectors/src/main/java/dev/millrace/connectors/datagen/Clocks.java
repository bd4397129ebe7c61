package dev.millrace.connectors.datagen;

import dev.millrace.engine.batch.IntVector;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.util.Arrays;

/** Columns that show the time at which a row is made. */
final class Clocks {
  private Clocks() {}

  /** Today, in a zone. */
  static Generator date(ZoneId zone) {
    return (rows, count, now) ->
        repeated((int) Instant.ofEpochMilli(now).atZone(zone).toLocalDate().toEpochDay(), count);
  }

  /** The milliseconds of the day, in a zone. */
  static Generator time(ZoneId zone) {
    return (rows, count, now) ->
        repeated(Instant.ofEpochMilli(now).atZone(zone).get(ChronoField.MILLI_OF_DAY), count);
  }

  private static IntVector repeated(int value, int count) {
    int[] values = new int[count];
    Arrays.fill(values, value);
    return new IntVector(count, values, null);
  }
}
