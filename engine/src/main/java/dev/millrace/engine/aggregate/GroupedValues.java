package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.RowVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers the distinct values, of one or more columns, of each group: a {@link KeyTable}. */
final class GroupedValues {
  private final List<DataType> types;
  private final KeyTable table;

  GroupedValues(List<DataType> types) {
    this.types = types;
    List<DataType> keys = new ArrayList<>(types);
    keys.add(0, DataType.of(TypeRoot.INT).withNullable(false));
    this.table = KeyTable.of(keys);
  }

  /** The type of a value: that of the only column, or a ROW. */
  DataType valueType() {
    if (types.size() == 1) {
      return types.get(0);
    }
    return DataType.rowOf(types).withNullable(false);
  }

  /** The columns of a vector of {@link #valueType}. */
  Vector[] columns(Vector values) {
    if (types.size() == 1) {
      return new Vector[] {values};
    }
    Vector[] columns = new Vector[types.size()];
    Arrays.setAll(columns, ((RowVector) values)::field);
    return columns;
  }

  /** The numbers of the values at positions of the columns, which become known if they aren't. */
  int[] locate(Vector[] columns, int[] positions, int[] groups, int count) {
    Vector[] keys = new Vector[columns.length + 1];
    keys[0] = new IntVector(count, groups, null);
    for (int i = 0; i < columns.length; i++) {
      keys[i + 1] = columns[i].take(positions, count);
    }
    int[] numbers = new int[count];
    table.locate(keys, count, numbers);
    return numbers;
  }

  /** The values with these numbers, of {@link #valueType}. */
  Vector values(int[] numbers, int count) {
    Vector[] keys = table.keys(numbers, count);
    Vector[] columns = Arrays.copyOfRange(keys, 1, keys.length);
    return columns.length == 1 ? columns[0] : new RowVector(count, columns, null);
  }

  int limit() {
    return table.limit();
  }

  void remove(int number) {
    table.remove(number);
  }

  long bytes() {
    return table.bytes();
  }
}
