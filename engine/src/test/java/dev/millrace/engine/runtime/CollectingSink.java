package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps the numbers of the first column, per writer and in order. */
final class CollectingSink implements Sink {
  final Map<Integer, List<Long>> rowsByWriter = new ConcurrentHashMap<>();
  final AtomicInteger finishedWriters = new AtomicInteger();
  final AtomicInteger closedWriters = new AtomicInteger();
  private final boolean blocking;

  CollectingSink(boolean blocking) {
    this.blocking = blocking;
  }

  List<Long> sorted() {
    return rowsByWriter.values().stream().flatMap(List::stream).sorted().toList();
  }

  @Override
  public boolean blocking() {
    return blocking;
  }

  @Override
  public SinkWriter writer(SinkContext context) {
    List<Long> rows = new ArrayList<>();
    rowsByWriter.put(context.subtask(), rows);
    return new SinkWriter() {
      @Override
      public void write(Batch batch) {
        long[] values = ((LongVector) batch.column(0)).values();
        for (int i = 0; i < batch.rowCount(); i++) {
          rows.add(values[i]);
        }
      }

      @Override
      public List<String> endEpoch() {
        return List.of();
      }

      @Override
      public void finish() {
        finishedWriters.incrementAndGet();
      }

      @Override
      public void close() {
        closedWriters.incrementAndGet();
      }
    };
  }
}
