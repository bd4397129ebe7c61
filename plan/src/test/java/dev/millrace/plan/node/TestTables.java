package dev.millrace.plan.node;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkFactory;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceFactory;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.SourceTable;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator;
import dev.millrace.engine.connector.ValuesSource;
import dev.millrace.engine.format.FormatRegistry;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tables in memory under the names of real connectors: a source delivers the rows that a test has
 * put there, a sink keeps what it is given, and both keep the table that they were asked for. For
 * simulations, which have one thread.
 */
final class TestTables {
  private static final Option<Integer> SCAN_PARALLELISM = Option.integer("scan.parallelism", 0);
  private static final Option<Integer> SINK_PARALLELISM = Option.integer("sink.parallelism", 0);
  private static final List<Option<?>> OPTIONS =
      List.of(
          Option.text("topic"),
          Option.prefix("properties."),
          Option.text("scan.startup.mode"),
          Option.text("path"),
          Option.text("rows-per-second"),
          Option.text("print-identifier"),
          SCAN_PARALLELISM,
          SINK_PARALLELISM,
          Option.text("format"),
          Option.text("key.format"),
          Option.text("value.format"));

  final Map<String, SourceTable> sources = new TreeMap<>();
  final Map<String, SinkTable> sinks = new TreeMap<>();

  /** By table name, rows of all physical columns. */
  final Map<String, List<List<Object>>> input = new TreeMap<>();

  /** By full table name, rows that begin with their kind. */
  final Map<String, List<List<Object>>> output = new TreeMap<>();

  private final List<SourceFactory> sourceFactories = new ArrayList<>();
  final List<SinkFactory> sinkFactories = new ArrayList<>();

  TestTables() {
    for (String connector : List.of("kafka", "filesystem", "datagen")) {
      sourceFactories.add(new Sources(connector));
    }
    for (String connector : List.of("kafka", "upsert-kafka", "filesystem", "print", "blackhole")) {
      sinkFactories.add(new Sinks(connector));
    }
  }

  Connectors connectors() {
    return Connectors.of(sourceFactories, sinkFactories, FormatRegistry.of());
  }

  private final class Sources implements SourceFactory {
    private final String identifier;

    Sources(String identifier) {
      this.identifier = identifier;
    }

    @Override
    public String identifier() {
      return identifier;
    }

    @Override
    public List<Option<?>> options() {
      return OPTIONS;
    }

    @Override
    public Source source(SourceTable table) {
      sources.put(table.name(), table);
      List<List<Object>> rows = new ArrayList<>();
      for (List<Object> whole : input.getOrDefault(table.name(), List.of())) {
        List<Object> row = new ArrayList<>();
        for (int column : table.projection()) {
          row.add(whole.get(column));
        }
        rows.add(row);
      }
      return new Rows(
          new ValuesSource(table.producedRow(), rows), table.options().get(SCAN_PARALLELISM));
    }
  }

  private record Rows(ValuesSource values, int parallelism) implements Source {
    @Override
    public boolean bounded() {
      return true;
    }

    @Override
    public SplitEnumerator enumerator() {
      return values.enumerator();
    }

    @Override
    public Split split(Map<String, String> saved) {
      return values.split(saved);
    }

    @Override
    public SourceReader reader(SourceContext context) {
      return values.reader(context);
    }
  }

  private final class Sinks implements SinkFactory {
    private final String identifier;

    Sinks(String identifier) {
      this.identifier = identifier;
    }

    @Override
    public String identifier() {
      return identifier;
    }

    @Override
    public List<Option<?>> options() {
      return OPTIONS;
    }

    @Override
    public Sink sink(SinkTable table) {
      sinks.put(table.name(), table);
      List<Field> fields = new ArrayList<>(table.schema().children());
      fields.addAll(table.metadata());
      return new Kept(
          DataType.row(fields),
          table.options().get(SINK_PARALLELISM),
          output.computeIfAbsent(table.name(), name -> new ArrayList<>()));
    }
  }

  private record Kept(DataType row, int parallelism, List<List<Object>> rows) implements Sink {
    @Override
    public boolean blocking() {
      return false;
    }

    @Override
    public SinkWriter writer(SinkContext context) {
      return new SinkWriter() {
        @Override
        public void write(Batch batch) {
          byte[] kinds = batch.rowKinds();
          for (int i = 0; i < batch.rowCount(); i++) {
            List<Object> values = new ArrayList<>();
            values.add(kinds == null ? RowKind.INSERT : RowKind.of(kinds[i]));
            values.addAll(Values.row(batch, row, i));
            rows.add(values);
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
      };
    }
  }
}
