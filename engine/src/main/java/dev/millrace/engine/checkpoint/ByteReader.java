package dev.millrace.engine.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what a {@link ByteWriter} wrote, of this version of the format or an older one; throws
 * {@link DamagedFileException} where the bytes end too early, before it makes room for what they
 * promise. Not thread-safe.
 */
final class ByteReader {
  private final byte[] data;
  private final ByteBuffer buffer;
  private final int version;

  /** Of the version that is written. */
  ByteReader(byte[] data, int from, int length) {
    this(data, from, length, SnapshotFormat.VERSION);
  }

  ByteReader(byte[] data, int from, int length, int version) {
    this.version = version;
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
    int[] values = new int[count];
    if (version == SnapshotFormat.PLAIN_INTEGERS) {
      view(count, Integer.BYTES).asIntBuffer().get(values);
      return values;
    }
    long[] packed = getPacked(count);
    for (int i = 0; i < count; i++) {
      values[i] = (int) packed[i];
    }
    return values;
  }

  long[] getLongs(int count) throws DamagedFileException {
    if (version > SnapshotFormat.PLAIN_INTEGERS) {
      return getPacked(count);
    }
    long[] values = new long[count];
    view(count, Long.BYTES).asLongBuffer().get(values);
    return values;
  }

  private long[] getPacked(int count) throws DamagedFileException {
    long minimum = getLong();
    int width = getByte();
    if (width < 0 || width > Long.BYTES) {
      throw new DamagedFileException("integers have " + width + " bytes");
    }
    int at = skip((long) count * width);
    long[] values = new long[count];
    for (int shift = 0; shift < width * Byte.SIZE; shift += Byte.SIZE) {
      for (int i = 0; i < count; i++) {
        values[i] |= (data[at++] & 0xFFL) << shift;
      }
    }
    for (int i = 0; i < count; i++) {
      values[i] += minimum;
    }
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
