package dev.millrace.engine.checkpoint;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.RandomValues;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Snapshots of random rows, and what must be read of them. */
final class Snapshots {
  /** The rows of a table by node and name. */
  record Key(int node, String table) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return toString().compareTo(other.toString());
    }
  }

  private Snapshots() {}

  static DataType row() {
    return DataType.rowOf(RandomValues.types());
  }

  static TableInfo table(String name) {
    return new TableInfo(name, 3, row(), List.of(3, 0), name.startsWith("shared"));
  }

  static SnapshotInfo info(long epoch) {
    return new SnapshotInfo(
        epoch, 1_700_000_000_000L + epoch, "a job", Map.of("k", "v"), Map.of(1, "one", 2, "two"));
  }

  /** Writes and publishes two tables of two instances of two nodes. */
  static Map<Key, List<List<Object>>> write(SnapshotStore store, long epoch, Random random) {
    Map<Key, List<List<Object>>> expected = new TreeMap<>();
    SnapshotWriter writer = store.begin(epoch);
    for (int node = 1; node <= 2; node++) {
      for (int subtask = 0; subtask < 2; subtask++) {
        try (PartWriter part = writer.part(node, subtask)) {
          for (String name : List.of("t", "shared")) {
            part.table(table(name));
            List<List<Object>> rows =
                expected.computeIfAbsent(new Key(node, name), key -> new ArrayList<>());
            for (int i = 0; i < 3; i++) {
              Batch batch = batch(random, 30);
              part.rows(batch);
              rows.addAll(rows(batch));
            }
          }
        }
      }
    }
    writer.publish(info(epoch));
    return expected;
  }

  static Batch batch(Random random, int count) {
    List<DataType> types = RandomValues.types();
    List<List<Object>> rows = new RandomValues(random).rows(types, count);
    return new Batch(count, RandomValues.columns(types, rows));
  }

  static List<List<Object>> rows(Batch batch) {
    Vector[] columns = new Vector[batch.columnCount()];
    Arrays.setAll(columns, batch::column);
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < batch.rowCount(); i++) {
      rows.add(RandomValues.row(RandomValues.types(), columns, i));
    }
    return rows;
  }

  static Map<Key, List<List<Object>>> read(StoredSnapshot snapshot) {
    Map<Key, List<List<Object>>> found = new TreeMap<>();
    for (int node : snapshot.nodes()) {
      for (TableInfo table : snapshot.tables(node)) {
        List<List<Object>> rows = new ArrayList<>();
        snapshot.forEach(node, table.name(), batch -> rows.addAll(rows(batch)));
        found.put(new Key(node, table.name()), rows);
      }
    }
    return found;
  }
}
