package dev.millrace.engine.checkpoint;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Little-endian numbers and arrays of them, one after the other in memory. Not thread-safe. */
final class ByteWriter {
  /** What was to be written is longer than the limit. */
  static final class TooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLongException(long length) {
      super(length + " bytes");
    }
  }

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private int limit;
  private byte[] data = new byte[1024];
  private ByteBuffer buffer = wrap(data);
  private int length;

  /** At most {@code limit} bytes can be written. */
  ByteWriter(int limit) {
    this.limit = limit;
  }

  private static ByteBuffer wrap(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The bytes so far; valid until the next call that writes. */
  byte[] data() {
    return data;
  }

  int length() {
    return length;
  }

  /** Forgets the bytes from {@code newLength} on. */
  void truncate(int newLength) {
    length = newLength;
  }

  /** Sets how many bytes can be written from now on, with those so far. */
  void limit(int newLimit) {
    limit = newLimit;
  }

  /** Makes room for {@code count} bytes, of any content, and returns where it begins. */
  int reserve(long count) {
    long needed = length + count;
    if (needed > limit) {
      throw new TooLongException(needed);
    }
    if (needed > data.length) {
      data = Arrays.copyOf(data, (int) Math.min(limit, Math.max(needed, data.length * 2L)));
      buffer = wrap(data);
    }
    int at = length;
    length = (int) needed;
    return at;
  }

  void putByte(int value) {
    int at = reserve(1);
    data[at] = (byte) value;
  }

  void putBoolean(boolean value) {
    putByte(value ? 1 : 0);
  }

  void putInt(int value) {
    int at = reserve(Integer.BYTES);
    buffer.putInt(at, value);
  }

  void putLong(long value) {
    int at = reserve(Long.BYTES);
    buffer.putLong(at, value);
  }

  void putString(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    putInt(bytes.length);
    putBytes(bytes, 0, bytes.length);
  }

  /** Writes {@code count} values from {@code from} on; returns where they begin. So do the next. */
  int putBytes(byte[] values, int from, int count) {
    int at = reserve(count);
    System.arraycopy(values, from, data, at, count);
    return at;
  }

  int putShorts(short[] values, int from, int count) {
    int at = reserve((long) count * Short.BYTES);
    view(at).asShortBuffer().put(values, from, count);
    return at;
  }

  /** Writes integers packed: the bytes of one place after the other. */
  void putIntegers(long[] values, int from, int count) {
    int end = from + count;
    long minimum = count == 0 ? 0 : values[from];
    long maximum = minimum;
    for (int i = from; i < end; i++) {
      minimum = Math.min(minimum, values[i]);
      maximum = Math.max(maximum, values[i]);
    }
    // The difference is right as an unsigned number, whatever overflows.
    int bits = Long.SIZE - Long.numberOfLeadingZeros(maximum - minimum);
    int width = (bits + Byte.SIZE - 1) / Byte.SIZE;
    putLong(minimum);
    putByte(width);
    int at = reserve((long) count * width);
    int done =
        0 < width && width <= Integer.BYTES
            ? putEights(values, from, count, minimum, width, at)
            : 0;
    byte[] to = data;
    for (int place = 0; place < width; place++) {
      int next = at + place * count + done;
      for (int i = from + done; i < end; i++) {
        to[next++] = (byte) ((values[i] - minimum) >>> (place * Byte.SIZE));
      }
    }
  }

  /**
   * Writes eight values at a time, which are of one to four bytes less the minimum: two share a
   * long, and the bytes of four longs are transposed. Returns how many are written.
   */
  private int putEights(long[] values, int from, int count, long minimum, int width, int at) {
    byte[] to = data;
    int i = 0;
    for (; i + 8 <= count; i += 8) {
      int v = from + i;
      long a = (values[v] - minimum) | (values[v + 4] - minimum) << 32;
      long b = (values[v + 1] - minimum) | (values[v + 5] - minimum) << 32;
      long c = (values[v + 2] - minimum) | (values[v + 6] - minimum) << 32;
      long d = (values[v + 3] - minimum) | (values[v + 7] - minimum) << 32;
      long pairs = ((a >>> 16) ^ c) & 0x0000FFFF0000FFFFL;
      a ^= pairs << 16;
      c ^= pairs;
      pairs = ((b >>> 16) ^ d) & 0x0000FFFF0000FFFFL;
      b ^= pairs << 16;
      d ^= pairs;
      long bytes = ((a >>> 8) ^ b) & 0x00FF00FF00FF00FFL;
      a ^= bytes << 8;
      b ^= bytes;
      bytes = ((c >>> 8) ^ d) & 0x00FF00FF00FF00FFL;
      c ^= bytes << 8;
      d ^= bytes;
      putPlaces(to, at + i, count, width, a, b, c, d);
    }
    return i;
  }

  private static void putPlaces(
      byte[] to, int at, int count, int width, long a, long b, long c, long d) {
    LONG.set(to, at, a);
    if (width > 1) {
      LONG.set(to, at + count, b);
    }
    if (width > 2) {
      LONG.set(to, at + 2 * count, c);
    }
    if (width > 3) {
      LONG.set(to, at + 3 * count, d);
    }
  }

  int putFloats(float[] values, int from, int count) {
    int at = reserve((long) count * Float.BYTES);
    view(at).asFloatBuffer().put(values, from, count);
    return at;
  }

  int putDoubles(double[] values, int from, int count) {
    int at = reserve((long) count * Double.BYTES);
    view(at).asDoubleBuffer().put(values, from, count);
    return at;
  }

  private ByteBuffer view(int at) {
    return buffer.slice(at, length - at).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes a bit for each value: set if it is true and not null. */
  void putBits(boolean[] values, boolean[] nulls, int from, int count) {
    int at = reserve(bitBytes(count));
    byte[] to = data;
    for (int i = 0; i < count; at++) {
      int bits = 0;
      for (int end = Math.min(count, i + Byte.SIZE), bit = 0; i < end; i++, bit++) {
        boolean set = values[from + i] && (nulls == null || !nulls[from + i]);
        bits |= set ? 1 << bit : 0;
      }
      to[at] = (byte) bits;
    }
  }

  /** Sets values of {@code width} bytes that begin at {@code at} to zero where they are null. */
  void clearNulls(int at, int width, boolean[] nulls, int from, int count) {
    if (nulls == null) {
      return;
    }
    byte[] to = data;
    for (int i = 0; i < count; i++) {
      if (nulls[from + i]) {
        int start = at + i * width;
        Arrays.fill(to, start, start + width, (byte) 0);
      }
    }
  }

  static int bitBytes(int count) {
    return (count + Byte.SIZE - 1) >>> 3;
  }
}
