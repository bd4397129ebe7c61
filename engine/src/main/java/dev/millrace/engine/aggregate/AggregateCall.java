package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.List;

/**
 * One aggregate function applied to columns of an operator's input.
 *
 * @param function its SQL name, for example {@code COUNT}
 * @param arguments the columns that it is applied to
 * @param argumentTypes their types
 * @param filter the BOOLEAN column that a row must have TRUE to count, or -1
 * @param distinct whether equal arguments count once
 * @param retracting whether rows may be taken back
 * @param ignoreNulls whether it says IGNORE NULLS
 * @param type of the result
 */
public record AggregateCall(
    String function,
    List<Integer> arguments,
    List<DataType> argumentTypes,
    int filter,
    boolean distinct,
    boolean retracting,
    boolean ignoreNulls,
    DataType type) {
  /** The argument columns of a batch. */
  Vector[] arguments(Batch batch) {
    Vector[] vectors = new Vector[arguments.size()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = batch.column(arguments.get(i));
    }
    return vectors;
  }
}
