package dev.millrace.engine.function.cast;

import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.text.Dates;
import dev.millrace.engine.text.Decimals;
import dev.millrace.engine.text.Numbers;
import dev.millrace.engine.time.ZoneOffsets;
import dev.millrace.engine.type.DataType;

/**
 * Casts among DATE, TIME, TIMESTAMP and TIMESTAMP_LTZ.
 *
 * <p>Before 1970, Flink's casts of TIMESTAMP round towards 1970: a time of day comes out negative,
 * and a day that has begun is the next one. That is kept.
 */
final class TimeCasts {
  private static final int MAX_MILLI_PRECISION = 3;

  private TimeCasts() {}

  /** The cast between two types of time, or null if there is none. */
  static Cast find(DataType source, DataType target) {
    int precision = target.precision();
    boolean cuts = source.precision() > precision;
    return switch (source.root()) {
      case DATE ->
          switch (target.root()) {
            case DATE -> Cast.IDENTITY;
            case TIMESTAMP -> (input, count, context) -> ofDates((IntVector) input, count, null);
            case TIMESTAMP_LTZ ->
                (input, count, context) -> ofDates((IntVector) input, count, context.zone());
            default -> null;
          };
      case TIME ->
          switch (target.root()) {
            case TIME ->
                cuts
                    ? (input, count, context) -> cutTimes((IntVector) input, precision)
                    : Cast.IDENTITY;
            case TIMESTAMP -> (input, count, context) -> ofTimes((IntVector) input, count, null);
            case TIMESTAMP_LTZ ->
                (input, count, context) -> ofTimes((IntVector) input, count, context.zone());
            default -> null;
          };
      case TIMESTAMP ->
          switch (target.root()) {
            case DATE -> TimeCasts::dates;
            case TIME ->
                (input, count, context) ->
                    cutTimes(times((TimestampVector) input, count), precision);
            case TIMESTAMP -> cut(cuts, precision);
            case TIMESTAMP_LTZ -> ((Cast) TimeCasts::toEpoch).then(cut(cuts, precision));
            default -> null;
          };
      case TIMESTAMP_LTZ ->
          switch (target.root()) {
            case DATE ->
                (input, count, context) ->
                    localDates((TimestampVector) input, count, context.zone());
            case TIME ->
                (input, count, context) ->
                    cutTimes(localTimes((TimestampVector) input, count, context.zone()), precision);
            case TIMESTAMP -> ((Cast) TimeCasts::toLocal).then(cut(cuts, precision));
            case TIMESTAMP_LTZ -> cut(cuts, precision);
            default -> null;
          };
      default -> null;
    };
  }

  private static Vector ofDates(IntVector input, int count, ZoneOffsets zone) {
    int[] days = input.values();
    long[] millis = new long[count];
    for (int i = 0; i < count; i++) {
      millis[i] = days[i] * Dates.MILLIS_PER_DAY;
    }
    return epochs(input, millis, null, count, zone);
  }

  private static Vector ofTimes(IntVector input, int count, ZoneOffsets zone) {
    return epochs(input, NumericArrays.longs(input, count), null, count, zone);
  }

  private static Vector toEpoch(Vector input, int count, CastContext context) {
    TimestampVector timestamps = (TimestampVector) input;
    return epochs(input, timestamps.millis().clone(), timestamps.nanos(), count, context.zone());
  }

  /** Local milliseconds, which are turned in place if there is a zone. */
  private static Vector epochs(
      Vector input, long[] millis, int[] nanos, int count, ZoneOffsets zone) {
    if (zone != null) {
      for (int i = 0; i < count; i++) {
        if (!input.isNull(i)) {
          millis[i] = zone.toEpoch(millis[i]);
        }
      }
    }
    return new TimestampVector(count, millis, nanos, input.nulls());
  }

  private static Vector toLocal(Vector input, int count, CastContext context) {
    TimestampVector timestamps = (TimestampVector) input;
    long[] local = local(timestamps, count, context.zone());
    return new TimestampVector(count, local, timestamps.nanos(), input.nulls());
  }

  private static long[] local(TimestampVector input, int count, ZoneOffsets zone) {
    long[] millis = input.millis();
    long[] local = new long[count];
    for (int i = 0; i < count; i++) {
      if (!input.isNull(i)) {
        local[i] = zone.toLocal(millis[i]);
      }
    }
    return local;
  }

  private static Vector dates(Vector input, int count, CastContext context) {
    long[] millis = ((TimestampVector) input).millis();
    int[] days = new int[count];
    for (int i = 0; i < count; i++) {
      days[i] = (int) (millis[i] / Dates.MILLIS_PER_DAY);
    }
    return new IntVector(count, days, input.nulls());
  }

  private static Vector localDates(TimestampVector input, int count, ZoneOffsets zone) {
    long[] local = local(input, count, zone);
    int[] days = new int[count];
    for (int i = 0; i < count; i++) {
      days[i] = (int) Math.floorDiv(local[i], Dates.MILLIS_PER_DAY);
    }
    return new IntVector(count, days, input.nulls());
  }

  private static IntVector times(TimestampVector input, int count) {
    long[] millis = input.millis();
    int[] times = new int[count];
    for (int i = 0; i < count; i++) {
      times[i] = (int) (millis[i] % Dates.MILLIS_PER_DAY);
    }
    return new IntVector(count, times, input.nulls());
  }

  private static IntVector localTimes(TimestampVector input, int count, ZoneOffsets zone) {
    long[] local = local(input, count, zone);
    int[] times = new int[count];
    for (int i = 0; i < count; i++) {
      times[i] = (int) Math.floorMod(local[i], Dates.MILLIS_PER_DAY);
    }
    return new IntVector(count, times, input.nulls());
  }

  /** Times with just so many digits of the second; milliseconds are all that a TIME has. */
  static IntVector cutTimes(IntVector input, int precision) {
    if (precision >= MAX_MILLI_PRECISION) {
      return input;
    }
    int unit = (int) Decimals.pow10(MAX_MILLI_PRECISION - precision);
    int[] values = input.values();
    int[] cut = new int[input.size()];
    for (int i = 0; i < cut.length; i++) {
      cut[i] = values[i] - values[i] % unit;
    }
    return new IntVector(cut.length, cut, input.nulls());
  }

  private static Cast cut(boolean cuts, int precision) {
    return cuts
        ? (input, count, context) -> cutTimestamps((TimestampVector) input, count, precision)
        : Cast.IDENTITY;
  }

  /**
   * Timestamps with just so many digits of the second. As in Flink, one is left alone if the number
   * of its nanoseconds, without zeros before it, has no more digits than that.
   */
  private static Vector cutTimestamps(TimestampVector input, int count, int precision) {
    long[] millis = input.millis();
    boolean keepsNanos = precision > MAX_MILLI_PRECISION;
    long milliUnit = keepsNanos ? 1 : Decimals.pow10(MAX_MILLI_PRECISION - precision);
    int nanoUnit = keepsNanos ? (int) Decimals.pow10(9 - precision) : Dates.NANOS_PER_MILLI;
    long[] toMillis = new long[count];
    int[] toNanos = input.nanos() == null ? null : new int[count];
    for (int i = 0; i < count; i++) {
      long milli = millis[i];
      int nano = input.nanosAt(i);
      int nanoOfSecond = Math.floorMod(milli, 1000) * Dates.NANOS_PER_MILLI + nano;
      if (Numbers.digitCount(nanoOfSecond) > precision) {
        milli -= milli % milliUnit;
        nano -= nano % nanoUnit;
      }
      toMillis[i] = milli;
      if (toNanos != null) {
        toNanos[i] = nano;
      }
    }
    return new TimestampVector(count, toMillis, toNanos, input.nulls());
  }
}
