package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.kernel.LongValues;
import dev.millrace.engine.text.Decimals;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * AVG: a total in BIGINT, DOUBLE or DECIMAL with 38 digits, divided by the number of values that
 * are not null; null if there is none. Integers are truncated, decimals divided with 38 digits and
 * then rounded half up. Per group the bytes of {@link Totals} and 8.
 */
final class Average implements Accumulator {
  private static final MathContext DIVISION = new MathContext(38, RoundingMode.HALF_UP);

  private final DataType type;
  private final DataType totalType;
  private final Totals totals;
  private final Presence.Counted counts = new Presence.Counted();

  Average(DataType argument, DataType type) {
    this.type = type;
    this.totalType = totalType(argument);
    this.totals = Totals.of(argument, totalType, true);
  }

  private static DataType totalType(DataType argument) {
    return switch (argument.root()) {
      case FLOAT, DOUBLE -> DataType.of(TypeRoot.DOUBLE);
      case DECIMAL -> DataType.decimal(Decimals.MAX_PRECISION, argument.scale());
      default -> DataType.of(TypeRoot.BIGINT);
    };
  }

  @Override
  public List<DataType> stateTypes() {
    return List.of(totals.stateType(), counts.stateType());
  }

  @Override
  public void reserve(int limit) {
    totals.reserve(limit);
    counts.reserve(limit);
  }

  @Override
  public void clear(int group) {
    totals.clear(group);
    counts.clear(group);
  }

  @Override
  public void add(Vector[] arguments, GroupedRows rows) {
    totals.add(arguments[0], rows);
    counts.add(arguments[0].nulls(), rows);
  }

  @Override
  public void merge(Vector[] state, int[] rows, int[] groups, int count) {
    totals.merge(state[0], rows, groups, count);
    counts.merge(state[1], rows, groups, count);
  }

  @Override
  public Vector[] state(int[] groups, int count) {
    return new Vector[] {totals.state(groups, count), counts.state(groups, count)};
  }

  @Override
  public Vector result(int[] groups, int count) {
    boolean[] nulls = counts.nulls(groups, count);
    return switch (totalType.root()) {
      case BIGINT -> integers(groups, count, nulls);
      case DOUBLE -> doubles(groups, count, nulls);
      default -> decimals(groups, count, nulls);
    };
  }

  private Vector integers(int[] groups, int count, boolean[] nulls) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      if (nulls == null || !nulls[i]) {
        values[i] = ((LongTotals) totals).total(groups[i]) / counts.count(groups[i]);
      }
    }
    return LongValues.vector(type, values, nulls);
  }

  private Vector doubles(int[] groups, int count, boolean[] nulls) {
    double[] values = ((DoubleVector) totals.result(groups, count, null)).values();
    for (int i = 0; i < count; i++) {
      values[i] /= counts.count(groups[i]);
    }
    if (type.is(TypeRoot.DOUBLE)) {
      return new DoubleVector(count, values, nulls);
    }
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) values[i];
    }
    return new FloatVector(count, floats, nulls);
  }

  private Vector decimals(int[] groups, int count, boolean[] nulls) {
    DecimalVector sums = (DecimalVector) totals.result(groups, count, nulls);
    long[] low = new long[count];
    long[] high = type.precision() > DecimalVector.MAX_COMPACT_PRECISION ? new long[count] : null;
    boolean[] none = new boolean[count];
    for (int i = 0; i < count; i++) {
      none[i] =
          sums.isNull(i)
              || !Decimals.store(
                  sums.decimal(i, totalType.scale())
                      .divide(BigDecimal.valueOf(counts.count(groups[i])), DIVISION),
                  type.precision(),
                  type.scale(),
                  high,
                  low,
                  i);
    }
    return new DecimalVector(count, low, high, none);
  }

  @Override
  public long bytes() {
    return totals.bytes() + counts.bytes();
  }
}
