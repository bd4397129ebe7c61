package dev.millrace.engine.operator;

import dev.millrace.engine.checkpoint.MemoryBlobs;
import dev.millrace.engine.checkpoint.PartWriter;
import dev.millrace.engine.checkpoint.SnapshotInfo;
import dev.millrace.engine.checkpoint.SnapshotStore;
import dev.millrace.engine.checkpoint.SnapshotWriter;
import dev.millrace.engine.checkpoint.TableInfo;
import dev.millrace.engine.state.OperatorSnapshot;
import dev.millrace.engine.state.StateTable;
import java.util.List;
import java.util.Map;

/** Saves an operator as a checkpoint does, and reads it back. */
final class StoredOperator {
  private StoredOperator() {}

  static OperatorSnapshot of(List<Operator> instances) {
    SnapshotStore store = new SnapshotStore(new MemoryBlobs(), "test");
    SnapshotWriter writer = store.begin(1);
    for (int i = 0; i < instances.size(); i++) {
      try (PartWriter part = writer.part(0, i)) {
        for (StateTable table : instances.get(i).state()) {
          part.table(TableInfo.of(table));
          table.save(part::rows);
        }
      }
    }
    writer.publish(new SnapshotInfo(1, 0, "test", Map.of(), Map.of()));
    return store.open(1).operator(0);
  }
}
