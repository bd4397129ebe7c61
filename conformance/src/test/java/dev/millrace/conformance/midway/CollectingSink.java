package dev.millrace.conformance.midway;

import dev.millrace.conformance.changelog.Change;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkFactory;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.type.DataType;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes the place of another connector in simulation, whatever its options, and keeps the rows of a
 * plan's table.
 */
final class CollectingSink implements SinkFactory {
  private final String identifier;
  private final Consumer<int[]> key;
  private final List<Change> rows;

  /**
   * {@code key} learns the positions of the primary key's columns; the rows are added to a list.
   */
  CollectingSink(String identifier, Consumer<int[]> key, List<Change> rows) {
    this.identifier = identifier;
    this.key = key;
    this.rows = rows;
  }

  @Override
  public String identifier() {
    return identifier;
  }

  @Override
  public List<Option<?>> options() {
    return List.of(Option.prefix(""));
  }

  @Override
  public Sink sink(SinkTable table) {
    key.accept(table.primaryKey());
    return new Sink() {
      @Override
      public boolean blocking() {
        return false;
      }

      @Override
      public SinkWriter writer(SinkContext context) {
        return new Writer(table.schema(), rows);
      }
    };
  }

  private record Writer(DataType row, List<Change> rows) implements SinkWriter {
    @Override
    public void write(Batch batch) {
      for (int i = 0; i < batch.rowCount(); i++) {
        rows.add(Change.of(batch.rowKind(i), Values.row(batch, row, i)));
      }
    }

    @Override
    public List<String> endEpoch() {
      return List.of();
    }

    @Override
    public void finish() {}

    @Override
    public void close() {}
  }
}
