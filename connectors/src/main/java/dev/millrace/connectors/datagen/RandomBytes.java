package dev.millrace.connectors.datagen;

import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.Vector;

/**
 * A column of random byte strings: hexadecimal digits as text, or any bytes.
 *
 * @param length of each value, or with {@code varied} what each is shorter than
 */
record RandomBytes(long seed, int length, boolean varied, boolean text, Nulls nulls)
    implements Generator {
  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  @Override
  public long bytesPerRow() {
    return length;
  }

  @Override
  public Vector generate(long[] rows, int count, long nowMillis) {
    int[] starts = new int[count];
    int[] lengths = new int[count];
    int end = 0;
    for (int i = 0; i < count; i++) {
      starts[i] = end;
      lengths[i] = lengthOf(rows[i]);
      end += lengths[i];
    }
    byte[] data = new byte[end];
    for (int i = 0; i < count; i++) {
      fill(data, starts[i], lengths[i], Randomness.at(seed, rows[i]));
    }
    return new BytesVector(count, data, starts, lengths, nulls.of(rows, count));
  }

  private int lengthOf(long row) {
    if (!varied) {
      return length;
    }
    return 1 + (int) Randomness.below(Randomness.at(~seed, row), Math.max(1, length - 1));
  }

  private void fill(byte[] data, int start, int count, long valueSeed) {
    int bits = text ? 4 : 8;
    int perLong = Long.SIZE / bits;
    long random = 0;
    for (int i = 0; i < count; i++) {
      if (i % perLong == 0) {
        random = Randomness.at(valueSeed, i);
      }
      data[start + i] = text ? DIGITS[(int) random & 0xF] : (byte) random;
      random >>>= bits;
    }
  }
}
