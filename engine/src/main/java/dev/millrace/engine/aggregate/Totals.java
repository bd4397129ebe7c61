package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;

/** A running total per group, with Flink's arithmetic in the total's type. Not thread-safe. */
interface Totals {
  /** The type of the column that holds totals. */
  DataType stateType();

  void reserve(int limit);

  void clear(int group);

  /** Adds the values that are not null, or takes them back. */
  void add(Vector values, GroupedRows rows);

  /** Adds other totals. */
  void merge(Vector state, int[] rows, int[] groups, int count);

  Vector state(int[] groups, int count);

  /** The totals in the type of the result, null where {@code nulls}, which may be null, says so. */
  Vector result(int[] groups, int count, boolean[] nulls);

  long bytes();

  /**
   * Totals of {@code argument} values in {@code type}.
   *
   * @param fromZero whether totals start from zero, instead of from the first value
   */
  static Totals of(DataType argument, DataType type, boolean fromZero) {
    return switch (type.root()) {
      case TINYINT, SMALLINT, INT, BIGINT -> new LongTotals(type);
      case FLOAT -> new FloatTotals(fromZero ? 0f : -0f);
      case DOUBLE -> new DoubleTotals(argument, fromZero ? 0d : -0d);
      case DECIMAL -> new DecimalTotals(argument, type, fromZero);
      default -> throw new IllegalArgumentException("a total of type " + type);
    };
  }
}
