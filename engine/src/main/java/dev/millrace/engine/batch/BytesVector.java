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

  @Override
  public BytesVector withNulls(boolean[] newNulls) {
    return new BytesVector(size(), data, starts, lengths, newNulls);
  }
}
