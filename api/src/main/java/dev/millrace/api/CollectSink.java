package dev.millrace.api;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkFactory;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.option.Option;
import dev.millrace.flink.SelectTable;
import java.util.List;

/** The native side of a SELECT: one writer that hands the rows to the reader in this process. */
final class CollectSink implements SinkFactory, Sink {
  private final BatchQueue rows;

  CollectSink(BatchQueue rows) {
    this.rows = rows;
  }

  @Override
  public String identifier() {
    return SelectTable.CONNECTOR;
  }

  @Override
  public List<Option<?>> options() {
    return List.of();
  }

  @Override
  public Sink sink(SinkTable table) {
    return this;
  }

  /** A reader may be slow. */
  @Override
  public boolean blocking() {
    return true;
  }

  /** The order of a changelog must not depend on which of several writers comes first. */
  @Override
  public int parallelism() {
    return 1;
  }

  @Override
  public SinkWriter writer(SinkContext context) {
    return new SinkWriter() {
      @Override
      public void write(Batch batch) {
        rows.put(batch);
      }

      @Override
      public void finish() {}

      @Override
      public void close() {
        rows.end();
      }
    };
  }
}
