package dev.millrace.engine.spill;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.checkpoint.SpillFile;
import dev.millrace.engine.checkpoint.TableInfo;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import java.util.List;
import java.util.function.Consumer;

/** A table of an operator, wherever its rows are. */
public final class SpillableTable implements StateTable {
  private final SpillableOperator operator;
  private final TableInfo info;

  SpillableTable(SpillableOperator operator, StateTable table) {
    this.operator = operator;
    this.info = TableInfo.of(table);
  }

  @Override
  public String name() {
    return info.name();
  }

  @Override
  public int version() {
    return info.version();
  }

  @Override
  public DataType row() {
    return info.row();
  }

  @Override
  public List<Integer> key() {
    return info.key();
  }

  @Override
  public boolean shared() {
    return info.shared();
  }

  @Override
  public long bytes() {
    return operator.bytes(info.name());
  }

  @Override
  public long rowCount() {
    return operator.rowCount(info.name());
  }

  @Override
  public void save(Consumer<Batch> to) {
    save(to, file -> read(file, to));
  }

  /** Hands over the rows that are in memory, and the files that have the others. */
  public void save(Consumer<Batch> rows, Consumer<SpillFile> onDisk) {
    operator.save(info.name(), rows, onDisk);
  }

  /** Hands over the rows of this table in a file that {@link #save} has handed over. */
  public void read(SpillFile file, Consumer<Batch> to) {
    read(info, file, to);
  }

  /** Hands over the rows of a table in a file. */
  public static void read(TableInfo table, SpillFile file, Consumer<Batch> to) {
    file.read(
        (candidate, rows) -> {
          if (candidate.name().equals(table.name())) {
            to.accept(rows);
          }
        });
  }

  @Override
  public void restore(Batch rows) {
    operator.restore(info, rows);
  }
}
