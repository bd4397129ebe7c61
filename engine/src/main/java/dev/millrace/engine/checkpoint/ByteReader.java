package dev.millrace.engine.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what a {@link ByteWriter} wrote; throws {@link DamagedFileException} where the bytes end
 * too early, before it makes room for what they promise. Not thread-safe.
 */
final class ByteReader {
  private final byte[] data;
  private final ByteBuffer buffer;

  ByteReader(byte[] data, int from, int length) {
    this.data = data;
    this.buffer = ByteBuffer.wrap(data, from, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What the positions of {@link #skip} refer to. */
  byte[] data() {
    return data;
  }

  boolean isAtEnd() {
    return !buffer.hasRemaining();
  }

  /** Goes over {@code count} bytes and returns where they begin. */
  int skip(long count) throws DamagedFileException {
    if (count < 0 || count > buffer.remaining()) {
      throw new DamagedFileException("a block ends too early");
    }
    int at = buffer.position();
    buffer.position(at + (int) count);
    return at;
  }

  byte getByte() throws DamagedFileException {
    return data[skip(1)];
  }

  boolean getBoolean() throws DamagedFileException {
    byte value = getByte();
    if (value != 0 && value != 1) {
      throw new DamagedFileException("a block holds " + value + " where 0 or 1 belongs");
    }
    return value == 1;
  }

  int getInt() throws DamagedFileException {
    return buffer.getInt(skip(Integer.BYTES));
  }

  long getLong() throws DamagedFileException {
    return buffer.getLong(skip(Long.BYTES));
  }

  /** A number of things that take a byte each at least. */
  int getCount() throws DamagedFileException {
    int count = getInt();
    if (count < 0 || count > buffer.remaining()) {
      throw new DamagedFileException("a block holds an impossible count");
    }
    return count;
  }

  String getString() throws DamagedFileException {
    int length = getInt();
    return new String(data, skip(length), length, StandardCharsets.UTF_8);
  }

  byte[] getBytes(int count) throws DamagedFileException {
    int at = skip(count);
    return Arrays.copyOfRange(data, at, at + count);
  }

  short[] getShorts(int count) throws DamagedFileException {
    ByteBuffer from = view(count, Short.BYTES);
    short[] values = new short[count];
    from.asShortBuffer().get(values);
    return values;
  }

  int[] getInts(int count) throws DamagedFileException {
    ByteBuffer from = view(count, Integer.BYTES);
    int[] values = new int[count];
    from.asIntBuffer().get(values);
    return values;
  }

  long[] getLongs(int count) throws DamagedFileException {
    ByteBuffer from = view(count, Long.BYTES);
    long[] values = new long[count];
    from.asLongBuffer().get(values);
    return values;
  }

  float[] getFloats(int count) throws DamagedFileException {
    ByteBuffer from = view(count, Float.BYTES);
    float[] values = new float[count];
    from.asFloatBuffer().get(values);
    return values;
  }

  double[] getDoubles(int count) throws DamagedFileException {
    ByteBuffer from = view(count, Double.BYTES);
    double[] values = new double[count];
    from.asDoubleBuffer().get(values);
    return values;
  }

  private ByteBuffer view(int count, int width) throws DamagedFileException {
    long bytes = (long) count * width;
    int at = skip(bytes);
    return buffer.slice(at, (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  boolean[] getBits(int count) throws DamagedFileException {
    int at = skip(ByteWriter.bitBytes(count));
    boolean[] values = new boolean[count];
    for (int i = 0; i < count; i++) {
      values[i] = (data[at + (i >> 3)] >> (i & 7) & 1) != 0;
    }
    return values;
  }
}
