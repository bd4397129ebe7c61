package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.checkpoint.SpillFile;
import dev.millrace.engine.checkpoint.TableInfo;
import dev.millrace.engine.spill.SpillableTable;
import dev.millrace.engine.state.StateTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rows of a table as they were when a barrier passed.
 *
 * @param files that have more of them, held until {@link #release}
 */
record SavedTable(TableInfo info, List<Batch> rows, List<SpillFile> files) {
  SavedTable(TableInfo info, List<Batch> rows) {
    this(info, rows, List.of());
  }

  static SavedTable of(StateTable table) {
    List<Batch> rows = new ArrayList<>();
    List<SpillFile> files = new ArrayList<>();
    if (table instanceof SpillableTable spillable) {
      spillable.save(rows::add, file -> files.add(file.hold()));
    } else {
      table.save(rows::add);
    }
    return new SavedTable(TableInfo.of(table), rows, files);
  }

  long rowCount() {
    long inMemory = rows.stream().mapToLong(Batch::rowCount).sum();
    return inMemory + files.stream().mapToLong(file -> file.rows(info.name())).sum();
  }

  void forEach(Consumer<Batch> to) {
    rows.forEach(to);
    files.forEach(file -> SpillableTable.read(info, file, to));
  }

  void release() {
    files.forEach(SpillFile::release);
  }
}
