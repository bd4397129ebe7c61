package dev.millrace.engine.connector;

import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.type.DataType;
import java.util.List;
import java.util.Map;

/** A bounded source of rows that the plan itself holds (VALUES). */
public final class ValuesSource implements Source {
  private final DataType rowType;
  private final List<List<Object>> rows;

  /** {@code rows} hold Java objects of the classes that {@link Values} names. */
  public ValuesSource(DataType rowType, List<List<Object>> rows) {
    this.rowType = rowType;
    this.rows = rows;
  }

  @Override
  public boolean bounded() {
    return true;
  }

  @Override
  public int parallelism() {
    return 1;
  }

  @Override
  public SplitEnumerator enumerator() {
    return FixedSplits.whole("values");
  }

  @Override
  public Split split(Map<String, String> saved) {
    return RowsSplit.of(saved);
  }

  @Override
  public SourceReader reader(SourceContext context) {
    return new Reader(context.batchRows());
  }

  private final class Reader implements SourceReader {
    private final BatchBuilder builder = new BatchBuilder(rowType);
    private final int batchRows;
    private RowsSplit split;
    private int next;

    Reader(int batchRows) {
      this.batchRows = batchRows;
    }

    @Override
    public void addSplit(Split added) {
      split = (RowsSplit) added;
      next = Math.toIntExact(split.first());
    }

    @Override
    public boolean poll(SourceOutput output) {
      if (split == null) {
        return false;
      }
      int end = Math.min(rows.size(), next + batchRows);
      for (; next < end; next++) {
        Values.appendRow(builder, rowType, rows.get(next));
      }
      if (!builder.isEmpty()) {
        output.emit(split, builder.build());
      }
      if (next == rows.size()) {
        output.finished(split);
        split = null;
      }
      return true;
    }

    @Override
    public Split remaining(Split of) {
      return split.from(next);
    }

    @Override
    public void close() {}
  }
}
