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
import dev.millrace.engine.batch.Vectors;
import dev.millrace.engine.state.ValueBytes;
import dev.millrace.engine.type.DataType;

/** Reads what a {@link ColumnEncoder} wrote; strings point into the bytes that are read. */
final class ColumnDecoder {
  private ColumnDecoder() {}

  /** Reads a column of {@code count} values. */
  static Vector decode(DataType type, int count, ByteReader from) throws DamagedFileException {
    byte code = from.getByte();
    return switch (code) {
      case SnapshotFormat.NO_NULLS -> decodeValues(type, count, null, from);
      case SnapshotFormat.SOME_NULLS -> decodeValues(type, count, from.getBits(count), from);
      case SnapshotFormat.ALL_NULL -> Vectors.allNull(type, count);
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
