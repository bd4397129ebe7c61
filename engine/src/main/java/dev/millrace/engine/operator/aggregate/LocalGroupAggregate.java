package dev.millrace.engine.operator.aggregate;

import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.List;

/**
 * Aggregates the rows of each batch by key, for a {@link GroupAggregate} behind an exchange. Keeps
 * nothing from batch to batch.
 *
 * <p>Emits a row per key: the key, by how many rows its number changes if rows can be taken back,
 * and the aggregates' state columns.
 */
public final class LocalGroupAggregate extends ForwardingOperator {
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT).withNullable(false);

  /**
   * What to do.
   *
   * @param keyColumns the columns of the input to group by
   * @param keyTypes their types
   * @param retracting whether input rows can be taken back
   */
  public record Spec(List<Integer> keyColumns, List<DataType> keyTypes, boolean retracting) {}

  private final Spec spec;
  private final Aggregates aggregates;
  private final GroupInput input = new GroupInput.Rows();

  public LocalGroupAggregate(Spec spec, Aggregates aggregates) {
    this.spec = spec;
    this.aggregates = aggregates;
  }

  /** The ROW that is emitted for keys of these types. */
  public static DataType row(
      List<DataType> keyTypes, boolean retracting, List<DataType> stateTypes) {
    List<DataType> types = new ArrayList<>(keyTypes);
    if (retracting) {
      types.add(BIGINT);
    }
    types.addAll(stateTypes);
    return DataType.rowOf(types);
  }

  @Override
  public void process(int ignored, Batch batch) {
    int rows = batch.rowCount();
    KeyTable keys = KeyTable.of(spec.keyTypes());
    int[] groupOfRow = new int[rows];
    keys.locate(keyColumns(batch), rows, groupOfRow);
    aggregates.reserve(keys.limit());
    input.add(batch, Positions.list(rows), groupOfRow, rows, aggregates);
    int[] groups = Positions.list(keys.limit());
    List<Vector> columns = new ArrayList<>(List.of(keys.keys(groups, groups.length)));
    if (spec.retracting()) {
      columns.add(rowChanges(batch, groupOfRow, groups.length));
    }
    columns.addAll(List.of(aggregates.state(groups, groups.length)));
    for (int group : groups) {
      aggregates.clear(group);
    }
    emit(new Batch(groups.length, columns.toArray(new Vector[0])));
  }

  private Vector[] keyColumns(Batch batch) {
    Vector[] columns = new Vector[spec.keyColumns().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = batch.column(spec.keyColumns().get(i));
    }
    return columns;
  }

  private LongVector rowChanges(Batch batch, int[] groupOfRow, int groups) {
    long[] changes = input.changes(batch);
    long[] sums = new long[groups];
    for (int i = 0; i < changes.length; i++) {
      sums[groupOfRow[i]] += changes[i];
    }
    return new LongVector(groups, sums, null);
  }
}
