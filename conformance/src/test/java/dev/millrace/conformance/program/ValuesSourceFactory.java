package dev.millrace.conformance.program;

import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.connector.FixedSplits;
import dev.millrace.engine.connector.RowsSplit;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceFactory;
import dev.millrace.engine.connector.SourceOutput;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.SourceTable;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.type.DataType;
import dev.millrace.flink.memory.FlinkValues;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.types.Row;

/**
 * Reads the rows of a program's source natively: in its order and one per batch, so that a
 * watermark follows each row. The sources of a program go in step, as Flink's operators take their
 * inputs by turns: each gives a row at a tick of the clock, which only moves when all is done, or
 * half a tick later. Then they wait for the savepoint, or for long enough that timers of processing
 * time fire, which the end of the input would not let happen.
 */
public final class ValuesSourceFactory implements SourceFactory {
  private static final int TICK_MILLIS = 2 * ValuesTables.HALF_TICK_MILLIS;
  private static final Duration LINGER = Duration.ofMinutes(1);

  @Override
  public String identifier() {
    return ValuesOptions.IDENTIFIER;
  }

  @Override
  public List<Option<?>> options() {
    return ValuesOptions.all();
  }

  @Override
  public Source source(SourceTable table) {
    ValuesOptions.refuse(table.options());
    return new ValuesSource(table, positions(table));
  }

  /** Where the wanted columns stand in a row: metadata stand behind the physical ones, sorted. */
  private static int[] positions(SourceTable table) {
    List<String> metadata = readableMetadata(table);
    int physical = table.projection().length;
    int[] positions = new int[physical + table.metadata().size()];
    System.arraycopy(table.projection(), 0, positions, 0, physical);
    for (int i = 0; i < table.metadata().size(); i++) {
      String key = table.metadata().get(i).name();
      positions[physical + i] = table.schema().children().size() + metadata.indexOf(key);
    }
    return positions;
  }

  private static List<String> readableMetadata(SourceTable table) {
    String entries = table.options().get(ValuesOptions.READABLE_METADATA);
    return Pattern.compile(",")
        .splitAsStream(entries)
        .filter(entry -> !entry.isBlank())
        .map(entry -> entry.substring(0, entry.indexOf(':')).strip())
        .sorted()
        .toList();
  }

  private record ValuesSource(SourceTable table, int[] positions) implements Source {
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
      List<Row> rows = ValuesTables.rows(table.options().require(ValuesOptions.DATA_ID));
      int delay = ValuesTables.delayMillis();
      return new Reader(table.producedRow(), positions, rows, delay, context.clock());
    }
  }

  private static final class Reader implements SourceReader {
    private final DataType produced;
    private final int[] positions;
    private final List<Row> rows;
    private final int delayMillis;
    private final Clock clock;
    private long next;
    private RowsSplit split;
    private int position;

    Reader(DataType produced, int[] positions, List<Row> rows, int delayMillis, Clock clock) {
      this.clock = clock;
      this.delayMillis = delayMillis;
      this.produced = produced;
      this.positions = positions;
      this.rows = rows;
    }

    @Override
    public void addSplit(Split added) {
      split = (RowsSplit) added;
      position = Math.toIntExact(split.first());
      boolean readBefore = position > 0 && position == rows.size();
      next = clock.millis() + (readBefore ? LINGER.toMillis() : delayMillis);
    }

    @Override
    public boolean poll(SourceOutput output) {
      if (split == null) {
        return false;
      }
      if (position < rows.size()) {
        if (clock.millis() < next) {
          return false;
        }
        emit(rows.get(position++), output);
        next += position < rows.size() ? TICK_MILLIS : LINGER.toMillis();
        return true;
      }
      if (ValuesTables.awaitSavepoint() || (clock.millis() < next && !ValuesTables.complete())) {
        return false;
      }
      output.finished(split);
      split = null;
      return true;
    }

    private void emit(Row row, SourceOutput output) {
      BatchBuilder builder = new BatchBuilder(produced);
      for (int i = 0; i < positions.length; i++) {
        Object value = FlinkValues.plain(row.getField(positions[i]));
        Values.append(builder.column(i), produced.child(i), value);
      }
      builder.endRow(RowKind.of(row.getKind().toByteValue()));
      output.emit(split, builder.build());
    }

    @Override
    public Split remaining(Split of) {
      return split.from(position);
    }

    @Override
    public void close() {}
  }
}
