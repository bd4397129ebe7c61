package dev.millrace.engine.state;

import dev.millrace.engine.batch.ArrayBuilder;
import dev.millrace.engine.batch.ArrayVector;
import dev.millrace.engine.batch.BooleanBuilder;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.ByteBuilder;
import dev.millrace.engine.batch.ByteVector;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.DecimalBuilder;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.DoubleBuilder;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatBuilder;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.IntBuilder;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongBuilder;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.MapBuilder;
import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.RowBuilder;
import dev.millrace.engine.batch.RowVector;
import dev.millrace.engine.batch.ShortBuilder;
import dev.millrace.engine.batch.ShortVector;
import dev.millrace.engine.batch.TimestampBuilder;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.VectorBuilder;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Single values as bytes, version 1. Equal values have equal bytes; NaN equals NaN, and 0.0 does
 * not equal -0.0, as in Flink's binary rows.
 *
 * <p>Numbers are little-endian; a length or count is an unsigned LEB128 number:
 *
 * <pre>
 * BOOLEAN, BYTE 1 byte; SHORT 2; INT, FLOAT 4; LONG, DOUBLE 8
 * DECIMAL    the unscaled number: 8 bytes up to 18 digits, else 16, the lower half first
 * TIMESTAMP  milliseconds: 8 bytes; with a precision beyond 3 nanoseconds of the millisecond: 4 more
 * BYTES      length, bytes
 * values     null bits, one per value, lowest bit first, in whole bytes; the values that are not null
 * ROW        the values of its fields
 * ARRAY      count, the values of its elements
 * MAP        count, the values of its keys, those of its entries
 * </pre>
 *
 * <p>A null has no bytes: whoever holds the value knows.
 */
public final class ValueBytes {
  static final VarHandle SHORT = view(short[].class);
  static final VarHandle INT = view(int[].class);
  static final VarHandle LONG = view(long[].class);

  private static final int MAX_MILLIS_PRECISION = 3;

  private ValueBytes() {}

  private static VarHandle view(Class<?> arrays) {
    return MethodHandles.byteArrayViewVarHandle(arrays, ByteOrder.LITTLE_ENDIAN);
  }

  /** Throws {@link UnsupportedException} for types whose values have no bytes. */
  public static void check(DataType type) {
    if (type.is(TypeRoot.RAW)) {
      throw new UnsupportedException("keeping values of type " + type);
    }
    type.children().forEach(child -> check(child.type()));
  }

  static boolean hasNanos(DataType timestamp) {
    return timestamp.precision() > MAX_MILLIS_PRECISION;
  }

  /** Whether the unscaled numbers take 128 bits, not 64. */
  public static boolean isWide(DataType decimal) {
    return decimal.precision() > DecimalVector.MAX_COMPACT_PRECISION;
  }

  /** The type of a map's values; those of a multiset are counts. */
  public static DataType mapValueType(DataType map) {
    return map.is(TypeRoot.MULTISET) ? DataType.of(TypeRoot.INT).withNullable(false) : map.child(1);
  }

  static int lengthBytes(int length) {
    return (38 - Integer.numberOfLeadingZeros(length | 1)) / 7;
  }

  /** Writes a length; returns the position behind it. */
  static int putLength(int length, byte[] to, int at) {
    int left = length;
    int end = at;
    while (left > 0x7F) {
      to[end++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    to[end++] = (byte) left;
    return end;
  }

  /** Reads a length; it takes {@link #lengthBytes} bytes. */
  static int length(byte[] from, int at) {
    int length = from[at] & 0x7F;
    for (int i = 1; from[at + i - 1] < 0; i++) {
      length |= (from[at + i] & 0x7F) << (7 * i);
    }
    return length;
  }

  /** How many bytes a value has that is not null. */
  static int size(DataType type, Vector vector, int position) {
    return switch (type.storage()) {
      case BOOLEAN, BYTE -> 1;
      case SHORT -> Short.BYTES;
      case INT, FLOAT -> Integer.BYTES;
      case LONG, DOUBLE -> Long.BYTES;
      case DECIMAL -> isWide(type) ? 2 * Long.BYTES : Long.BYTES;
      case TIMESTAMP -> hasNanos(type) ? Long.BYTES + Integer.BYTES : Long.BYTES;
      case BYTES -> {
        int length = ((BytesVector) vector).lengths()[position];
        yield lengthBytes(length) + length;
      }
      case ROW -> rowSize(type, (RowVector) vector, position);
      case ARRAY -> {
        ArrayVector arrays = (ArrayVector) vector;
        int start = arrays.starts()[position];
        int count = arrays.lengths()[position];
        yield lengthBytes(count) + valuesSize(type.element(), arrays.elements(), start, count);
      }
      case MAP -> {
        MapVector maps = (MapVector) vector;
        int start = maps.starts()[position];
        int count = maps.lengths()[position];
        yield lengthBytes(count)
            + valuesSize(type.child(0), maps.keys(), start, count)
            + valuesSize(mapValueType(type), maps.values(), start, count);
      }
      case OBJECT -> throw new IllegalStateException(type.toString());
    };
  }

  static int nullBytes(int count) {
    return (count + Byte.SIZE - 1) / Byte.SIZE;
  }

  private static int valuesSize(DataType type, Vector vector, int start, int count) {
    int size = nullBytes(count);
    for (int i = start; i < start + count; i++) {
      size += vector.isNull(i) ? 0 : size(type, vector, i);
    }
    return size;
  }

  private static int rowSize(DataType type, RowVector rows, int position) {
    int size = nullBytes(rows.fieldCount());
    for (int i = 0; i < rows.fieldCount(); i++) {
      Vector field = rows.field(i);
      size += field.isNull(position) ? 0 : size(type.child(i), field, position);
    }
    return size;
  }

  /** Writes a value that is not null; returns the position behind it. */
  static int put(DataType type, Vector vector, int position, byte[] to, int at) {
    return switch (type.storage()) {
      case BOOLEAN -> {
        to[at] = (byte) (((BooleanVector) vector).values()[position] ? 1 : 0);
        yield at + 1;
      }
      case BYTE -> {
        to[at] = ((ByteVector) vector).values()[position];
        yield at + 1;
      }
      case SHORT -> {
        SHORT.set(to, at, ((ShortVector) vector).values()[position]);
        yield at + Short.BYTES;
      }
      case INT -> putInt(((IntVector) vector).values()[position], to, at);
      case LONG -> putLong(((LongVector) vector).values()[position], to, at);
      case FLOAT -> putInt(Float.floatToIntBits(((FloatVector) vector).values()[position]), to, at);
      case DOUBLE ->
          putLong(Double.doubleToLongBits(((DoubleVector) vector).values()[position]), to, at);
      case DECIMAL -> {
        DecimalVector decimals = (DecimalVector) vector;
        int end = putLong(decimals.low()[position], to, at);
        yield isWide(type) ? putLong(decimals.high()[position], to, end) : end;
      }
      case TIMESTAMP -> {
        TimestampVector timestamps = (TimestampVector) vector;
        int end = putLong(timestamps.millis()[position], to, at);
        yield hasNanos(type) ? putInt(timestamps.nanosAt(position), to, end) : end;
      }
      case BYTES -> {
        BytesVector bytes = (BytesVector) vector;
        int length = bytes.lengths()[position];
        int start = putLength(length, to, at);
        System.arraycopy(bytes.data(), bytes.starts()[position], to, start, length);
        yield start + length;
      }
      case ROW -> putRow(type, (RowVector) vector, position, to, at);
      case ARRAY -> {
        ArrayVector arrays = (ArrayVector) vector;
        int count = arrays.lengths()[position];
        int start = putLength(count, to, at);
        yield putValues(
            type.element(), arrays.elements(), arrays.starts()[position], count, to, start);
      }
      case MAP -> {
        MapVector maps = (MapVector) vector;
        int count = maps.lengths()[position];
        int first = maps.starts()[position];
        int keys = putLength(count, to, at);
        int values = putValues(type.child(0), maps.keys(), first, count, to, keys);
        yield putValues(mapValueType(type), maps.values(), first, count, to, values);
      }
      case OBJECT -> throw new IllegalStateException(type.toString());
    };
  }

  private static int putInt(int value, byte[] to, int at) {
    INT.set(to, at, value);
    return at + Integer.BYTES;
  }

  private static int putLong(long value, byte[] to, int at) {
    LONG.set(to, at, value);
    return at + Long.BYTES;
  }

  static boolean nullBit(byte[] from, int at, int index) {
    return (from[at + index / Byte.SIZE] >> (index % Byte.SIZE) & 1) != 0;
  }

  static void setNullBit(byte[] to, int at, int index) {
    to[at + index / Byte.SIZE] |= (byte) (1 << (index % Byte.SIZE));
  }

  private static int clearNullBits(byte[] to, int at, int count) {
    int end = at + nullBytes(count);
    Arrays.fill(to, at, end, (byte) 0);
    return end;
  }

  private static int putValues(
      DataType type, Vector vector, int start, int count, byte[] to, int at) {
    int end = clearNullBits(to, at, count);
    for (int i = 0; i < count; i++) {
      if (vector.isNull(start + i)) {
        setNullBit(to, at, i);
      } else {
        end = put(type, vector, start + i, to, end);
      }
    }
    return end;
  }

  private static int putRow(DataType type, RowVector rows, int position, byte[] to, int at) {
    int end = clearNullBits(to, at, rows.fieldCount());
    for (int i = 0; i < rows.fieldCount(); i++) {
      if (rows.field(i).isNull(position)) {
        setNullBit(to, at, i);
      } else {
        end = put(type.child(i), rows.field(i), position, to, end);
      }
    }
    return end;
  }

  /** Reads a value that is not null and appends it; returns the position behind it. */
  static int append(DataType type, byte[] from, int at, VectorBuilder builder) {
    switch (type.storage()) {
      case BOOLEAN -> {
        ((BooleanBuilder) builder).append(from[at] != 0);
        return at + 1;
      }
      case BYTE -> {
        ((ByteBuilder) builder).append(from[at]);
        return at + 1;
      }
      case SHORT -> {
        ((ShortBuilder) builder).append((short) SHORT.get(from, at));
        return at + Short.BYTES;
      }
      case INT -> {
        ((IntBuilder) builder).append((int) INT.get(from, at));
        return at + Integer.BYTES;
      }
      case LONG -> {
        ((LongBuilder) builder).append((long) LONG.get(from, at));
        return at + Long.BYTES;
      }
      case FLOAT -> {
        ((FloatBuilder) builder).append(Float.intBitsToFloat((int) INT.get(from, at)));
        return at + Integer.BYTES;
      }
      case DOUBLE -> {
        ((DoubleBuilder) builder).append(Double.longBitsToDouble((long) LONG.get(from, at)));
        return at + Long.BYTES;
      }
      case DECIMAL -> {
        long low = (long) LONG.get(from, at);
        boolean wide = isWide(type);
        long high = wide ? (long) LONG.get(from, at + Long.BYTES) : low >> 63;
        ((DecimalBuilder) builder).append(high, low);
        return at + (wide ? 2 * Long.BYTES : Long.BYTES);
      }
      case TIMESTAMP -> {
        boolean nanos = hasNanos(type);
        ((TimestampBuilder) builder)
            .append((long) LONG.get(from, at), nanos ? (int) INT.get(from, at + Long.BYTES) : 0);
        return at + (nanos ? Long.BYTES + Integer.BYTES : Long.BYTES);
      }
      case BYTES -> {
        int length = length(from, at);
        int start = at + lengthBytes(length);
        ((BytesBuilder) builder).append(from, start, length);
        return start + length;
      }
      case ROW -> {
        RowBuilder rows = (RowBuilder) builder;
        rows.beginRow();
        int end = appendFields(type, from, at, rows);
        rows.endRow();
        return end;
      }
      case ARRAY -> {
        ArrayBuilder arrays = (ArrayBuilder) builder;
        int count = length(from, at);
        int start = at + lengthBytes(count);
        int end = appendValues(type.element(), from, start, count, arrays.elements());
        arrays.endArray();
        return end;
      }
      case MAP -> {
        MapBuilder maps = (MapBuilder) builder;
        int count = length(from, at);
        int keys = at + lengthBytes(count);
        int values = appendValues(type.child(0), from, keys, count, maps.keys());
        int end = appendValues(mapValueType(type), from, values, count, maps.values());
        maps.endMap();
        return end;
      }
      default -> throw new IllegalStateException(type.toString());
    }
  }

  private static int appendValues(
      DataType type, byte[] from, int at, int count, VectorBuilder builder) {
    int end = at + nullBytes(count);
    for (int i = 0; i < count; i++) {
      if (nullBit(from, at, i)) {
        builder.appendNull();
      } else {
        end = append(type, from, end, builder);
      }
    }
    return end;
  }

  private static int appendFields(DataType type, byte[] from, int at, RowBuilder rows) {
    List<DataType.Field> fields = type.children();
    int end = at + nullBytes(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      if (nullBit(from, at, i)) {
        rows.field(i).appendNull();
      } else {
        end = append(fields.get(i).type(), from, end, rows.field(i));
      }
    }
    return end;
  }
}
