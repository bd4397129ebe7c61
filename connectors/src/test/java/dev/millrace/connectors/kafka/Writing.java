package dev.millrace.connectors.kafka;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.connector.EpochTransactions;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.deadletter.RowErrors;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.type.DataType;

/** One writer of a table, given rows by the test. */
final class Writing implements AutoCloseable {
  private final SinkWriter writer;
  private final BatchBuilder rows;
  private final DataType rowType;

  Writing(TestTable table) {
    this(table, 0);
  }

  Writing(TestTable table, int subtask) {
    this(table, subtask, RowErrors.FAILING);
  }

  Writing(TestTable table, int subtask, RowErrors errors) {
    this.rowType = table.producedRow();
    this.rows = new BatchBuilder(rowType);
    this.writer = table.sink().writer(new Context(subtask, errors));
  }

  /** Adds a row to the batch that is written with {@link #write}. */
  Writing row(RowKind kind, Object... values) {
    for (int i = 0; i < values.length; i++) {
      Values.append(rows.column(i), rowType.child(i), values[i]);
    }
    rows.endRow(kind);
    return this;
  }

  Writing insert(Object... values) {
    return row(RowKind.INSERT, values);
  }

  Writing write() {
    Batch batch = rows.build();
    writer.write(batch);
    return this;
  }

  Writing tick() {
    writer.tick();
    return this;
  }

  void finish() {
    writer.finish();
  }

  @Override
  public void close() {
    writer.close();
  }

  private record Context(int subtask, RowErrors errors) implements SinkContext {
    @Override
    public String name() {
      return "write[2]";
    }

    @Override
    public int parallelism() {
      return subtask + 1;
    }

    @Override
    public Clock clock() {
      return Clock.SYSTEM;
    }

    @Override
    public boolean checkpointing() {
      return false;
    }

    @Override
    public long firstEpoch() {
      return 1;
    }

    @Override
    public EpochTransactions transactions() {
      return null;
    }

    @Override
    public Counter counter(String name) {
      return new Counter();
    }
  }
}
