package dev.millrace.engine.operator.window;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.time.Watermarks;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.List;
import java.util.function.Consumer;

/**
 * How far time has come for an operator, so that rows which are late stay late after a restore. As
 * rows, version 1: one BIGINT per instance; the lowest counts.
 */
public final class Progress implements StateTable {
  private final String name;
  private long time = Watermarks.NONE;
  private boolean restored;

  public Progress() {
    this("watermark");
  }

  /** For another time than the watermark, which has this name in snapshots. */
  public Progress(String name) {
    this.name = name;
  }

  /** The time up to which all is complete, in milliseconds. */
  public long time() {
    return time;
  }

  /** Whether time has moved on to this. */
  public boolean advance(long to) {
    if (to <= time) {
      return false;
    }
    time = to;
    return true;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public DataType row() {
    return DataType.row(List.of(new Field(name, DataType.of(TypeRoot.BIGINT).withNullable(false))));
  }

  @Override
  public List<Integer> key() {
    return List.of();
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public long bytes() {
    return Long.BYTES;
  }

  @Override
  public long rowCount() {
    return 1;
  }

  @Override
  public void save(Consumer<Batch> to) {
    to.accept(new Batch(1, new LongVector(1, new long[] {time}, null)));
  }

  @Override
  public void restore(Batch rows) {
    long[] times = ((LongVector) rows.column(0)).values();
    for (int i = 0; i < rows.rowCount(); i++) {
      time = restored ? Math.min(time, times[i]) : times[i];
      restored = true;
    }
  }
}
