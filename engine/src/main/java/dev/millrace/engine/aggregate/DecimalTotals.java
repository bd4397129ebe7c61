package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.text.Decimals;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;

/**
 * Totals of decimals with 38 digits: 16 bytes per group.
 *
 * <p>A total with more digits is lost. It then stays null, or, if {@code staysLost} is false,
 * starts again from zero with the next value.
 */
final class DecimalTotals implements Totals {
  private final DataType type;
  private final boolean staysLost;
  private long[] low = {};
  private long[] high = {};

  /** Whether a group's total is lost; null while none ever was. */
  private boolean[] lost;

  DecimalTotals(DataType argument, DataType type, boolean staysLost) {
    if (argument.scale() != type.scale() || type.precision() != Decimals.MAX_PRECISION) {
      throw new IllegalArgumentException("a total of " + argument + " as " + type);
    }
    this.type = type;
    this.staysLost = staysLost;
  }

  @Override
  public DataType stateType() {
    return type.withNullable(true);
  }

  @Override
  public void reserve(int limit) {
    low = Arrays.copyOf(low, limit);
    high = Arrays.copyOf(high, limit);
    lost = lost == null ? null : Arrays.copyOf(lost, limit);
  }

  @Override
  public void clear(int group) {
    low[group] = 0;
    high[group] = 0;
    if (lost != null) {
      lost[group] = false;
    }
  }

  @Override
  public void add(Vector vector, GroupedRows rows) {
    DecimalVector decimals = (DecimalVector) vector;
    long[] lows = decimals.low();
    long[] highs = decimals.high();
    boolean[] nulls = vector.nulls();
    int[] positions = rows.rows();
    int[] groups = rows.groups();
    for (int i = 0; i < rows.count(); i++) {
      int row = positions[i];
      if (nulls == null || !nulls[row]) {
        long valueLow = lows[row];
        long valueHigh = highs == null ? valueLow >> 63 : highs[row];
        if (rows.isRetract(i)) {
          valueHigh = ~valueHigh + (valueLow == 0 ? 1 : 0);
          valueLow = -valueLow;
        }
        add(groups[i], valueHigh, valueLow);
      }
    }
  }

  /** Neither summand has more than 38 digits, so that 127 bits hold their sum. */
  private void add(int group, long valueHigh, long valueLow) {
    if (lost != null && lost[group]) {
      if (staysLost) {
        return;
      }
      lost[group] = false;
    }
    long sumLow = low[group] + valueLow;
    long carry = Long.compareUnsigned(sumLow, valueLow) < 0 ? 1 : 0;
    long sumHigh = high[group] + valueHigh + carry;
    if (Decimals.hasDigits(sumHigh, sumLow, Decimals.MAX_PRECISION)) {
      low[group] = sumLow;
      high[group] = sumHigh;
    } else {
      lose(group);
    }
  }

  private void lose(int group) {
    lost = lost == null ? new boolean[low.length] : lost;
    lost[group] = true;
    low[group] = 0;
    high[group] = 0;
  }

  @Override
  public void merge(Vector state, int[] rows, int[] groups, int count) {
    DecimalVector more = (DecimalVector) state;
    for (int i = 0; i < count; i++) {
      if (!more.isNull(rows[i])) {
        add(groups[i], more.high()[rows[i]], more.low()[rows[i]]);
      } else if (staysLost || (low[groups[i]] | high[groups[i]]) == 0) {
        lose(groups[i]);
      }
    }
  }

  @Override
  public Vector state(int[] groups, int count) {
    return result(groups, count, null);
  }

  @Override
  public DecimalVector result(int[] groups, int count, boolean[] nulls) {
    long[] lows = new long[count];
    long[] highs = new long[count];
    boolean[] all = lost == null ? nulls : new boolean[count];
    for (int i = 0; i < count; i++) {
      lows[i] = low[groups[i]];
      highs[i] = high[groups[i]];
      if (lost != null) {
        all[i] = lost[groups[i]] || (nulls != null && nulls[i]);
      }
    }
    return new DecimalVector(count, lows, highs, all);
  }

  @Override
  public long bytes() {
    return (long) Long.BYTES * (low.length + high.length) + (lost == null ? 0 : lost.length);
  }
}
