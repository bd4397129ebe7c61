package dev.millrace.engine.operator.window;

import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.operator.aggregate.GroupInput;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How rows are aggregated by key and slice.
 *
 * @param keyColumns the columns of the input to group by; of sessions the last is their start
 * @param keyTypes their types
 * @param calls what to compute; of a global aggregate on the columns that its local one reads
 * @param time what puts a row into a slice
 * @param windows how time is cut
 * @param retracting whether input rows can be taken back
 */
public record SliceSpec(
    List<Integer> keyColumns,
    List<DataType> keyTypes,
    List<AggregateCall> calls,
    RowTime time,
    Windows windows,
    boolean retracting) {
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT).withNullable(false);

  /** The ROW of {@link Slice#state}, which is also what a local aggregate hands to a global one. */
  public DataType stateRow() {
    List<DataType> types = new ArrayList<>(keyTypes);
    types.add(BIGINT);
    if (retracting) {
      types.add(BIGINT);
    }
    types.addAll(new Aggregates(calls).stateTypes());
    return DataType.rowOf(types);
  }

  /** The columns in {@link #stateRow} of all that rows are grouped by. */
  List<Integer> stateGroup() {
    return IntStream.range(0, keyTypes.size()).boxed().toList();
  }

  /** How many of the first columns are the key that rows are distributed by. */
  int keySize() {
    return windows.kind() == Windows.Kind.SESSION ? keyTypes.size() - 1 : keyTypes.size();
  }

  /** How rows of {@link #stateRow} are added. */
  GroupInput stateInput() {
    return new GroupInput.Partials(keyTypes.size() + 1, retracting);
  }

  Slice newSlice() {
    return new Slice(keyTypes, calls, retracting);
  }
}
