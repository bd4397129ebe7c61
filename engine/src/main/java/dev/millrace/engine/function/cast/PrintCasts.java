package dev.millrace.engine.function.cast;

import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.text.Dates;
import dev.millrace.engine.text.Decimals;
import dev.millrace.engine.text.Numbers;
import dev.millrace.engine.text.Utf8;
import dev.millrace.engine.time.ZoneOffsets;
import dev.millrace.engine.type.DataType;
import java.nio.charset.StandardCharsets;

/** Casts to text of any length; {@link FitCasts} makes it fit a type. */
final class PrintCasts {
  private static final byte[] TRUE = ascii("TRUE");
  private static final byte[] FALSE = ascii("FALSE");

  /** About how long a number or a date is, to size the heap. */
  private static final int TYPICAL_LENGTH = 16;

  private PrintCasts() {}

  /** The cast of a type to STRING, or null if there is none. */
  static Cast find(DataType source) {
    int precision = source.precision();
    return switch (source.root()) {
      case CHAR, VARCHAR -> Cast.IDENTITY;
      case BINARY, VARBINARY -> PrintCasts::binaries;
      case BOOLEAN -> PrintCasts::booleans;
      case TINYINT, SMALLINT, INT, BIGINT -> PrintCasts::integers;
      case FLOAT -> PrintCasts::floats;
      case DOUBLE -> PrintCasts::doubles;
      case DECIMAL ->
          (input, count, context) -> decimals((DecimalVector) input, count, source.scale());
      case DATE -> PrintCasts::dates;
      case TIME -> (input, count, context) -> times((IntVector) input, count, precision);
      case TIMESTAMP ->
          (input, count, context) -> timestamps((TimestampVector) input, count, precision, null);
      case TIMESTAMP_LTZ ->
          (input, count, context) ->
              timestamps((TimestampVector) input, count, precision, context.zone());
      case INTERVAL_YEAR_MONTH -> PrintCasts::monthIntervals;
      case INTERVAL_DAY_TIME -> PrintCasts::timeIntervals;
      case ARRAY, MAP, MULTISET, ROW -> NestedCasts.toText(source);
      case NULL, RAW -> null;
    };
  }

  static TextColumn column(int count) {
    return new TextColumn(count, TYPICAL_LENGTH);
  }

  private static Vector integers(Vector input, int count, CastContext context) {
    long[] values = NumericArrays.longs(input, count);
    boolean[] nulls = input.nulls();
    byte[] data = new byte[count * Numbers.MAX_LONG_LENGTH];
    int[] starts = new int[count];
    int[] lengths = new int[count];
    int end = 0;
    for (int i = 0; i < count; i++) {
      starts[i] = end;
      if (nulls == null || !nulls[i]) {
        lengths[i] = Numbers.write(data, end, values[i]);
        end += lengths[i];
      }
    }
    return new BytesVector(count, data, starts, lengths, nulls);
  }

  private static Vector floats(Vector input, int count, CastContext context) {
    float[] values = ((FloatVector) input).values();
    boolean[] nulls = input.nulls();
    TextColumn texts = column(count);
    ByteHeap heap = texts.heap();
    for (int i = 0; i < count; i++) {
      if (nulls == null || !nulls[i]) {
        Numbers.append(heap, values[i]);
      }
      texts.end(i);
    }
    return texts.build(nulls);
  }

  private static Vector doubles(Vector input, int count, CastContext context) {
    double[] values = ((DoubleVector) input).values();
    boolean[] nulls = input.nulls();
    TextColumn texts = column(count);
    ByteHeap heap = texts.heap();
    for (int i = 0; i < count; i++) {
      if (nulls == null || !nulls[i]) {
        Numbers.append(heap, values[i]);
      }
      texts.end(i);
    }
    return texts.build(nulls);
  }

  private static Vector decimals(DecimalVector input, int count, int scale) {
    long[] low = input.low();
    long[] high = input.high();
    boolean[] nulls = input.nulls();
    TextColumn texts = column(count);
    ByteHeap heap = texts.heap();
    for (int i = 0; i < count; i++) {
      if (nulls == null || !nulls[i]) {
        Decimals.append(heap, high == null ? low[i] >> 63 : high[i], low[i], scale);
      }
      texts.end(i);
    }
    return texts.build(nulls);
  }

  private static Vector booleans(Vector input, int count, CastContext context) {
    boolean[] values = ((BooleanVector) input).values();
    byte[] data = new byte[TRUE.length + FALSE.length];
    System.arraycopy(TRUE, 0, data, 0, TRUE.length);
    System.arraycopy(FALSE, 0, data, TRUE.length, FALSE.length);
    int[] starts = new int[count];
    int[] lengths = new int[count];
    for (int i = 0; i < count; i++) {
      starts[i] = values[i] ? 0 : TRUE.length;
      lengths[i] = values[i] ? TRUE.length : FALSE.length;
    }
    return new BytesVector(count, data, starts, lengths, input.nulls());
  }

  /** Bytes are UTF-8; what is not becomes a replacement character. */
  private static Vector binaries(Vector input, int count, CastContext context) {
    BytesVector bytes = (BytesVector) input;
    byte[] data = bytes.data();
    int[] starts = bytes.starts();
    int[] lengths = bytes.lengths();
    boolean ascii = true;
    for (int i = 0; i < count && ascii; i++) {
      ascii = bytes.isNull(i) || Utf8.isAscii(data, starts[i], lengths[i]);
    }
    if (ascii) {
      return input;
    }
    TextColumn texts = column(count);
    ByteHeap heap = texts.heap();
    for (int i = 0; i < count; i++) {
      if (!bytes.isNull(i)) {
        if (Utf8.isAscii(data, starts[i], lengths[i])) {
          heap.append(data, starts[i], lengths[i]);
        } else {
          heap.append(bytes.string(i).getBytes(StandardCharsets.UTF_8));
        }
      }
      texts.end(i);
    }
    return texts.build(input.nulls());
  }

  private static Vector dates(Vector input, int count, CastContext context) {
    int[] values = ((IntVector) input).values();
    boolean[] nulls = input.nulls();
    TextColumn texts = column(count);
    ByteHeap heap = texts.heap();
    for (int i = 0; i < count; i++) {
      if (nulls == null || !nulls[i]) {
        Dates.appendDate(heap, values[i]);
      }
      texts.end(i);
    }
    return texts.build(nulls);
  }

  private static Vector times(IntVector input, int count, int precision) {
    int[] values = input.values();
    boolean[] nulls = input.nulls();
    TextColumn texts = column(count);
    ByteHeap heap = texts.heap();
    for (int i = 0; i < count; i++) {
      if (nulls == null || !nulls[i]) {
        Dates.appendTime(heap, values[i], precision);
      }
      texts.end(i);
    }
    return texts.build(nulls);
  }

  /** In the zone if there is one, else as they are. */
  private static Vector timestamps(
      TimestampVector input, int count, int precision, ZoneOffsets zone) {
    long[] millis = input.millis();
    boolean[] nulls = input.nulls();
    TextColumn texts = new TextColumn(count, 2 * TYPICAL_LENGTH);
    ByteHeap heap = texts.heap();
    for (int i = 0; i < count; i++) {
      if (nulls == null || !nulls[i]) {
        long local = zone == null ? millis[i] : zone.toLocal(millis[i]);
        Dates.appendTimestamp(heap, local, input.nanosAt(i), precision);
      }
      texts.end(i);
    }
    return texts.build(nulls);
  }

  private static Vector monthIntervals(Vector input, int count, CastContext context) {
    int[] values = ((IntVector) input).values();
    boolean[] nulls = input.nulls();
    TextColumn texts = column(count);
    ByteHeap heap = texts.heap();
    for (int i = 0; i < count; i++) {
      if (nulls == null || !nulls[i]) {
        Dates.appendYearMonth(heap, values[i]);
      }
      texts.end(i);
    }
    return texts.build(nulls);
  }

  private static Vector timeIntervals(Vector input, int count, CastContext context) {
    long[] values = ((LongVector) input).values();
    boolean[] nulls = input.nulls();
    TextColumn texts = column(count);
    ByteHeap heap = texts.heap();
    for (int i = 0; i < count; i++) {
      if (nulls == null || !nulls[i]) {
        Dates.appendDayTime(heap, values[i]);
      }
      texts.end(i);
    }
    return texts.build(nulls);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
