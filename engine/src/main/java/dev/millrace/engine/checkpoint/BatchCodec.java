package dev.millrace.engine.checkpoint;

import dev.millrace.engine.batch.ArrayVector;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.ByteVector;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.RowVector;
import dev.millrace.engine.batch.ShortVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.Vectors;
import dev.millrace.engine.state.ValueBytes;
import dev.millrace.engine.type.DataType;

/**
 * Writes batches of one row type as bytes and reads them back, column by column; {@link
 * SnapshotFormatV1} has the layout. Only values that a row refers to are written. Immutable.
 */
final class BatchCodec {
  private final DataType row;

  /** Throws {@code UnsupportedException} if values of one of the columns have no bytes. */
  BatchCodec(DataType row) {
    ValueBytes.check(row);
    this.row = row;
  }

  void encode(Batch batch, ByteWriter to) {
    int columns = row.children().size();
    if (batch.columnCount() != columns) {
      throw new IllegalArgumentException(
          "a batch of " + batch.columnCount() + " columns where " + columns + " belong");
    }
    int rows = batch.rowCount();
    to.putInt(rows);
    boolean insertOnly = batch.insertOnly();
    to.putBoolean(!insertOnly);
    if (!insertOnly) {
      to.putBytes(batch.rowKinds(), 0, rows);
    }
    for (int i = 0; i < columns; i++) {
      Vector column = batch.column(i);
      encode(row.child(i), column, column.nulls(), 0, rows, to);
    }
  }

  /** Writes a range of a vector whose nulls are {@code nulls}. */
  private static void encode(
      DataType type, Vector vector, boolean[] nulls, int from, int count, ByteWriter to) {
    int nullCount = nulls == null ? 0 : count(nulls, from, count);
    if (nullCount == 0) {
      to.putByte(SnapshotFormatV1.NO_NULLS);
      encodeValues(type, vector, null, from, count, to);
    } else if (nullCount == count) {
      to.putByte(SnapshotFormatV1.ALL_NULL);
    } else {
      to.putByte(SnapshotFormatV1.SOME_NULLS);
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
    int at = to.putInts(values, from, count);
    to.clearNulls(at, Integer.BYTES, nulls, from, count);
  }

  private static void encodeLongs(
      long[] values, boolean[] nulls, int from, int count, ByteWriter to) {
    int at = to.putLongs(values, from, count);
    to.clearNulls(at, Long.BYTES, nulls, from, count);
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
        BatchCodec.encode(type, elements, elements.nulls(), first, count, to);
      } else {
        Vector taken = elements.take(positions, count);
        BatchCodec.encode(type, taken, taken.nulls(), 0, count, to);
      }
    }
  }

  /** Reads a batch, whose strings point into the bytes that are read. */
  Batch decode(ByteReader from) throws DamagedFileException {
    int rows = from.getInt();
    if (rows < 0) {
      throw new DamagedFileException("a batch has " + rows + " rows");
    }
    byte[] kinds = from.getBoolean() ? kinds(from.getBytes(rows)) : null;
    Vector[] columns = new Vector[row.children().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = decode(row.child(i), rows, from);
    }
    return new Batch(rows, columns, kinds);
  }

  private static byte[] kinds(byte[] codes) throws DamagedFileException {
    for (byte code : codes) {
      if (code < 0 || code >= RowKind.values().length) {
        throw new DamagedFileException("a row has the unknown kind " + code);
      }
    }
    return codes;
  }

  private static Vector decode(DataType type, int count, ByteReader from)
      throws DamagedFileException {
    byte code = from.getByte();
    return switch (code) {
      case SnapshotFormatV1.NO_NULLS -> decodeValues(type, count, null, from);
      case SnapshotFormatV1.SOME_NULLS -> decodeValues(type, count, from.getBits(count), from);
      case SnapshotFormatV1.ALL_NULL -> Vectors.allNull(type, count);
      default -> throw new DamagedFileException("a column begins with " + code);
    };
  }

  private static Vector decodeValues(DataType type, int count, boolean[] nulls, ByteReader from)
      throws DamagedFileException {
    return switch (type.storage()) {
      case BOOLEAN -> new BooleanVector(count, from.getBits(count), nulls);
      case BYTE -> new ByteVector(count, from.getBytes(count), nulls);
      case SHORT -> new ShortVector(count, from.getShorts(count), nulls);
      case INT -> new IntVector(count, from.getInts(count), nulls);
      case LONG -> new LongVector(count, from.getLongs(count), nulls);
      case FLOAT -> new FloatVector(count, from.getFloats(count), nulls);
      case DOUBLE -> new DoubleVector(count, from.getDoubles(count), nulls);
      case DECIMAL -> {
        long[] low = from.getLongs(count);
        long[] high = ValueBytes.isWide(type) ? from.getLongs(count) : null;
        yield new DecimalVector(count, low, high, nulls);
      }
      case TIMESTAMP -> {
        long[] millis = from.getLongs(count);
        int[] nanos = from.getBoolean() ? from.getInts(count) : null;
        yield new TimestampVector(count, millis, nanos, nulls);
      }
      case BYTES -> {
        int[] lengths = from.getInts(count);
        int[] starts = starts(lengths);
        int first = from.skip(sum(starts, lengths));
        for (int i = 0; i < count; i++) {
          starts[i] += first;
        }
        yield new BytesVector(count, from.data(), starts, lengths, nulls);
      }
      case ARRAY -> {
        int[] lengths = from.getInts(count);
        int[] starts = starts(lengths);
        Vector elements = decode(type.element(), sum(starts, lengths), from);
        yield new ArrayVector(count, starts, lengths, elements, nulls);
      }
      case MAP -> {
        int[] lengths = from.getInts(count);
        int[] starts = starts(lengths);
        int entries = sum(starts, lengths);
        Vector keys = decode(type.child(0), entries, from);
        Vector values = decode(ValueBytes.mapValueType(type), entries, from);
        yield new MapVector(count, starts, lengths, keys, values, nulls);
      }
      case ROW -> {
        Vector[] fields = new Vector[type.children().size()];
        for (int i = 0; i < fields.length; i++) {
          fields[i] = decode(type.child(i), count, from);
        }
        yield new RowVector(count, fields, nulls);
      }
      case OBJECT -> Vectors.allNull(type, count);
    };
  }

  /** Where each of the ranges begins that follow one another. */
  private static int[] starts(int[] lengths) throws DamagedFileException {
    int[] starts = new int[lengths.length];
    int end = 0;
    for (int i = 0; i < lengths.length; i++) {
      starts[i] = end;
      end += lengths[i];
      if (lengths[i] < 0 || end < 0) {
        throw new DamagedFileException("a column holds an impossible length");
      }
    }
    return starts;
  }

  private static int sum(int[] starts, int[] lengths) {
    int last = lengths.length - 1;
    return last < 0 ? 0 : starts[last] + lengths[last];
  }
}
