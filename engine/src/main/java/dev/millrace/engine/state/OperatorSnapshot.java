package dev.millrace.engine.state;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.key.KeyGroups;
import dev.millrace.engine.key.KeyHash;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What all instances of an operator kept at one moment, in memory; can be restored to another
 * number of instances. Not thread-safe.
 */
public final class OperatorSnapshot {
  private record Table(int version, DataType row, List<Batch> rows) {}

  private final Map<String, Table> tables = new LinkedHashMap<>();

  /** Adds what an instance keeps. */
  public void save(List<StateTable> instance) {
    for (StateTable table : instance) {
      Table saved = table(table.name(), table.version(), table.row());
      table.save(saved.rows()::add);
    }
  }

  /** Adds rows of a table that some instance kept, with the table's version and row. */
  public void add(String table, int version, DataType row, Batch rows) {
    table(table, version, row).rows().add(rows);
  }

  /** Adds what other instances kept. */
  public void add(OperatorSnapshot others) {
    others.tables.forEach(
        (name, table) -> table(name, table.version(), table.row()).rows().addAll(table.rows()));
  }

  private Table table(String name, int version, DataType row) {
    return tables.computeIfAbsent(name, absent -> new Table(version, row, new ArrayList<>()));
  }

  /** The rows of a table, of all instances; none if there is no such table. */
  public List<Batch> rows(String table) {
    Table saved = tables.get(table);
    return saved == null ? List.of() : Collections.unmodifiableList(saved.rows());
  }

  /**
   * Gives an instance its part, before any input.
   *
   * @param instance the tables of the opened operator
   * @param index which of the {@code instances} it is
   * @throws IllegalStateException if something was saved that the instance does not know, or knows
   *     with another version or other types, and that would be lost
   */
  public void restore(List<StateTable> instance, int index, int instances) {
    Set<String> unknown = new HashSet<>(tables.keySet());
    for (StateTable table : instance) {
      Table saved = tables.get(table.name());
      if (saved != null && fits(saved, table)) {
        unknown.remove(table.name());
        saved.rows().forEach(rows -> restore(table, rows, index, instances));
      }
    }
    if (!unknown.isEmpty()) {
      throw new IllegalStateException("state that is not restored: " + unknown);
    }
  }

  private static boolean fits(Table saved, StateTable table) {
    return saved.version() == table.version() && sameTypes(saved.row(), table.row());
  }

  /** Whether the columns of two ROWs have the same types; they may be named differently. */
  public static boolean sameTypes(DataType one, DataType other) {
    return types(one).equals(types(other));
  }

  private static List<DataType> types(DataType row) {
    return row.children().stream().map(DataType.Field::type).toList();
  }

  private static void restore(StateTable table, Batch rows, int index, int instances) {
    Batch own = table.shared() ? rows : rows.take(owned(table, rows, index, instances));
    if (own.rowCount() > 0) {
      table.restore(own);
    }
  }

  private static Positions owned(StateTable table, Batch rows, int index, int instances) {
    int[] owned = new int[rows.rowCount()];
    int count = 0;
    int[] hashes = table.key().isEmpty() ? null : new KeyHash(table.row(), table.key()).hash(rows);
    for (int i = 0; i < owned.length; i++) {
      int owner = hashes == null ? 0 : KeyGroups.instance(KeyGroups.of(hashes[i]), instances);
      if (owner == index) {
        owned[count++] = i;
      }
    }
    return Positions.of(owned, count);
  }
}
