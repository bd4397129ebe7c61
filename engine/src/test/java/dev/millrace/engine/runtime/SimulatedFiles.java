package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.deadletter.FailedAt;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A folder that outlives the simulated process; its files are prepared, then published. */
final class SimulatedFiles implements Sink {
  private final DataType row;
  private final Killed.Chance kill;
  private final Predicate<List<Object>> refused;
  private final Map<String, List<List<Object>>> hidden = new HashMap<>();
  private final Map<String, List<List<Object>>> visible = new HashMap<>();
  private int files;

  SimulatedFiles(DataType row, Killed.Chance kill) {
    this(row, kill, values -> false);
  }

  /** {@code refused} rows are reported instead of written. */
  SimulatedFiles(DataType row, Killed.Chance kill, Predicate<List<Object>> refused) {
    this.refused = refused;
    this.row = row;
    this.kill = kill;
  }

  /** The rows in all files that readers see. */
  List<List<Object>> rows() {
    return visible.values().stream().flatMap(List::stream).toList();
  }

  @Override
  public boolean awaitsEpochs() {
    return true;
  }

  @Override
  public void publish(List<String> prepared) {
    for (String name : prepared) {
      kill.maybe();
      List<List<Object>> file = hidden.remove(name);
      if (file == null && !visible.containsKey(name)) {
        throw new IllegalStateException(name + " was never prepared");
      }
      if (file != null) {
        visible.put(name, file);
      }
    }
  }

  @Override
  public boolean blocking() {
    return false;
  }

  @Override
  public SinkWriter writer(SinkContext context) {
    return new SinkWriter() {
      private List<List<Object>> file = new ArrayList<>();

      @Override
      public void write(Batch batch) {
        for (int i = 0; i < batch.rowCount(); i++) {
          List<Object> values = Values.row(batch, row, i);
          if (refused.test(values)) {
            context.errors().reject(FailedAt.SINK, 0, batch, i, "refused", null);
          } else {
            file.add(values);
          }
        }
      }

      @Override
      public List<String> endEpoch() {
        kill.maybe();
        String name = "file-" + files++;
        hidden.put(name, file);
        file = new ArrayList<>();
        return List.of(name);
      }

      @Override
      public void finish() {}

      @Override
      public void close() {}
    };
  }
}
