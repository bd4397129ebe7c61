package dev.millrace.connectors.kafka;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceOutput;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One reader with all splits of a table, polled by the test alone. */
final class ManualReader implements SourceOutput, AutoCloseable {
  private final AtomicInteger wakes = new AtomicInteger();
  private final SourceReader reader;
  private final List<Integer> batches = new ArrayList<>();
  private int unfinished;

  ManualReader(TestTable table) {
    Source source = table.source();
    reader = source.reader(new Context());
    try (SplitEnumerator enumerator = source.enumerator()) {
      for (Split split : enumerator.discover()) {
        reader.addSplit(split);
        unfinished++;
      }
    }
  }

  /** How often the reader said that there is something to poll. */
  int wakes() {
    return wakes.get();
  }

  /** Polls until all splits are finished; returns the number of rows. */
  int readToEnd() throws InterruptedException {
    while (unfinished > 0) {
      if (!reader.poll(this)) {
        Thread.sleep(1);
      }
    }
    return batches.stream().mapToInt(Integer::intValue).sum();
  }

  /** The row counts of the batches so far. */
  List<Integer> batches() {
    return batches;
  }

  @Override
  public void emit(Split split, Batch batch) {
    batches.add(batch.rowCount());
  }

  @Override
  public void finished(Split split) {
    unfinished--;
  }

  @Override
  public void close() {
    reader.close();
  }

  private final class Context implements SourceContext {
    private final Counter counter = new Counter();

    @Override
    public String name() {
      return "manual[1]";
    }

    @Override
    public boolean checkpointing() {
      return false;
    }

    @Override
    public int subtask() {
      return 0;
    }

    @Override
    public int parallelism() {
      return 1;
    }

    @Override
    public Clock clock() {
      return Clock.SYSTEM;
    }

    @Override
    public Counter counter(String name) {
      return counter;
    }

    @Override
    public int batchRows() {
      return 1024;
    }

    @Override
    public void wake() {
      wakes.incrementAndGet();
    }
  }
}
