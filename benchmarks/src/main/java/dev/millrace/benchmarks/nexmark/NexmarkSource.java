package dev.millrace.benchmarks.nexmark;

import dev.millrace.benchmarks.nexmark.NexmarkColumns.Field;
import dev.millrace.benchmarks.nexmark.NexmarkEvent.Text;
import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.IntBuilder;
import dev.millrace.engine.batch.LongBuilder;
import dev.millrace.engine.batch.RowBuilder;
import dev.millrace.engine.batch.TimestampBuilder;
import dev.millrace.engine.batch.VectorBuilder;
import dev.millrace.engine.connector.FixedSplits;
import dev.millrace.engine.connector.RowsSplit;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceOutput;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.SourceTable;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator;
import dev.millrace.engine.connector.SplitEnumerator.Assignment;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.format.FieldUse;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Generates events in parallel, each split every n-th, so that time goes on alike in all of them.
 */
final class NexmarkSource implements Source {
  private static final int SPLITS = 16;

  private final NexmarkConfig config;
  private final SourceTable table;

  NexmarkSource(NexmarkConfig config, SourceTable table) {
    this.config = config;
    this.table = table;
  }

  @Override
  public boolean bounded() {
    return config.events() > 0;
  }

  @Override
  public SplitEnumerator enumerator() {
    return new FixedSplits(
        Assignment.EAGER,
        IntStream.range(0, SPLITS)
            .mapToObj(first -> new RowsSplit("from " + first, first))
            .toList());
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
    private final NexmarkGenerator generator = new NexmarkGenerator(config);
    private final BatchBuilder builder = new BatchBuilder(table.producedRow());
    private final List<Column> columns = columns(table);
    private final List<RowsSplit> splits = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();
    private final int batchRows;
    private int turn;

    Reader(int batchRows) {
      this.batchRows = batchRows;
    }

    @Override
    public void addSplit(Split split) {
      splits.add((RowsSplit) split);
      positions.add(((RowsSplit) split).first());
    }

    @Override
    public boolean poll(SourceOutput output) {
      if (splits.isEmpty()) {
        return false;
      }
      turn = (turn + 1) % splits.size();
      RowsSplit split = splits.get(turn);
      long end = config.events() > 0 ? config.events() : Long.MAX_VALUE;
      long n = positions.get(turn);
      for (; n < end && builder.rowCount() < batchRows; n += SPLITS) {
        append(generator.generate(n));
      }
      positions.set(turn, n);
      output.emit(split, builder.build());
      if (n >= end) {
        splits.remove(turn);
        positions.remove(turn);
        output.finished(split);
      }
      return true;
    }

    private void append(NexmarkEvent event) {
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).append(event, builder.column(i));
      }
      builder.endRow();
    }

    @Override
    public Split remaining(Split split) {
      int turnOfSplit = splits.indexOf(split);
      return splits.get(turnOfSplit).from(positions.get(turnOfSplit));
    }

    @Override
    public void close() {}
  }

  /** Appends an event's value of one column, or a null. */
  private interface Column {
    void append(NexmarkEvent event, VectorBuilder builder);
  }

  private static List<Column> columns(SourceTable table) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < table.projection().length; i++) {
      columns.add(
          column(table.schema().children().get(table.projection()[i]), table.uses().get(i)));
    }
    return columns;
  }

  private static Column column(DataType.Field column, FieldUse use) {
    if (column.name().equals(NexmarkColumns.EVENT_TYPE)) {
      return (event, builder) -> ((IntBuilder) builder).append(event.type);
    }
    int eventType = NexmarkColumns.ROW_NAMES.indexOf(column.name());
    if (eventType < 0) {
      throw MillraceException.usage("Nexmark has no column '" + column.name() + "'.");
    }
    return nested(eventType, column.type(), use);
  }

  private static Column nested(int eventType, DataType row, FieldUse use) {
    List<Column> fields = new ArrayList<>();
    for (int i = 0; i < row.children().size(); i++) {
      boolean used = use.field(i) != null;
      fields.add(
          used ? scalar(NexmarkColumns.field(eventType, row.children().get(i).name())) : null);
    }
    return (event, builder) -> {
      if (event.type != eventType) {
        builder.appendNull();
        return;
      }
      RowBuilder rows = (RowBuilder) builder;
      rows.beginRow();
      for (int i = 0; i < fields.size(); i++) {
        if (fields.get(i) != null) {
          fields.get(i).append(event, rows.field(i));
        }
      }
      rows.endRow();
    };
  }

  private static Column scalar(Field field) {
    if (field.number() != null) {
      return (event, builder) -> ((LongBuilder) builder).append(field.number().applyAsLong(event));
    }
    if (field.time() != null) {
      return (event, builder) ->
          ((TimestampBuilder) builder).append(field.time().applyAsLong(event));
    }
    return (event, builder) -> {
      Text text = field.text().apply(event);
      ((BytesBuilder) builder).append(event.texts.data(), text.start, text.length);
    };
  }
}
