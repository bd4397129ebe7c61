package dev.millrace.api;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hands each batch to a reader in this process, in one instance: the order of a changelog must not
 * depend on which of several writers comes first.
 *
 * @param blocking whether the reader may let the writer wait
 * @param end runs when nothing more comes
 */
record HandOverSink(boolean blocking, Consumer<Batch> reader, Runnable end) implements Sink {
  @Override
  public int parallelism() {
    return 1;
  }

  @Override
  public SinkWriter writer(SinkContext context) {
    return new SinkWriter() {
      @Override
      public void write(Batch batch) {
        reader.accept(batch);
      }

      @Override
      public List<String> endEpoch() {
        return List.of();
      }

      @Override
      public void finish() {}

      @Override
      public void close() {
        end.run();
      }
    };
  }
}
