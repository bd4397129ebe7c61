package dev.millrace.engine.batch;

import java.nio.charset.StandardCharsets;

/**
 * A vector of byte strings (UTF-8 for character types), each a range of one shared array.
 *
 * <p>Ranges may overlap and come in any order, so that a decoder can point into the bytes it read
 * and a substring needs no copy.
 */
public final class BytesVector extends Vector {
  private final byte[] data;
  private final int[] starts;
  private final int[] lengths;

  public BytesVector(int size, byte[] data, int[] starts, int[] lengths, boolean[] nulls) {
    super(size, nulls);
    this.data = data;
    this.starts = starts;
    this.lengths = lengths;
  }

  public byte[] data() {
    return data;
  }

  public int[] starts() {
    return starts;
  }

  public int[] lengths() {
    return lengths;
  }

  /** The value at a position as a Java string; for edges and tests, not for loops. */
  public String string(int position) {
    return new String(data, starts[position], lengths[position], StandardCharsets.UTF_8);
  }

  @Override
  public BytesVector take(int[] positions, int count) {
    int[] takenStarts = new int[count];
    int[] takenLengths = new int[count];
    for (int i = 0; i < count; i++) {
      takenStarts[i] = starts[positions[i]];
      takenLengths[i] = lengths[positions[i]];
    }
    return new BytesVector(count, data, takenStarts, takenLengths, takeNulls(positions, count));
  }

  /**
   * A vector that owns just the bytes it refers to, if less than half of the shared array is
   * referred to; else this one. For rows that outlive their input.
   */
  public BytesVector compact() {
    long used = 0;
    for (int i = 0; i < size(); i++) {
      used += isNull(i) ? 0 : lengths[i];
    }
    if (used * 2 >= data.length) {
      return this;
    }
    byte[] owned = new byte[(int) used];
    int[] ownedStarts = new int[size()];
    int[] ownedLengths = new int[size()];
    int end = 0;
    for (int i = 0; i < size(); i++) {
      int length = isNull(i) ? 0 : lengths[i];
      System.arraycopy(data, length == 0 ? 0 : starts[i], owned, end, length);
      ownedStarts[i] = end;
      ownedLengths[i] = length;
      end += length;
    }
    return new BytesVector(size(), owned, ownedStarts, ownedLengths, nulls());
  }

  @Override
  public BytesVector withNulls(boolean[] newNulls) {
    return new BytesVector(size(), data, starts, lengths, newNulls);
  }

  @Override
  public long retainedBytes() {
    return data.length + 8L * starts.length + nullBytes();
  }
}
