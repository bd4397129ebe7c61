package dev.millrace.engine.function;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.Vectors;
import dev.millrace.engine.expression.Kernel;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.kernel.Ordering;
import java.util.Arrays;

/** GREATEST and LEAST of arguments of one type; of equal ones the first. */
final class Extremum implements Kernel {
  private final Ordering ordering;
  private final int sign;

  Extremum(Ordering ordering, boolean greatest) {
    this.ordering = ordering;
    this.sign = greatest ? 1 : -1;
  }

  @Override
  public Vector compute(Vector[] arguments, Result result) {
    int count = result.count();
    Vector best = arguments[0];
    for (int k = 1; k < arguments.length; k++) {
      int[] signs = ordering.compare(arguments[k], best, count);
      int[] order = new int[count];
      for (int i = 0; i < count; i++) {
        order[i] = signs[i] * sign > 0 ? count + i : i;
      }
      Vector both = Vectors.concat(new Vector[] {best, arguments[k]}, new int[] {count, count});
      best = both.take(order, count);
    }
    boolean[] nulls = result.nulls();
    return best.withNulls(nulls == null ? null : Arrays.copyOf(nulls, best.size()));
  }
}
