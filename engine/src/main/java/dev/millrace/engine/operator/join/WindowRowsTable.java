package dev.millrace.engine.operator.join;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The rows of one input in all windows. As rows, version 1: the columns of the row. */
record WindowRowsTable(JoinSpec spec, int input, int windowEnd, JoinWindows windows)
    implements StateTable {
  @Override
  public String name() {
    return input == 0 ? "left" : "right";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public DataType row() {
    return spec.row(input);
  }

  @Override
  public List<Integer> key() {
    return spec.keys(input);
  }

  /** The windows belong to both inputs: the left one counts them. */
  @Override
  public long bytes() {
    return input == 0 ? windows.bytes() : 0;
  }

  @Override
  public long rowCount() {
    return windows.rowCount(input);
  }

  @Override
  public void save(Consumer<Batch> to) {
    for (JoinWindow each : windows.all()) {
      each.forEach(input, columns -> to.accept(new Batch(columns[0].size(), columns)));
    }
  }

  @Override
  public void restore(Batch rows) {
    long[] ends = ((TimestampVector) rows.column(windowEnd)).millis();
    for (long end :
        IntStream.range(0, rows.rowCount()).mapToLong(i -> ends[i]).distinct().toArray()) {
      int[] own = IntStream.range(0, rows.rowCount()).filter(i -> ends[i] == end).toArray();
      Batch batch = rows.take(Positions.of(own, own.length));
      windows.add(end, input, KeptRows.columns(batch), own.length);
    }
  }
}
