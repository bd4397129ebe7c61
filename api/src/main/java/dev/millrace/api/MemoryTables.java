package dev.millrace.api;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkFactory;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceFactory;
import dev.millrace.engine.connector.SourceTable;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.Nearest;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.type.DataType;
import dev.millrace.flink.memory.InProcessTables;
import dev.millrace.flink.memory.InProcessTables.Input;
import dev.millrace.flink.memory.InProcessTables.MemoryRow;
import dev.millrace.flink.memory.InProcessTables.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The in-memory tables of one script, for either engine. */
final class MemoryTables {
  private final Map<String, MemorySource> sources = new TreeMap<>();
  private final Map<String, MemorySink> sinks = new TreeMap<>();

  void add(String table, MemorySource source) {
    sources.put(table, source);
  }

  void add(String table, MemorySink sink) {
    sinks.put(table, sink);
  }

  /** The native connector. */
  SourceFactory sourceFactory() {
    return new SourceFactory() {
      @Override
      public String identifier() {
        return InProcessTables.CONNECTOR;
      }

      @Override
      public List<Option<?>> options() {
        return List.of();
      }

      @Override
      public Source source(SourceTable table) {
        return new MemoryTableReader(table, find(sources, table.name(), "source"));
      }
    };
  }

  /** The native connector. */
  SinkFactory sinkFactory() {
    return new SinkFactory() {
      @Override
      public String identifier() {
        return InProcessTables.CONNECTOR;
      }

      @Override
      public List<Option<?>> options() {
        return List.of();
      }

      @Override
      public Sink sink(SinkTable table) {
        MemorySink rows = find(sinks, unqualified(table), "sink");
        return new HandOverSink(false, batch -> add(batch, table.schema(), rows), () -> {});
      }
    };
  }

  private static void add(Batch batch, DataType rowType, MemorySink to) {
    for (int i = 0; i < batch.rowCount(); i++) {
      to.add(new Row(batch.rowKind(i), Values.row(batch, rowType, i)));
    }
  }

  private static String unqualified(SinkTable table) {
    return table.name().substring(table.name().lastIndexOf('.') + 1);
  }

  private static <T> T find(Map<String, T> tables, String name, String role) {
    T found = tables.get(name);
    if (found == null) {
      throw MillraceException.usage(
          "Table '%s' has the connector 'memory', but the program gave it no %s%s"
              .formatted(name, role, hint(name, tables)));
    }
    return found;
  }

  private static String hint(String name, Map<String, ?> tables) {
    String hint = Nearest.hint(name, tables.keySet());
    return hint.isEmpty() ? "." : hint;
  }

  /** The same for a run on embedded Flink. */
  InProcessTables forFlink() {
    Map<String, Input> inputs = new HashMap<>();
    sources.forEach((table, source) -> inputs.put(table, new FlinkInput(source)));
    Map<String, Output> outputs = new HashMap<>();
    sinks.forEach(
        (table, sink) ->
            outputs.put(table, row -> sink.add(new Row(RowKind.of(row.kind()), row.values()))));
    return new InProcessTables(inputs, outputs);
  }

  private static final class FlinkInput implements Input {
    private final MemorySource source;
    private final List<Row> taken = new ArrayList<>();
    private long next;

    FlinkInput(MemorySource source) {
      this.source = source;
    }

    @Override
    public MemoryRow poll() {
      source.read(next, 1, taken);
      if (taken.isEmpty()) {
        return null;
      }
      Row row = taken.remove(0);
      source.forget(++next);
      return new MemoryRow(row.kind().code(), row.values());
    }

    @Override
    public boolean ended() {
      return source.ended();
    }
  }
}
