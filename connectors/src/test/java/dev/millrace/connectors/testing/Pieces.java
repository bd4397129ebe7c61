package dev.millrace.connectors.testing;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceOutput;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.time.SimulatedClock;
import dev.millrace.engine.type.DataType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Reads a source that ends in pieces: after a few polls a reader is closed, and another one goes on
 * with what was left, as a snapshot would have kept it.
 */
public final class Pieces implements SourceOutput {
  private final DataType rowType;
  private final List<List<Object>> rows = new ArrayList<>();
  private boolean finished;

  private Pieces(DataType rowType) {
    this.rowType = rowType;
  }

  /** All rows, split by split. */
  public static List<List<Object>> read(Source source, DataType rowType, int batchRows, long seed) {
    Pieces pieces = new Pieces(rowType);
    Context context = new Context(batchRows, new SimulatedClock(Duration.ofDays(1)), new Metrics());
    List<Split> known = new ArrayList<>();
    try (SplitEnumerator splits = source.enumerator()) {
      splits.open(1);
      known.addAll(splits.discover());
    }
    Random random = new Random(seed);
    for (Split split : known) {
      pieces.readSplit(source, split, context, random);
    }
    try (SplitEnumerator again = source.enumerator()) {
      again.open(2);
      again.restore(known.stream().map(split -> source.split(split.saved())).toList());
      if (!again.discover().isEmpty()) {
        throw new AssertionError("splits that were known are found again");
      }
    }
    return pieces.rows;
  }

  private void readSplit(Source source, Split whole, Context context, Random random) {
    Split split = whole;
    finished = false;
    while (!finished) {
      try (SourceReader reader = source.reader(context)) {
        reader.addSplit(split);
        for (int polls = random.nextInt(4); polls >= 0 && !finished; polls--) {
          reader.poll(this);
          context.clock().advance(Duration.ofMillis(1));
        }
        if (!finished) {
          split = source.split(reader.remaining(split).saved());
        }
      }
    }
  }

  @Override
  public void emit(Split split, Batch batch) {
    for (int row = 0; row < batch.rowCount(); row++) {
      rows.add(Values.row(batch, rowType, row));
    }
  }

  @Override
  public void finished(Split split) {
    finished = true;
  }

  private record Context(int batchRows, SimulatedClock clock, Metrics metrics)
      implements SourceContext {
    @Override
    public String name() {
      return "source";
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
    public boolean checkpointing() {
      return true;
    }

    @Override
    public Counter counter(String name) {
      return metrics.counter(name(), 0, name);
    }

    @Override
    public void wake() {}
  }
}
