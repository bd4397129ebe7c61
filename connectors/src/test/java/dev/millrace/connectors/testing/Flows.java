package dev.millrace.connectors.testing;

import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.dataflow.Node.Input;
import dev.millrace.engine.dataflow.Node.SinkNode;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.runtime.JobConfig;
import dev.millrace.engine.runtime.Simulation;
import dev.millrace.engine.type.DataType;
import java.time.Duration;
import java.util.List;

/** Jobs from one source to one sink. */
public final class Flows {
  private Flows() {}

  public static Dataflow flow(Source source, DataType rowType, Sink sink) {
    return new Dataflow(
        List.of(
            new SourceNode(1, "Source[1]", "source", source, rowType, null),
            new SinkNode(2, "Sink[2]", "sink", new Input(1, new Exchange.Forward()), sink)));
  }

  public static JobConfig config(int parallelism, int batchRows) {
    return JobConfig.named("test").withParallelism(parallelism).withBatchRows(batchRows);
  }

  /** All rows of a source that ends, read in an order that the seed decides. */
  public static List<List<Object>> read(
      Source source, DataType rowType, int parallelism, int batchRows, long seed) {
    RowsSink sink = new RowsSink(rowType);
    Simulation simulation =
        new Simulation(flow(source, rowType, sink), config(parallelism, batchRows), seed);
    if (!simulation.run(Duration.ofDays(1))) {
      throw new AssertionError("the source does not end, seed " + seed);
    }
    return sink.rows();
  }
}
