package dev.millrace.engine.function.cast;

import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.text.Decimals;
import dev.millrace.engine.text.Numbers;
import dev.millrace.engine.time.ZoneOffsets;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.Storage;
import dev.millrace.engine.type.TypeRoot;

/** Casts from text to numbers, booleans, dates and times; text that cannot be read is a failure. */
final class ParseCasts {
  private static final String NO_NUMBER =
      "For input string: '%s'. " + IntegerText.INVALID_CHARACTER;
  private static final String TOO_LARGE = "For input string: '%s'. " + IntegerText.OVERFLOW;
  private static final String NO_TIME =
      "Invalid time format: '%s'. Expected format: HH:mm:ss[.fff] where HH is 00-23,"
          + " mm is 00-59, ss is 00-59";

  private ParseCasts() {}

  /** Reports a text that cannot be read; the message has a place for it. */
  private static void fail(BytesVector text, int position, String message, CastContext context) {
    context.fail(position, () -> message.formatted(text.string(position)));
  }

  static Cast toNumber(DataType target) {
    return switch (target.root()) {
      case TINYINT -> integers(target.storage(), Byte.MIN_VALUE, Byte.MAX_VALUE);
      case SMALLINT -> integers(target.storage(), Short.MIN_VALUE, Short.MAX_VALUE);
      case INT -> integers(target.storage(), Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT -> integers(target.storage(), Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT -> ParseCasts::floats;
      case DOUBLE -> ParseCasts::doubles;
      default -> throw new IllegalArgumentException(target.toString());
    };
  }

  private static Cast integers(Storage storage, long min, long max) {
    return (input, count, context) -> {
      BytesVector text = (BytesVector) input;
      byte[] data = text.data();
      int[] starts = text.starts();
      int[] lengths = text.lengths();
      long[] to = new long[count];
      for (int i = 0; i < count; i++) {
        if (text.isNull(i)) {
          continue;
        }
        boolean valid = IntegerText.parse(data, starts[i], lengths[i], to, i);
        if (!valid || to[i] < min || to[i] > max) {
          int position = i;
          context.fail(
              i, () -> IntegerText.problem(data, starts[position], lengths[position], valid));
        }
      }
      return NumericCasts.ofLongs(storage, to, count, input.nulls());
    };
  }

  private static Vector doubles(Vector input, int count, CastContext context) {
    BytesVector text = (BytesVector) input;
    byte[] data = text.data();
    int[] starts = text.starts();
    int[] lengths = text.lengths();
    double[] to = new double[count];
    for (int i = 0; i < count; i++) {
      if (!text.isNull(i)) {
        int start = Scan.start(data, starts[i], starts[i] + lengths[i]);
        int end = Scan.end(data, start, starts[i] + lengths[i]);
        if (!Numbers.parseDouble(data, start, end - start, to, i)) {
          failNumber(text, i, context);
        }
      }
    }
    return new DoubleVector(count, to, input.nulls());
  }

  private static Vector floats(Vector input, int count, CastContext context) {
    BytesVector text = (BytesVector) input;
    byte[] data = text.data();
    int[] starts = text.starts();
    int[] lengths = text.lengths();
    float[] to = new float[count];
    for (int i = 0; i < count; i++) {
      if (!text.isNull(i)) {
        int start = Scan.start(data, starts[i], starts[i] + lengths[i]);
        int end = Scan.end(data, start, starts[i] + lengths[i]);
        if (!Numbers.parseFloat(data, start, end - start, to, i)) {
          failNumber(text, i, context);
        }
      }
    }
    return new FloatVector(count, to, input.nulls());
  }

  private static void failNumber(BytesVector text, int position, CastContext context) {
    context.fail(
        position,
        () ->
            "For input string: '%s'. %s"
                .formatted(
                    text.string(position).trim(),
                    text.lengths()[position] == 0
                        ? IntegerText.EMPTY
                        : IntegerText.INVALID_CHARACTER));
  }

  static Cast toDecimal(DataType target) {
    int precision = target.precision();
    int scale = target.scale();
    boolean compactTarget = precision <= DecimalVector.MAX_COMPACT_PRECISION;
    return (input, count, context) -> {
      BytesVector text = (BytesVector) input;
      byte[] data = text.data();
      int[] starts = text.starts();
      int[] lengths = text.lengths();
      long[] low = new long[count];
      long[] high = compactTarget ? null : new long[count];
      for (int i = 0; i < count; i++) {
        if (text.isNull(i)) {
          continue;
        }
        int status;
        if (compactTarget && lengths[i] <= CompactDecimalText.MAX_LENGTH) {
          status = CompactDecimalText.parse(data, starts[i], lengths[i], precision, scale, low, i);
        } else {
          int start = Scan.spaceStart(data, starts[i], starts[i] + lengths[i]);
          int end = Scan.spaceEnd(data, start, starts[i] + lengths[i]);
          status = Decimals.parse(data, start, end - start, precision, scale, high, low, i);
        }
        if (status != Decimals.OK) {
          fail(text, i, status == Decimals.OVERFLOW ? TOO_LARGE : NO_NUMBER, context);
        }
      }
      return new DecimalVector(count, low, high, input.nulls());
    };
  }

  static Vector booleans(Vector input, int count, CastContext context) {
    BytesVector text = (BytesVector) input;
    byte[] data = text.data();
    int[] starts = text.starts();
    int[] lengths = text.lengths();
    boolean[] to = new boolean[count];
    for (int i = 0; i < count; i++) {
      if (text.isNull(i)) {
        continue;
      }
      boolean isTrue = isTrue(data, starts[i], lengths[i]);
      to[i] = isTrue;
      if (!isTrue && !isFalse(data, starts[i], lengths[i])) {
        fail(text, i, "Cannot parse '%s' as BOOLEAN.", context);
      }
    }
    return new BooleanVector(count, to, input.nulls());
  }

  private static boolean isTrue(byte[] data, int start, int length) {
    return switch (length) {
      case 1 -> data[start] == '1' || is(data, start, "t") || is(data, start, "y");
      case 3 -> is(data, start, "yes");
      case 4 -> is(data, start, "true");
      default -> false;
    };
  }

  private static boolean isFalse(byte[] data, int start, int length) {
    return switch (length) {
      case 1 -> data[start] == '0' || is(data, start, "f") || is(data, start, "n");
      case 2 -> is(data, start, "no");
      case 5 -> is(data, start, "false");
      default -> false;
    };
  }

  /** Whether the bytes are these small letters, in either case. */
  private static boolean is(byte[] data, int start, String letters) {
    for (int i = 0; i < letters.length(); i++) {
      byte b = data[start + i];
      int lower = b >= 'A' && b <= 'Z' ? b + 32 : b;
      if (lower != letters.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** From text to DATE, TIME, TIMESTAMP or TIMESTAMP_LTZ. */
  static Cast toTime(DataType target) {
    int precision = target.precision();
    return switch (target.root()) {
      case DATE -> ParseCasts::dates;
      case TIME ->
          (input, count, context) -> TimeCasts.cutTimes(times(input, count, context), precision);
      default ->
          (input, count, context) ->
              timestamps((BytesVector) input, count, precision, target, context);
    };
  }

  private static Vector dates(Vector input, int count, CastContext context) {
    BytesVector text = (BytesVector) input;
    byte[] data = text.data();
    int[] starts = text.starts();
    int[] lengths = text.lengths();
    int[] to = new int[count];
    for (int i = 0; i < count; i++) {
      if (!text.isNull(i) && !DateText.parse(data, starts[i], lengths[i], to, i)) {
        fail(text, i, "For input string: '%s'.", context);
      }
    }
    return new IntVector(count, to, input.nulls());
  }

  private static IntVector times(Vector input, int count, CastContext context) {
    BytesVector text = (BytesVector) input;
    byte[] data = text.data();
    int[] starts = text.starts();
    int[] lengths = text.lengths();
    int[] to = new int[count];
    for (int i = 0; i < count; i++) {
      if (!text.isNull(i) && !TimeText.parse(data, starts[i], lengths[i], to, i)) {
        fail(text, i, NO_TIME, context);
      }
    }
    return new IntVector(count, to, input.nulls());
  }

  private static Vector timestamps(
      BytesVector text, int count, int precision, DataType target, CastContext context) {
    byte[] data = text.data();
    int[] starts = text.starts();
    int[] lengths = text.lengths();
    long[] millis = new long[count];
    int[] nanos = precision > 3 ? new int[count] : null;
    ZoneOffsets zone = target.is(TypeRoot.TIMESTAMP_LTZ) ? context.zone() : null;
    String noTimestamp = "Text '%s' could not be parsed as " + target.withNullable(true) + ".";
    for (int i = 0; i < count; i++) {
      if (text.isNull(i)) {
        continue;
      }
      if (!TimestampText.parse(data, starts[i], lengths[i], precision, millis, nanos, i)) {
        fail(text, i, noTimestamp, context);
      } else if (zone != null) {
        millis[i] = zone.toEpoch(millis[i]);
      }
    }
    return new TimestampVector(count, millis, nanos, text.nulls());
  }
}
