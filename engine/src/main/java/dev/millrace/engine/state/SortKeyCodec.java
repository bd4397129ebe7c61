package dev.millrace.engine.state;

import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.ByteVector;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.ShortVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the ORDER BY columns of rows as bytes that compare, unsigned, as the rows do. Not kept in
 * snapshots. Not thread-safe.
 *
 * <p>Each value is a byte that tells nulls from others and sorts them first or last, then:
 *
 * <pre>
 * BOOLEAN, integers, DATE, TIME, intervals  big-endian, the sign bit inverted
 * FLOAT, DOUBLE   their bits: of negative ones all inverted, else the sign bit; -0 as 0, NaN last
 * DECIMAL         the unscaled number, 8 bytes up to 18 digits, else 16, the sign bit inverted
 * TIMESTAMP       milliseconds, 8 bytes, and nanoseconds, 4 bytes, beyond precision 3
 * strings         the bytes, 0 as 0 1, and at the end 0 0
 * </pre>
 *
 * <p>These bytes, but not the first, are inverted where the order is descending.
 */
final class SortKeyCodec {
  private static final byte NULL_FIRST = 0;
  private static final byte VALUE = 1;
  private static final byte NULL_LAST = 2;

  private final SortColumn[] columns;
  private byte[] data = new byte[256];
  private int[] ends = new int[64];

  /** Throws {@link UnsupportedException} if one of the types has no order here. */
  SortKeyCodec(List<SortColumn> order) {
    this.columns = order.toArray(new SortColumn[0]);
    for (SortColumn column : columns) {
      switch (column.type().storage()) {
        case ROW, ARRAY, MAP, OBJECT ->
            throw new UnsupportedException("ordering by a column of type " + column.type());
        default -> {}
      }
    }
  }

  /** Writes the keys of the first {@code count} rows. */
  void encode(Vector[] batch, int count) {
    if (ends.length <= count) {
      ends = new int[count + 1 + count / 2];
    }
    int at = 0;
    for (int row = 0; row < count; row++) {
      for (SortColumn column : columns) {
        at = put(column, batch[column.column()], row, at);
      }
      ends[row + 1] = at;
    }
  }

  /** Bytes of memory that the buffers take. */
  long bytes() {
    return data.length + (long) Integer.BYTES * ends.length;
  }

  byte[] data() {
    return data;
  }

  int start(int row) {
    return ends[row];
  }

  int length(int row) {
    return ends[row + 1] - ends[row];
  }

  private int put(SortColumn column, Vector vector, int row, int start) {
    if (vector.isNull(row)) {
      reserve(start + 1);
      data[start] = column.nullsLast() ? NULL_LAST : NULL_FIRST;
      return start + 1;
    }
    reserve(start + 1 + 2 * Long.BYTES);
    data[start] = VALUE;
    int end = putValue(column.type(), vector, row, start + 1);
    for (int i = start + 1; i < end && !column.ascending(); i++) {
      data[i] = (byte) ~data[i];
    }
    return end;
  }

  private int putValue(DataType type, Vector vector, int row, int at) {
    return switch (type.storage()) {
      case BOOLEAN -> putByte(((BooleanVector) vector).values()[row] ? 1 : 0, at);
      case BYTE -> putByte(((ByteVector) vector).values()[row], at);
      case SHORT -> putInt(((ShortVector) vector).values()[row], at);
      case INT -> putInt(((IntVector) vector).values()[row], at);
      case LONG -> putLong(((LongVector) vector).values()[row], at);
      case FLOAT -> {
        int bits = Float.floatToIntBits(((FloatVector) vector).values()[row] + 0.0f);
        yield putInt(bits ^ ((bits >> 31) & Integer.MAX_VALUE), at);
      }
      case DOUBLE -> {
        long bits = Double.doubleToLongBits(((DoubleVector) vector).values()[row] + 0.0);
        yield putLong(bits ^ ((bits >> 63) & Long.MAX_VALUE), at);
      }
      case DECIMAL -> putDecimal(type, (DecimalVector) vector, row, at);
      case TIMESTAMP -> {
        TimestampVector timestamps = (TimestampVector) vector;
        int end = putLong(timestamps.millis()[row], at);
        yield ValueBytes.hasNanos(type) ? putInt(timestamps.nanosAt(row), end) : end;
      }
      case BYTES -> putBytes((BytesVector) vector, row, at);
      default -> throw new IllegalStateException(type.toString());
    };
  }

  private int putByte(int value, int at) {
    data[at] = (byte) (value ^ 0x80);
    return at + 1;
  }

  private int putInt(int value, int at) {
    ValueBytes.INT.set(data, at, Integer.reverseBytes(value ^ Integer.MIN_VALUE));
    return at + Integer.BYTES;
  }

  private int putLong(long value, int at) {
    ValueBytes.LONG.set(data, at, Long.reverseBytes(value ^ Long.MIN_VALUE));
    return at + Long.BYTES;
  }

  private int putDecimal(DataType type, DecimalVector decimals, int row, int at) {
    if (!ValueBytes.isWide(type)) {
      return putLong(decimals.low()[row], at);
    }
    int end = putLong(decimals.high()[row], at);
    return putLong(decimals.low()[row] ^ Long.MIN_VALUE, end);
  }

  private int putBytes(BytesVector vector, int row, int start) {
    int length = vector.lengths()[row];
    reserve(start + 2 * length + 2);
    byte[] from = vector.data();
    int first = vector.starts()[row];
    int at = start;
    for (int i = first; i < first + length; i++) {
      data[at++] = from[i];
      if (from[i] == 0) {
        data[at++] = 1;
      }
    }
    data[at++] = 0;
    data[at++] = 0;
    return at;
  }

  private void reserve(int size) {
    if (size > data.length) {
      data = Arrays.copyOf(data, Math.max(size, 2 * data.length));
    }
  }
}
