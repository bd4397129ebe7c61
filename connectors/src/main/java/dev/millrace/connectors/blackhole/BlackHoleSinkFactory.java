package dev.millrace.connectors.blackhole;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkFactory;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.option.Option;
import java.util.List;

/** The {@code blackhole} connector: rows are counted by the runtime and dropped. */
public final class BlackHoleSinkFactory implements SinkFactory {
  @Override
  public String identifier() {
    return "blackhole";
  }

  @Override
  public List<Option<?>> options() {
    return List.of();
  }

  @Override
  public Sink sink(SinkTable table) {
    return new BlackHole();
  }

  private static final class BlackHole implements Sink, SinkWriter {
    @Override
    public SinkWriter writer(SinkContext context) {
      return this;
    }

    @Override
    public boolean blocking() {
      return false;
    }

    @Override
    public void write(Batch batch) {}

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
