package dev.millrace.conformance.program;

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
import java.util.ArrayList;
import java.util.List;

/** Keeps what a program writes natively in {@link ValuesTables}. */
public final class ValuesSinkFactory implements SinkFactory {
  @Override
  public String identifier() {
    return ValuesOptions.IDENTIFIER;
  }

  @Override
  public List<Option<?>> options() {
    return ValuesOptions.all();
  }

  @Override
  public Sink sink(SinkTable table) {
    ValuesOptions.refuse(table.options());
    String id = table.options().require(ValuesOptions.DATA_ID);
    ValuesTables.open(id, table.primaryKey());
    List<DataType.Field> columns = new ArrayList<>(table.schema().children());
    columns.addAll(table.metadata());
    return new ValuesSink(id, DataType.row(columns));
  }

  private record ValuesSink(String id, DataType row) implements Sink {
    @Override
    public boolean blocking() {
      return false;
    }

    @Override
    public int parallelism() {
      return 1;
    }

    @Override
    public SinkWriter writer(SinkContext context) {
      return new Writer(id, row);
    }
  }

  private record Writer(String id, DataType row) implements SinkWriter {
    @Override
    public void write(Batch batch) {
      for (int i = 0; i < batch.rowCount(); i++) {
        List<String> fields = ValueStrings.fields(row, Values.row(batch, row, i));
        ValuesTables.add(id, new Change(batch.rowKind(i).shortString(), fields));
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
