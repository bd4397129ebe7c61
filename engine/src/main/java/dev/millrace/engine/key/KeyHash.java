package dev.millrace.engine.key;

import dev.millrace.engine.batch.Batch;
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
import dev.millrace.engine.type.Storage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Hashes the key columns of a batch, column by column, to the value that Flink computes for the
 * same key.
 *
 * <p>Flink hashes a key's BinaryRow with MurmurHash3 (seed 42). Its layout, in little-endian words:
 *
 * <pre>
 * 1. header: a row kind byte (0), then a null bit per field, padded to 8 bytes
 * 2. one 8-byte slot per field: the value itself, or, if longer, offset << 32 | length
 *    (byte strings of up to 7 bytes lie in the slot, with 0x80 | length in its last byte)
 * 3. the longer values in the order of their fields, each padded to 8 bytes
 * </pre>
 *
 * Not thread-safe.
 */
public final class KeyHash {
  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int SEED = 42;
  private static final int MAX_INLINE_BYTES = 7;
  private static final int COMPACT_TIMESTAMP_PRECISION = 3;
  private static final int LONG_DECIMAL_BYTES = 16;

  private final int[] columns;
  private final DataType[] types;
  private int[] states = new int[0];
  private int[] ends = new int[0];

  /** {@code columns} are positions in {@code rowType}. */
  public KeyHash(DataType rowType, List<Integer> columns) {
    this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
    this.types = columns.stream().map(rowType::child).toArray(DataType[]::new);
    for (DataType type : types) {
      switch (type.storage()) {
        case ARRAY, MAP, ROW, OBJECT ->
            throw new UnsupportedException("distribution of rows by a key of type " + type);
        default -> {}
      }
    }
  }

  /** A hash per row, in a new array. */
  public int[] hash(Batch batch) {
    int rows = batch.rowCount();
    if (states.length < rows) {
      states = new int[rows];
      ends = new int[rows];
    }
    Arrays.fill(ends, 0, rows, headerBytes() + Long.BYTES * columns.length);
    header(batch, rows);
    for (int i = 0; i < columns.length; i++) {
      slots(batch.column(columns[i]), types[i], rows);
    }
    for (int i = 0; i < columns.length; i++) {
      longValues(batch.column(columns[i]), types[i], rows);
    }
    int[] hashes = new int[rows];
    for (int row = 0; row < rows; row++) {
      hashes[row] = Murmur.finish(states[row], ends[row]);
    }
    return hashes;
  }

  private int headerBytes() {
    return (columns.length + Byte.SIZE + Long.SIZE - 1) / Long.SIZE * Long.BYTES;
  }

  private boolean isWithoutNulls(Batch batch) {
    for (int column : columns) {
      if (batch.column(column).nulls() != null) {
        return false;
      }
    }
    return true;
  }

  private void header(Batch batch, int rows) {
    if (isWithoutNulls(batch)) {
      int state = SEED;
      for (int word = 0; word < headerBytes() / Integer.BYTES; word++) {
        state = Murmur.mix(state, 0);
      }
      Arrays.fill(states, 0, rows, state);
      return;
    }
    Arrays.fill(states, 0, rows, SEED);
    for (int word = 0; word < headerBytes() / Integer.BYTES; word++) {
      int first = word * Integer.SIZE - Byte.SIZE;
      for (int row = 0; row < rows; row++) {
        int bits = 0;
        int from = Math.max(0, first);
        int to = Math.min(columns.length, first + Integer.SIZE);
        for (int field = from; field < to; field++) {
          bits |= batch.column(columns[field]).isNull(row) ? 1 << (field - first) : 0;
        }
        states[row] = Murmur.mix(states[row], bits);
      }
    }
  }

  private void mix(int row, long slot) {
    states[row] = Murmur.mix(Murmur.mix(states[row], (int) slot), (int) (slot >>> 32));
  }

  private void slots(Vector vector, DataType type, int rows) {
    if (vector instanceof LongVector longs && vector.nulls() == null) {
      long[] values = longs.values();
      for (int row = 0; row < rows; row++) {
        mix(row, values[row]);
      }
      return;
    }
    for (int row = 0; row < rows; row++) {
      mix(row, vector.isNull(row) ? nullSlot(type, row) : slot(vector, type, row));
    }
  }

  /** Values whose length is fixed keep their room even when they are null. */
  private long nullSlot(DataType type, int row) {
    int room = fixedLongBytes(type);
    return room == 0 ? 0 : reserve(row, room) << 32;
  }

  private static int fixedLongBytes(DataType type) {
    if (type.storage() == Storage.DECIMAL) {
      return type.precision() > DecimalVector.MAX_COMPACT_PRECISION ? LONG_DECIMAL_BYTES : 0;
    }
    return type.storage() == Storage.TIMESTAMP && type.precision() > COMPACT_TIMESTAMP_PRECISION
        ? Long.BYTES
        : 0;
  }

  private long reserve(int row, int bytes) {
    int start = ends[row];
    ends[row] += bytes;
    return start;
  }

  private long slot(Vector vector, DataType type, int row) {
    return switch (type.storage()) {
      case BOOLEAN -> ((BooleanVector) vector).values()[row] ? 1 : 0;
      case BYTE -> ((ByteVector) vector).values()[row] & 0xFFL;
      case SHORT -> ((ShortVector) vector).values()[row] & 0xFFFFL;
      case INT -> ((IntVector) vector).values()[row] & 0xFFFF_FFFFL;
      case LONG -> ((LongVector) vector).values()[row];
      case FLOAT -> Float.floatToRawIntBits(((FloatVector) vector).values()[row]) & 0xFFFF_FFFFL;
      case DOUBLE -> Double.doubleToRawLongBits(((DoubleVector) vector).values()[row]);
      case BYTES -> bytesSlot((BytesVector) vector, row);
      case DECIMAL -> decimalSlot((DecimalVector) vector, type, row);
      case TIMESTAMP -> timestampSlot((TimestampVector) vector, type, row);
      default -> throw new IllegalStateException(type.toString());
    };
  }

  private long bytesSlot(BytesVector vector, int row) {
    int length = vector.lengths()[row];
    if (length > MAX_INLINE_BYTES) {
      return reserve(row, (length + 7) & ~7) << 32 | length;
    }
    return littleEndian(vector.data(), vector.starts()[row], length) | (long) (0x80 | length) << 56;
  }

  private long decimalSlot(DecimalVector vector, DataType type, int row) {
    int room = fixedLongBytes(type);
    return room == 0
        ? vector.low()[row]
        : reserve(row, room) << 32 | vector.unscaled(row).toByteArray().length;
  }

  private long timestampSlot(TimestampVector vector, DataType type, int row) {
    int room = fixedLongBytes(type);
    return room == 0 ? vector.millis()[row] : reserve(row, room) << 32 | vector.nanosAt(row);
  }

  private void longValues(Vector vector, DataType type, int rows) {
    if (type.storage() == Storage.BYTES) {
      BytesVector bytes = (BytesVector) vector;
      for (int row = 0; row < rows; row++) {
        if (!bytes.isNull(row) && bytes.lengths()[row] > MAX_INLINE_BYTES) {
          mixBytes(row, bytes.data(), bytes.starts()[row], bytes.lengths()[row]);
        }
      }
    } else if (fixedLongBytes(type) > 0) {
      for (int row = 0; row < rows; row++) {
        mixFixedLong(row, vector);
      }
    }
  }

  private void mixFixedLong(int row, Vector vector) {
    if (vector instanceof TimestampVector timestamps) {
      mix(row, timestamps.isNull(row) ? 0 : timestamps.millis()[row]);
    } else {
      byte[] unscaled =
          vector.isNull(row) ? new byte[0] : ((DecimalVector) vector).unscaled(row).toByteArray();
      mixBytes(row, Arrays.copyOf(unscaled, LONG_DECIMAL_BYTES), 0, LONG_DECIMAL_BYTES);
    }
  }

  private void mixBytes(int row, byte[] data, int start, int length) {
    for (int i = 0; i < length; i += Long.BYTES) {
      mix(row, littleEndian(data, start + i, Math.min(Long.BYTES, length - i)));
    }
  }

  private static long littleEndian(byte[] data, int start, int length) {
    if (length == Long.BYTES) {
      return (long) LITTLE_ENDIAN.get(data, start);
    }
    long word = 0;
    for (int i = 0; i < length; i++) {
      word |= (data[start + i] & 0xFFL) << (i * Byte.SIZE);
    }
    return word;
  }
}
