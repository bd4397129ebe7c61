package dev.millrace.engine.runtime;

import dev.millrace.engine.connector.FixedSplits;
import dev.millrace.engine.connector.RowsSplit;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceOutput;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator;
import java.time.Duration;
import java.util.Map;

/** A few rows of {@link NumbersSource#ROW}, and after a pause as many more. */
record PausingSource(int rows, Duration pause) implements Source {
  @Override
  public boolean bounded() {
    return true;
  }

  @Override
  public SplitEnumerator enumerator() {
    return FixedSplits.whole("numbers");
  }

  @Override
  public Split split(Map<String, String> saved) {
    return RowsSplit.of(saved);
  }

  @Override
  public SourceReader reader(SourceContext context) {
    return new Reader(context);
  }

  private final class Reader implements SourceReader {
    private final SourceContext context;
    private RowsSplit split;
    private long next;
    private long dueNanos;

    Reader(SourceContext context) {
      this.context = context;
    }

    @Override
    public void addSplit(Split added) {
      split = (RowsSplit) added;
      next = split.first();
      dueNanos = context.clock().nanoTime();
    }

    @Override
    public boolean poll(SourceOutput output) {
      if (split == null || context.clock().nanoTime() < dueNanos) {
        return false;
      }
      output.emit(split, NumbersSource.batch(next, rows));
      next += rows;
      dueNanos += pause.toNanos();
      if (next > rows) {
        output.finished(split);
        split = null;
      }
      return true;
    }

    @Override
    public Split remaining(Split of) {
      return split.from(next);
    }

    @Override
    public void close() {}
  }
}
