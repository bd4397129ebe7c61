package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;

/** Whether values at the same position of two columns are the same: equal, or both null. */
public final class Sameness {
  private Sameness() {}

  /** Sets {@code differ[i]} where the two columns of one type are not the same at {@code i}. */
  public static void addDifferences(
      Vector one, Vector other, DataType type, int count, boolean[] differ) {
    if (one instanceof LongVector longs) {
      long[] a = longs.values();
      long[] b = ((LongVector) other).values();
      for (int i = 0; i < count; i++) {
        differ[i] |= one.isNull(i) != other.isNull(i) || (a[i] != b[i] && !one.isNull(i));
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      differ[i] |= !isSame(one, i, other, i, type);
    }
  }

  /** Whether the values at two positions of columns of one type are the same. */
  public static boolean isSame(Vector one, int a, Vector other, int b, DataType type) {
    if (one.isNull(a) || other.isNull(b)) {
      return one.isNull(a) && other.isNull(b);
    }
    return switch (type.storage()) {
      case LONG -> ((LongVector) one).values()[a] == ((LongVector) other).values()[b];
      case INT -> ((IntVector) one).values()[a] == ((IntVector) other).values()[b];
      case BYTES -> isSame((BytesVector) one, a, (BytesVector) other, b);
      case DECIMAL -> isSame((DecimalVector) one, a, (DecimalVector) other, b);
      default -> Equality.equal(one, type, a, other, type, b);
    };
  }

  private static boolean isSame(BytesVector one, int a, BytesVector other, int b) {
    int start = one.starts()[a];
    int otherStart = other.starts()[b];
    return Arrays.equals(
        one.data(),
        start,
        start + one.lengths()[a],
        other.data(),
        otherStart,
        otherStart + other.lengths()[b]);
  }

  private static boolean isSame(DecimalVector one, int a, DecimalVector other, int b) {
    return one.low()[a] == other.low()[b]
        && (one.high() == null || one.high()[a] == other.high()[b]);
  }
}
