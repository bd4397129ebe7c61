package dev.millrace.api;

import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.connector.FixedSplits;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceOutput;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.SourceTable;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.type.DataType;

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
  public SourceReader reader(SourceContext context) {
    rows.onChange(context::wake);
    return new Reader(context.batchRows());
  }

  private final class Reader implements SourceReader {
    private final BatchBuilder builder = new BatchBuilder(table.producedRow());
    private final int batchRows;
    private Split split;

    Reader(int batchRows) {
      this.batchRows = batchRows;
    }

    @Override
    public void addSplit(Split added) {
      split = added;
    }

    @Override
    public boolean poll(SourceOutput output) {
      if (split == null) {
        return false;
      }
      // Read first: rows added before the end must be seen.
      boolean ended = rows.ended();
      Row row = null;
      while (builder.rowCount() < batchRows && (row = rows.poll()) != null) {
        append(row);
      }
      boolean moved = !builder.isEmpty();
      if (moved) {
        output.emit(split, builder.build());
      }
      if (ended && row == null) {
        output.finished(split);
        split = null;
        return true;
      }
      return moved;
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
