package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.text.Decimals;
import dev.millrace.engine.type.DataType;

/** Exact comparison of decimals with decimals and integers. */
final class DecimalComparison {
  private DecimalComparison() {}

  static int[] compare(
      Vector left, DataType leftType, Vector right, DataType rightType, int count) {
    DecimalColumn a = DecimalColumn.of(left, leftType, count);
    DecimalColumn b = DecimalColumn.of(right, rightType, count);
    int scale = Math.max(a.scale(), b.scale());
    int[] signs = new int[count];
    if (a.fitsAtScale(scale) && b.fitsAtScale(scale)) {
      long[] aValues = a.low();
      long[] bValues = b.low();
      long aFactor = Decimals.pow10(scale - a.scale());
      long bFactor = Decimals.pow10(scale - b.scale());
      for (int i = 0; i < count; i++) {
        signs[i] = Long.compare(aValues[i] * aFactor, bValues[i] * bFactor);
      }
    } else if (a.scale() == b.scale()) {
      compareWide(a, b, signs);
    } else {
      for (int i = 0; i < count; i++) {
        signs[i] = a.get(i).compareTo(b.get(i));
      }
    }
    return signs;
  }

  private static void compareWide(DecimalColumn a, DecimalColumn b, int[] signs) {
    for (int i = 0; i < signs.length; i++) {
      int high = Long.compare(a.highAt(i), b.highAt(i));
      signs[i] = high != 0 ? high : Long.compareUnsigned(a.low()[i], b.low()[i]);
    }
  }
}
