package dev.millrace.engine.batch;

import java.util.Arrays;

/**
 * A growing byte array that the string columns of one batch under construction share.
 *
 * <p>It can start as a view of bytes that were read, so that values point into them; the first
 * append copies them, and the ranges handed out before stay valid. Not thread-safe.
 */
public final class ByteHeap {
  private byte[] data;
  private int length;
  private boolean owned;

  /** An empty heap. */
  public ByteHeap() {
    this(256);
  }

  public ByteHeap(int capacity) {
    this.data = new byte[capacity];
    this.owned = true;
  }

  private ByteHeap(byte[] data, int length) {
    this.data = data;
    this.length = length;
  }

  /**
   * A heap that begins with the first {@code length} bytes of {@code data}, which it never writes.
   */
  public static ByteHeap wrap(byte[] data, int length) {
    return new ByteHeap(data, length);
  }

  /** The bytes so far; valid until the next append. */
  public byte[] data() {
    return data;
  }

  public int length() {
    return length;
  }

  /** Makes room for {@code more} bytes at {@link #length()}; write there, then {@link #advance}. */
  public byte[] reserve(int more) {
    int needed = Math.addExact(length, more);
    if (!owned || needed > data.length) {
      int capacity = Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8L, length * 2L));
      data = Arrays.copyOf(data, Math.max(capacity, 64));
      owned = true;
    }
    return data;
  }

  /** Counts bytes written after {@link #reserve}. */
  public void advance(int written) {
    length += written;
  }

  /** Forgets the bytes from {@code newLength} on. */
  public void truncate(int newLength) {
    length = newLength;
  }

  /** Copies a range in and returns where it starts. */
  public int append(byte[] from, int start, int count) {
    byte[] to = reserve(count);
    int at = length;
    System.arraycopy(from, start, to, at, count);
    length += count;
    return at;
  }

  public int append(byte[] bytes) {
    return append(bytes, 0, bytes.length);
  }

  public void append(byte value) {
    reserve(1)[length] = value;
    length++;
  }
}
