package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.checkpoint.MemoryBlobs;
import dev.millrace.engine.checkpoint.PartWriter;
import dev.millrace.engine.checkpoint.SnapshotInfo;
import dev.millrace.engine.checkpoint.SnapshotStore;
import dev.millrace.engine.checkpoint.SnapshotWriter;
import dev.millrace.engine.checkpoint.TableInfo;
import dev.millrace.engine.state.OperatorSnapshot;
import dev.millrace.engine.state.StateTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An operator as a checkpoint saves it: its instances hand over batches, which are written while
 * they go on.
 */
final class StoredOperator {
  private record Table(int instance, TableInfo info, List<Batch> rows) {}

  private final List<Table> tables = new ArrayList<>();
  private int instances;

  /** Takes what the next instance keeps. */
  void save(Operator instance) {
    for (StateTable table : instance.state()) {
      List<Batch> rows = new ArrayList<>();
      table.save(rows::add);
      tables.add(new Table(instances, TableInfo.of(table), rows));
    }
    instances++;
  }

  /** Writes all that was saved and reads it back. */
  OperatorSnapshot stored() {
    SnapshotStore store = new SnapshotStore(new MemoryBlobs(), "test");
    SnapshotWriter writer = store.begin(1);
    for (int i = 0; i < instances; i++) {
      int instance = i;
      try (PartWriter part = writer.part(0, instance)) {
        for (Table table : tables.stream().filter(t -> t.instance() == instance).toList()) {
          part.table(table.info());
          table.rows().forEach(part::rows);
        }
      }
    }
    writer.publish(new SnapshotInfo(1, 0, "test", Map.of(), Map.of()));
    return store.open(1).operator(0);
  }
}
