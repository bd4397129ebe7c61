package dev.millrace.engine.function;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.Vectors;
import java.util.Arrays;

/**
 * COALESCE: the first argument that is not null. All arguments are evaluated at all rows, as Flink
 * does it, so that a row fails where any of them does.
 */
final class Coalesce implements Construction.Constructor {
  @Override
  public Vector construct(Vector[] arguments, int count) {
    Vector first = arguments[0];
    if (first.nulls() == null) {
      return first;
    }
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int chosen = 0;
      while (chosen < arguments.length - 1 && arguments[chosen].isNull(i)) {
        chosen++;
      }
      order[i] = chosen * count + i;
    }
    int[] counts = new int[arguments.length];
    Arrays.fill(counts, count);
    return Vectors.concat(arguments, counts).take(order, count);
  }
}
