package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.BytesVector;
import java.util.Arrays;

/** Comparison of single byte strings of two columns. */
public final class ByteRanges {
  private ByteRanges() {}

  static boolean equal(BytesVector left, int leftPosition, BytesVector right, int rightPosition) {
    int leftLength = left.lengths()[leftPosition];
    int rightLength = right.lengths()[rightPosition];
    if (leftLength != rightLength) {
      return false;
    }
    int leftStart = left.starts()[leftPosition];
    int rightStart = right.starts()[rightPosition];
    return Arrays.equals(
        left.data(),
        leftStart,
        leftStart + leftLength,
        right.data(),
        rightStart,
        rightStart + rightLength);
  }

  /** By unsigned bytes; a prefix comes first. */
  public static int compare(
      BytesVector left, int leftPosition, BytesVector right, int rightPosition) {
    int leftStart = left.starts()[leftPosition];
    int rightStart = right.starts()[rightPosition];
    return Arrays.compareUnsigned(
        left.data(),
        leftStart,
        leftStart + left.lengths()[leftPosition],
        right.data(),
        rightStart,
        rightStart + right.lengths()[rightPosition]);
  }
}
