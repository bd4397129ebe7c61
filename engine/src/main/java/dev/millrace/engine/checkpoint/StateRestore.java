package dev.millrace.engine.checkpoint;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.key.KeyGroups;
import dev.millrace.engine.key.KeyHash;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Gives rows that instances of an operator kept to other instances, perhaps more or fewer, each its
 * own. Not thread-safe.
 */
public final class StateRestore implements BiConsumer<TableInfo, Batch> {
  private final Map<String, List<StateTable>> tables = new HashMap<>();

  /** {@code instances} are the tables of each opened operator, before any input. */
  public StateRestore(List<List<StateTable>> instances) {
    for (List<StateTable> instance : instances) {
      for (StateTable table : instance) {
        tables.computeIfAbsent(table.name(), name -> new ArrayList<>()).add(table);
      }
    }
  }

  /**
   * Restores rows of a table.
   *
   * @throws IllegalStateException if the instances do not know the table, or know it with another
   *     version or other types: the rows would be lost
   */
  @Override
  public void accept(TableInfo saved, Batch rows) {
    List<StateTable> instances = tables.getOrDefault(saved.name(), List.of());
    if (instances.isEmpty() || !fits(saved, instances.get(0))) {
      throw new IllegalStateException("state that is not restored: " + saved.name());
    }
    if (instances.get(0).shared()) {
      instances.forEach(instance -> restore(instance, rows));
    } else if (instances.size() == 1 || instances.get(0).key().isEmpty()) {
      restore(instances.get(0), rows);
    } else {
      restoreByKey(instances, rows);
    }
  }

  private static boolean fits(TableInfo saved, StateTable table) {
    return saved.version() == table.version() && sameTypes(saved.row(), table.row());
  }

  /** Whether the columns of two ROWs have the same types; they may be named differently. */
  public static boolean sameTypes(DataType one, DataType other) {
    return types(one).equals(types(other));
  }

  private static List<DataType> types(DataType row) {
    return row.children().stream().map(DataType.Field::type).toList();
  }

  private static void restoreByKey(List<StateTable> instances, Batch rows) {
    StateTable first = instances.get(0);
    int[] hashes = new KeyHash(first.row(), first.key()).hash(rows);
    int[][] owned = new int[instances.size()][rows.rowCount()];
    int[] counts = new int[instances.size()];
    for (int row = 0; row < rows.rowCount(); row++) {
      int owner = KeyGroups.instance(KeyGroups.of(hashes[row]), instances.size());
      owned[owner][counts[owner]++] = row;
    }
    for (int i = 0; i < counts.length; i++) {
      restore(instances.get(i), rows.take(Positions.of(owned[i], counts[i])));
    }
  }

  private static void restore(StateTable table, Batch rows) {
    if (rows.rowCount() > 0) {
      table.restore(rows);
    }
  }
}
