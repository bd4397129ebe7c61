package dev.millrace.engine.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.checkpoint.MemoryBlobs;
import dev.millrace.engine.checkpoint.OperatorReplay;
import dev.millrace.engine.checkpoint.PartWriter;
import dev.millrace.engine.checkpoint.SnapshotInfo;
import dev.millrace.engine.checkpoint.SnapshotStore;
import dev.millrace.engine.checkpoint.SnapshotWriter;
import dev.millrace.engine.checkpoint.StoredPart;
import dev.millrace.engine.checkpoint.TableInfo;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * An operator as a checkpoint saves it: its instances hand over batches, which are written while
 * they go on; later checkpoints have what the instances were given since.
 */
final class StoredOperator {
  private record Table(TableInfo info, List<Batch> rows) {}

  private final List<List<Table>> tables = new ArrayList<>();
  private final List<List<byte[]>> events = new ArrayList<>();
  private List<DataType> inputs;

  /** Takes what the next instance keeps; from now on its log has what came after. */
  void save(Instance instance) {
    List<Table> kept = new ArrayList<>();
    for (StateTable table : instance.operator().state()) {
      List<Batch> rows = new ArrayList<>();
      table.save(rows::add);
      kept.add(new Table(TableInfo.of(table), rows));
    }
    checkRowCount(instance.operator().state(), kept);
    tables.add(kept);
    events.add(new ArrayList<>());
    instance.saved();
  }

  /** A table may count rows of others, too. */
  private static void checkRowCount(List<StateTable> state, List<Table> kept) {
    assertThat(
            kept.stream().flatMap(table -> table.rows().stream()).mapToInt(Batch::rowCount).sum())
        .isEqualTo((int) state.stream().mapToLong(StateTable::rowCount).sum());
  }

  /** The same with all that the instances were given up to now. */
  StoredOperator withLogs(List<Instance> instances) {
    StoredOperator later = new StoredOperator();
    for (int i = 0; i < instances.size(); i++) {
      events.get(i).addAll(instances.get(i).log().take());
      later.tables.add(tables.get(i));
      later.events.add(List.copyOf(events.get(i)));
    }
    later.inputs = instances.get(0).inputs();
    return later;
  }

  /** Writes all that was saved and hands it over again. */
  void restore(OperatorReplay.Opening opening, BiConsumer<TableInfo, Batch> rows) {
    SnapshotStore store = new SnapshotStore(new MemoryBlobs(), "test");
    List<StoredPart> parts = new ArrayList<>();
    SnapshotWriter first = store.begin(1);
    for (int i = 0; i < tables.size(); i++) {
      PartWriter part = first.part(0, i);
      try (part) {
        for (Table table : tables.get(i)) {
          part.table(table.info());
          table.rows().forEach(part::rows);
        }
      }
      parts.add(part.stored());
    }
    first.publish(new SnapshotInfo(1, 0, "test", Map.of(), Map.of()));
    SnapshotWriter second = store.begin(2);
    parts.forEach(second::keep);
    for (int i = 0; i < events.size(); i++) {
      if (!events.get(i).isEmpty()) {
        try (PartWriter part = second.part(0, i)) {
          part.log(inputs, events.get(i));
        }
      }
    }
    second.publish(new SnapshotInfo(2, 0, "test", Map.of(), Map.of()));
    store.retain(1);
    store.open(2).restore(0, opening, rows);
  }
}
