package dev.millrace.connectors.kafka;

import static org.awaitility.Awaitility.await;

import dev.millrace.connectors.testing.Flows;
import dev.millrace.connectors.testing.RowsSink;
import dev.millrace.engine.runtime.Job;
import dev.millrace.engine.runtime.JobConfig;
import dev.millrace.engine.type.DataType;
import java.time.Duration;
import java.util.List;

/** A running job that reads a table into memory, each row as a text such as {@code +I[1, a]}. */
final class Reading implements AutoCloseable {
  private final RowsSink sink;
  private final Job job;

  private Reading(TestTable table, JobConfig config) {
    DataType row = table.producedRow();
    this.sink = new RowsSink(row);
    this.job = Job.start(Flows.flow(table.source(), row, sink), config);
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
    return sink.texts();
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
              return rows().size() >= count;
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
}
