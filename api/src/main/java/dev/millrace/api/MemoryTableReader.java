package dev.millrace.api;

import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.connector.FixedSplits;
import dev.millrace.engine.connector.RowsSplit;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceOutput;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.SourceTable;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the rows of a {@link MemorySource}, in one instance. */
final class MemoryTableReader implements Source {
  private final SourceTable table;
  private final MemorySource rows;

  MemoryTableReader(SourceTable table, MemorySource rows) {
    this.table = table;
    this.rows = rows;
  }

  @Override
  public boolean bounded() {
    return false;
  }

  @Override
  public int parallelism() {
    return 1;
  }

  @Override
  public SplitEnumerator enumerator() {
    return FixedSplits.whole("memory");
  }

  @Override
  public Split split(Map<String, String> saved) {
    return RowsSplit.of(saved);
  }

  @Override
  public SourceReader reader(SourceContext context) {
    rows.onChange(context::wake);
    return new Reader(context.batchRows(), context.checkpointing());
  }

  private final class Reader implements SourceReader {
    private final BatchBuilder builder = new BatchBuilder(table.producedRow());
    private final List<Row> taken = new ArrayList<>();
    private final int batchRows;
    private final boolean checkpointing;
    private RowsSplit split;
    private long next;

    Reader(int batchRows, boolean checkpointing) {
      this.batchRows = batchRows;
      this.checkpointing = checkpointing;
    }

    @Override
    public void addSplit(Split added) {
      split = (RowsSplit) added;
      next = split.first();
    }

    @Override
    public boolean poll(SourceOutput output) {
      if (split == null) {
        return false;
      }
      // Read first: rows added before the end must be seen.
      boolean ended = rows.ended();
      rows.read(next, batchRows, taken);
      boolean moved = !taken.isEmpty();
      if (moved) {
        taken.forEach(this::append);
        next += taken.size();
        taken.clear();
        output.emit(split, builder.build());
        if (!checkpointing) {
          rows.forget(next);
        }
      } else if (ended) {
        output.finished(split);
        split = null;
      }
      return moved || ended;
    }

    @Override
    public Split remaining(Split of) {
      return split.from(next);
    }

    @Override
    public void completed(List<Split> remaining) {
      remaining.forEach(rest -> rows.forget(((RowsSplit) rest).first()));
    }

    private void append(Row row) {
      int columns = table.schema().children().size();
      if (row.values().size() != columns) {
        throw MillraceException.job(
            "A row for table '%s' has %d values; the table has %d columns."
                .formatted(table.name(), row.values().size(), columns));
      }
      for (int i = 0; i < table.projection().length; i++) {
        DataType.Field column = table.schema().children().get(table.projection()[i]);
        append(i, column, row.get(table.projection()[i]));
      }
      builder.endRow(row.kind());
    }

    private void append(int position, DataType.Field column, Object value) {
      try {
        Values.append(builder.column(position), column.type(), value);
      } catch (ClassCastException | ArithmeticException e) {
        throw MillraceException.job(
            "A row for table '%s' has the value %s (%s) in column '%s' of type %s."
                .formatted(
                    table.name(), value, value.getClass().getName(), column.name(), column.type()),
            e);
      }
    }

    @Override
    public void close() {
      rows.onChange(() -> {});
    }
  }
}
