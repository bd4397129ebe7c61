package dev.millrace.connectors.kafka;

import static org.awaitility.Awaitility.await;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.runtime.Job;
import dev.millrace.engine.runtime.JobConfig;
import dev.millrace.engine.type.DataType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A running job that reads a table into memory, each row as a text such as {@code +I[1, a]}. */
final class Reading implements AutoCloseable {
  private final List<String> rows = new CopyOnWriteArrayList<>();
  private final Job job;

  private Reading(TestTable table, JobConfig config) {
    DataType row = table.producedRow();
    this.job =
        Job.start(
            new Dataflow(
                List.of(
                    new Node.SourceNode(1, "scan[1]", "", table.source(), row, null),
                    new Node.SinkNode(
                        2,
                        "memory[2]",
                        "",
                        new Node.Input(1, new Exchange.Forward()),
                        new MemorySink(row)))),
            config);
  }

  /** Starts a job of two parallel instances. */
  static Reading start(TestTable table) {
    return start(table, 2);
  }

  static Reading start(TestTable table, int parallelism) {
    return new Reading(table, JobConfig.named("test").withParallelism(parallelism));
  }

  /** Reads a bounded table to its end. */
  static List<String> all(TestTable table) throws InterruptedException {
    try (Reading reading = start(table)) {
      reading.job.await();
      return reading.rows();
    }
  }

  List<String> rows() {
    return List.copyOf(rows);
  }

  Job job() {
    return job;
  }

  /** Waits until at least so many rows are there. */
  List<String> awaitRows(int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              if (job.finished()) {
                job.await();
              }
              return rows.size() >= count;
            });
    return rows();
  }

  /** Ends the job gracefully. */
  @Override
  public void close() {
    if (job.finished()) {
      return;
    }
    job.stop();
    try {
      job.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private final class MemorySink implements Sink {
    private final DataType row;

    MemorySink(DataType row) {
      this.row = row;
    }

    @Override
    public boolean blocking() {
      return false;
    }

    @Override
    public SinkWriter writer(SinkContext context) {
      return new SinkWriter() {
        @Override
        public void write(Batch batch) {
          for (int i = 0; i < batch.rowCount(); i++) {
            rows.add(batch.rowKind(i).shortString() + Values.row(batch, row, i));
          }
        }

        @Override
        public void finish() {}

        @Override
        public void close() {}
      };
    }
  }
}
