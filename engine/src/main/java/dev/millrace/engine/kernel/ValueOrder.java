package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;

/** Compares single values, which are not null, of columns of one type. */
@FunctionalInterface
public interface ValueOrder {
  /** Negative, zero or positive. */
  int compare(Vector left, int leftPosition, Vector right, int rightPosition);

  /**
   * The order of the comparison operators, or null when the type has none: NaN is neither less nor
   * greater than anything, and the zeros are equal.
   */
  static ValueOrder of(DataType type) {
    return switch (type.storage()) {
      case FLOAT -> (a, i, b, j) -> compare(floatAt(a, i), floatAt(b, j));
      case DOUBLE -> (a, i, b, j) -> compare(doubleAt(a, i), doubleAt(b, j));
      case BYTES -> (a, i, b, j) -> ByteRanges.compare((BytesVector) a, i, (BytesVector) b, j);
      case DECIMAL -> (a, i, b, j) -> compare((DecimalVector) a, i, (DecimalVector) b, j);
      case TIMESTAMP -> (a, i, b, j) -> compare((TimestampVector) a, i, (TimestampVector) b, j);
      case BYTE, SHORT, INT, LONG ->
          (a, i, b, j) -> Long.compare(NumericArrays.longAt(a, i), NumericArrays.longAt(b, j));
      default -> null;
    };
  }

  private static float floatAt(Vector vector, int position) {
    return ((FloatVector) vector).values()[position];
  }

  private static double doubleAt(Vector vector, int position) {
    return ((DoubleVector) vector).values()[position];
  }

  private static int compare(double a, double b) {
    return a < b ? -1 : a > b ? 1 : 0;
  }

  private static int compare(DecimalVector a, int i, DecimalVector b, int j) {
    if (a.high() == null) {
      return Long.compare(a.low()[i], b.low()[j]);
    }
    int high = Long.compare(a.high()[i], b.high()[j]);
    return high != 0 ? high : Long.compareUnsigned(a.low()[i], b.low()[j]);
  }

  private static int compare(TimestampVector a, int i, TimestampVector b, int j) {
    int millis = Long.compare(a.millis()[i], b.millis()[j]);
    return millis != 0 ? millis : Integer.compare(a.nanosAt(i), b.nanosAt(j));
  }
}
