package dev.millrace.engine.checkpoint;

import dev.millrace.engine.batch.ArrayVector;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.ByteVector;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.RowVector;
import dev.millrace.engine.batch.ShortVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.ValueBytes;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;

/**
 * Writes columns as bytes, compacted: only values that a row refers to; {@link SnapshotFormat} has
 * the layout.
 */
final class ColumnEncoder {
  private ColumnEncoder() {}

  /** Writes a range of a vector whose nulls are {@code nulls}. */
  static void encode(
      DataType type, Vector vector, boolean[] nulls, int from, int count, ByteWriter to) {
    int nullCount = nulls == null ? 0 : count(nulls, from, count);
    if (nullCount == 0) {
      to.putByte(SnapshotFormat.NO_NULLS);
      encodeValues(type, vector, null, from, count, to);
    } else if (nullCount == count) {
      to.putByte(SnapshotFormat.ALL_NULL);
    } else {
      to.putByte(SnapshotFormat.SOME_NULLS);
      to.putBits(nulls, null, from, count);
      encodeValues(type, vector, nulls, from, count, to);
    }
  }

  private static int count(boolean[] nulls, int from, int count) {
    int n = 0;
    for (int i = from; i < from + count; i++) {
      n += nulls[i] ? 1 : 0;
    }
    return n;
  }

  private static void encodeValues(
      DataType type, Vector vector, boolean[] nulls, int from, int count, ByteWriter to) {
    switch (type.storage()) {
      case BOOLEAN -> to.putBits(((BooleanVector) vector).values(), nulls, from, count);
      case BYTE -> {
        int at = to.putBytes(((ByteVector) vector).values(), from, count);
        to.clearNulls(at, Byte.BYTES, nulls, from, count);
      }
      case SHORT -> {
        int at = to.putShorts(((ShortVector) vector).values(), from, count);
        to.clearNulls(at, Short.BYTES, nulls, from, count);
      }
      case INT -> encodeInts(((IntVector) vector).values(), nulls, from, count, to);
      case LONG -> encodeLongs(((LongVector) vector).values(), nulls, from, count, to);
      case FLOAT -> {
        int at = to.putFloats(((FloatVector) vector).values(), from, count);
        to.clearNulls(at, Float.BYTES, nulls, from, count);
      }
      case DOUBLE -> {
        int at = to.putDoubles(((DoubleVector) vector).values(), from, count);
        to.clearNulls(at, Double.BYTES, nulls, from, count);
      }
      case DECIMAL -> {
        DecimalVector decimals = (DecimalVector) vector;
        encodeLongs(decimals.low(), nulls, from, count, to);
        if (ValueBytes.isWide(type)) {
          encodeLongs(decimals.high(), nulls, from, count, to);
        }
      }
      case TIMESTAMP -> {
        TimestampVector timestamps = (TimestampVector) vector;
        encodeLongs(timestamps.millis(), nulls, from, count, to);
        to.putBoolean(timestamps.nanos() != null);
        if (timestamps.nanos() != null) {
          encodeInts(timestamps.nanos(), nulls, from, count, to);
        }
      }
      case BYTES -> encodeBytes((BytesVector) vector, nulls, from, count, to);
      case ARRAY -> {
        ArrayVector arrays = (ArrayVector) vector;
        long total = encodeLengths(arrays.lengths(), nulls, from, count, to);
        Referred elements =
            Referred.of(arrays.starts(), arrays.lengths(), nulls, from, count, total);
        elements.encode(type.element(), arrays.elements(), to);
      }
      case MAP -> {
        MapVector maps = (MapVector) vector;
        long total = encodeLengths(maps.lengths(), nulls, from, count, to);
        Referred entries = Referred.of(maps.starts(), maps.lengths(), nulls, from, count, total);
        entries.encode(type.child(0), maps.keys(), to);
        entries.encode(ValueBytes.mapValueType(type), maps.values(), to);
      }
      case ROW -> {
        RowVector rows = (RowVector) vector;
        for (int i = 0; i < rows.fieldCount(); i++) {
          boolean[] either = either(nulls, rows.field(i).nulls(), from, count);
          encode(type.child(i), rows.field(i), either, from, count, to);
        }
      }
      case OBJECT -> {
        if (count > 0) {
          throw new IllegalArgumentException("a value of type " + type + " that is not null");
        }
      }
    }
  }

  private static void encodeInts(
      int[] values, boolean[] nulls, int from, int count, ByteWriter to) {
    long[] longs = new long[count];
    for (int i = 0; i < count; i++) {
      longs[i] = nulls != null && nulls[from + i] ? 0 : values[from + i];
    }
    to.putIntegers(longs, 0, count);
  }

  private static void encodeLongs(
      long[] values, boolean[] nulls, int from, int count, ByteWriter to) {
    if (nulls == null) {
      to.putIntegers(values, from, count);
      return;
    }
    long[] longs = Arrays.copyOfRange(values, from, from + count);
    for (int i = 0; i < count; i++) {
      longs[i] = nulls[from + i] ? 0 : longs[i];
    }
    to.putIntegers(longs, 0, count);
  }

  /** Writes the lengths of ranges; returns their sum. */
  private static long encodeLengths(
      int[] lengths, boolean[] nulls, int from, int count, ByteWriter to) {
    encodeInts(lengths, nulls, from, count, to);
    long sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += nulls != null && nulls[i] ? 0 : lengths[i];
    }
    return sum;
  }

  /** Copies ranges that follow one another at once. */
  private static void encodeBytes(
      BytesVector vector, boolean[] nulls, int from, int count, ByteWriter to) {
    int[] starts = vector.starts();
    int[] lengths = vector.lengths();
    int at = to.reserve(encodeLengths(lengths, nulls, from, count, to));
    byte[] source = vector.data();
    byte[] target = to.data();
    int start = 0;
    int length = 0;
    for (int i = from; i < from + count; i++) {
      if (nulls != null && nulls[i]) {
        continue;
      }
      if (starts[i] == start + length) {
        length += lengths[i];
      } else {
        System.arraycopy(source, start, target, at, length);
        at += length;
        start = starts[i];
        length = lengths[i];
      }
    }
    System.arraycopy(source, start, target, at, length);
  }

  private static boolean[] either(boolean[] some, boolean[] others, int from, int count) {
    if (some == null || others == null) {
      return some == null ? others : some;
    }
    boolean[] either = new boolean[from + count];
    for (int i = from; i < either.length; i++) {
      either[i] = some[i] || others[i];
    }
    return either;
  }

  /**
   * The elements that ranges refer to, in the ranges' order: {@code count} from {@code first} on,
   * or those at {@code positions}.
   */
  private record Referred(int first, int[] positions, int count) {
    static Referred of(
        int[] starts, int[] lengths, boolean[] nulls, int from, int count, long total) {
      if (total > Integer.MAX_VALUE - Long.BYTES) {
        throw new ByteWriter.TooLongException(total);
      }
      int first = 0;
      int end = -1;
      for (int i = from; i < from + count; i++) {
        if (lengths[i] == 0 || (nulls != null && nulls[i])) {
          continue;
        }
        if (end >= 0 && end != starts[i]) {
          return scattered(starts, lengths, nulls, from, count, (int) total);
        }
        first = end < 0 ? starts[i] : first;
        end = starts[i] + lengths[i];
      }
      return new Referred(first, null, (int) total);
    }

    private static Referred scattered(
        int[] starts, int[] lengths, boolean[] nulls, int from, int count, int total) {
      int[] positions = new int[total];
      int n = 0;
      for (int i = from; i < from + count; i++) {
        if (nulls != null && nulls[i]) {
          continue;
        }
        for (int at = starts[i], end = at + lengths[i]; at < end; at++) {
          positions[n++] = at;
        }
      }
      return new Referred(0, positions, total);
    }

    void encode(DataType type, Vector elements, ByteWriter to) {
      if (positions == null) {
        ColumnEncoder.encode(type, elements, elements.nulls(), first, count, to);
      } else {
        Vector taken = elements.take(positions, count);
        ColumnEncoder.encode(type, taken, taken.nulls(), 0, count, to);
      }
    }
  }
}
