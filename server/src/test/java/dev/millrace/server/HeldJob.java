package dev.millrace.server;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.connector.ValuesSource;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.ErrorHandling;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.dataflow.Node.Input;
import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.dataflow.Node.SinkNode;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.dataflow.WatermarkStrategy;
import dev.millrace.engine.expression.InputRef;
import dev.millrace.engine.operator.Union;
import dev.millrace.engine.runtime.Job;
import dev.millrace.engine.runtime.JobConfig;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A job of a source, an operator and a sink that writes nothing until it is let go. */
final class HeldJob implements AutoCloseable {
  static final int ROWS = 1000;
  static final int BATCH_ROWS = 10;
  static final LocalDateTime FIRST = LocalDateTime.parse("2026-01-01T00:00:00");
  static final String SOURCE = "Source orders[1]";
  static final String OPERATOR = "Union[2]";

  /** Where the operator stands in the SQL. */
  static final String PLACE = "job.sql:3:1";

  static final String SINK = "Sink out[3]";

  private static final Exchange FORWARD = new Exchange.Forward();
  private static final DataType ROW =
      DataType.row(
          List.of(
              new Field("number", DataType.of(TypeRoot.BIGINT)),
              new Field("time", DataType.of(TypeRoot.TIMESTAMP, 3))));

  private final CountDownLatch gate = new CountDownLatch(1);
  private final Job job;

  /**
   * @param blocking whether the sink has a thread of its own
   * @param failing whether the sink fails once it is let go
   */
  HeldJob(boolean blocking, boolean failing, Clock clock) {
    JobConfig config =
        JobConfig.named("test")
            .withParallelism(1)
            .withBatchRows(BATCH_ROWS)
            .withChannelCapacity(4)
            .withClock(clock);
    this.job = Job.start(dataflow(new GatedSink(blocking, failing)), config);
  }

  private static Dataflow dataflow(Sink sink) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(List.of((long) i, FIRST.plusSeconds(i)));
    }
    return new Dataflow(
        List.of(
            new SourceNode(
                1,
                SOURCE,
                "orders",
                new ValuesSource(ROW, rows),
                ROW,
                new WatermarkStrategy(() -> new InputRef(1, ROW.child(1)), null)),
            new OperatorNode(
                2,
                OPERATOR,
                "union",
                List.of(new Input(1, new Exchange.Single())),
                ROW,
                1,
                Union::new),
            new SinkNode(3, SINK, "out", new Input(2, FORWARD), sink)),
        Map.of(2, PLACE),
        ErrorHandling.FAILING);
  }

  Job job() {
    return job;
  }

  /** Lets the sink write. */
  void letGo() {
    gate.countDown();
  }

  @Override
  public void close() {
    letGo();
    job.cancel();
  }

  private final class GatedSink implements Sink {
    private final boolean blocking;
    private final boolean failing;

    GatedSink(boolean blocking, boolean failing) {
      this.blocking = blocking;
      this.failing = failing;
    }

    @Override
    public boolean blocking() {
      return blocking;
    }

    @Override
    public SinkWriter writer(SinkContext context) {
      return new SinkWriter() {
        @Override
        public void write(Batch batch) {
          try {
            gate.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
          }
          if (failing) {
            throw new IllegalStateException("the disk is full");
          }
        }

        @Override
        public List<String> endEpoch() {
          return List.of();
        }

        @Override
        public void finish() {}

        @Override
        public void close() {}
      };
    }
  }
}
