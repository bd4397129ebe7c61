package dev.millrace.engine.state;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongBuilder;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.VectorBuilder;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * Writes rows as bytes and reads them back, column by column: the null bits of all columns, lowest
 * bit first, in whole bytes, then the values that are not null as {@link ValueBytes} has them.
 * Equal rows have equal bytes. Not thread-safe.
 */
public final class RowCodec {
  private final DataType[] types;
  private final int nullBytes;

  /** What {@link #encode} wrote last. */
  private byte[] data = new byte[256];

  private int[] starts = new int[64];
  private int[] cursors = new int[64];

  /** Throws {@code UnsupportedException} if values of one of the types cannot be kept. */
  public RowCodec(List<DataType> types) {
    this.types = types.toArray(new DataType[0]);
    this.nullBytes = ValueBytes.nullBytes(types.size());
    types.forEach(ValueBytes::check);
  }

  public int columnCount() {
    return types.length;
  }

  public DataType type(int column) {
    return types[column];
  }

  /**
   * Encodes the first {@code count} rows of the columns: row {@code i} is then at {@link #start}
   * (i) to {@link #start} (i + 1) of {@link #data}, until the next call.
   */
  public void encode(Vector[] columns, int count) {
    if (starts.length <= count) {
      starts = new int[count + 1 + count / 2];
      cursors = new int[starts.length];
    }
    measure(columns, count);
    if (data.length < starts[count]) {
      data = new byte[starts[count] + starts[count] / 2];
    }
    for (int i = 0; i < count; i++) {
      Arrays.fill(data, starts[i], starts[i] + nullBytes, (byte) 0);
      cursors[i] = starts[i] + nullBytes;
    }
    for (int column = 0; column < types.length; column++) {
      writeNulls(columns[column].nulls(), column, count);
      write(types[column], columns[column], count);
    }
  }

  /** Bytes of memory that the buffers take. */
  public long bytes() {
    return data.length + (long) Integer.BYTES * (starts.length + cursors.length);
  }

  public byte[] data() {
    return data;
  }

  public int start(int row) {
    return starts[row];
  }

  public int length(int row) {
    return starts[row + 1] - starts[row];
  }

  /** Leaves the sum of all rows before in {@code starts}. */
  private void measure(Vector[] columns, int count) {
    int[] sizes = cursors;
    Arrays.fill(sizes, 0, count, nullBytes);
    for (int column = 0; column < types.length; column++) {
      addSizes(types[column], columns[column], count, sizes);
    }
    int end = 0;
    for (int i = 0; i < count; i++) {
      starts[i] = end;
      end += sizes[i];
    }
    starts[count] = end;
  }

  private static void addSizes(DataType type, Vector vector, int count, int[] sizes) {
    boolean[] nulls = vector.nulls();
    if (vector instanceof BytesVector bytes) {
      int[] lengths = bytes.lengths();
      for (int i = 0; i < count; i++) {
        sizes[i] += nulls != null && nulls[i] ? 0 : ValueBytes.lengthBytes(lengths[i]) + lengths[i];
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      sizes[i] += nulls != null && nulls[i] ? 0 : ValueBytes.size(type, vector, i);
    }
  }

  private void writeNulls(boolean[] nulls, int column, int count) {
    for (int i = 0; nulls != null && i < count; i++) {
      if (nulls[i]) {
        ValueBytes.setNullBit(data, starts[i], column);
      }
    }
  }

  private void write(DataType type, Vector vector, int count) {
    boolean[] nulls = vector.nulls();
    byte[] to = data;
    int[] at = cursors;
    if (vector instanceof LongVector longs) {
      writeLongs(longs.values(), nulls, count, to, at);
    } else if (vector instanceof TimestampVector timestamps && !ValueBytes.hasNanos(type)) {
      writeLongs(timestamps.millis(), nulls, count, to, at);
    } else if (vector instanceof IntVector ints) {
      int[] values = ints.values();
      for (int i = 0; i < count; i++) {
        if (nulls == null || !nulls[i]) {
          ValueBytes.INT.set(to, at[i], values[i]);
          at[i] += Integer.BYTES;
        }
      }
    } else if (vector instanceof BytesVector bytes) {
      writeBytes(bytes, nulls, count, to, at);
    } else {
      for (int i = 0; i < count; i++) {
        if (nulls == null || !nulls[i]) {
          at[i] = ValueBytes.put(type, vector, i, to, at[i]);
        }
      }
    }
  }

  private static void writeBytes(
      BytesVector vector, boolean[] nulls, int count, byte[] to, int[] at) {
    byte[] from = vector.data();
    int[] starts = vector.starts();
    int[] lengths = vector.lengths();
    for (int i = 0; i < count; i++) {
      if (nulls == null || !nulls[i]) {
        int start = ValueBytes.putLength(lengths[i], to, at[i]);
        System.arraycopy(from, starts[i], to, start, lengths[i]);
        at[i] = start + lengths[i];
      }
    }
  }

  private static void writeLongs(long[] values, boolean[] nulls, int count, byte[] to, int[] at) {
    for (int i = 0; i < count; i++) {
      if (nulls == null || !nulls[i]) {
        ValueBytes.LONG.set(to, at[i], values[i]);
        at[i] += Long.BYTES;
      }
    }
  }

  /** The rows that lie at {@code starts[i]} of {@code from[i]}, a vector per column. */
  Vector[] decode(byte[][] from, int[] rowStarts, int count) {
    ByteHeap heap = new ByteHeap();
    VectorBuilder[] builders = new VectorBuilder[types.length];
    for (int i = 0; i < builders.length; i++) {
      builders[i] = VectorBuilder.of(types[i], heap);
    }
    decode(from, rowStarts, count, builders);
    Vector[] columns = new Vector[builders.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = builders[i].build();
    }
    return columns;
  }

  /**
   * Appends rows to a builder per column. {@code from[i]} holds row {@code i} at {@code starts[i]};
   * the latter array is left with the rows' ends.
   */
  public void decode(byte[][] from, int[] starts, int count, VectorBuilder[] builders) {
    int[] rows = Arrays.copyOf(starts, count);
    for (int i = 0; i < count; i++) {
      starts[i] += nullBytes;
    }
    for (int column = 0; column < types.length; column++) {
      read(column, from, rows, starts, count, builders[column]);
    }
  }

  private void read(
      int column, byte[][] from, int[] rows, int[] at, int count, VectorBuilder builder) {
    DataType type = types[column];
    if (builder instanceof LongBuilder longs) {
      for (int i = 0; i < count; i++) {
        if (ValueBytes.nullBit(from[i], rows[i], column)) {
          longs.appendNull();
        } else {
          longs.append((long) ValueBytes.LONG.get(from[i], at[i]));
          at[i] += Long.BYTES;
        }
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      if (ValueBytes.nullBit(from[i], rows[i], column)) {
        builder.appendNull();
      } else {
        at[i] = ValueBytes.append(type, from[i], at[i], builder);
      }
    }
  }
}
