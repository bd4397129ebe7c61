package dev.millrace.connectors.jdbc;

import dev.millrace.connectors.datagen.DataGenSourceFactory;
import dev.millrace.connectors.testing.Tables;
import dev.millrace.engine.checkpoint.BlobStores;
import dev.millrace.engine.checkpoint.Checkpointing;
import dev.millrace.engine.checkpoint.SnapshotStore;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.dataflow.Node.Input;
import dev.millrace.engine.dataflow.Node.SinkNode;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.runtime.JobConfig;
import dev.millrace.engine.runtime.RestartStrategy;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** A job that writes the numbers from 0 on, each once, for some seconds. */
final class NumbersJob {
  static final int ROWS = 6000;
  static final DataType ROW = Tables.rowOf(DataType.of(TypeRoot.BIGINT));

  private NumbersJob() {}

  static Dataflow to(Sink... sinks) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new SourceNode(1, "Source[1]", "source", source(), ROW, null));
    for (Sink sink : sinks) {
      int id = nodes.size() + 1;
      nodes.add(
          new SinkNode(id, "Sink[" + id + "]", "sink", new Input(1, new Exchange.Forward()), sink));
    }
    return new Dataflow(nodes);
  }

  private static Source source() {
    return new DataGenSourceFactory()
        .source(
            Tables.source(
                ROW,
                Map.of(
                    "rows-per-second", "2000",
                    "fields.c0.kind", "sequence",
                    "fields.c0.start", "0",
                    "fields.c0.end", Integer.toString(ROWS - 1))));
  }

  static List<Long> all() {
    return LongStream.range(0, ROWS).boxed().toList();
  }

  /** Checkpoints in a folder, many a second; a job that fails starts again soon. */
  static JobConfig config(String job, Path folder, int parallelism) {
    return JobConfig.named(job)
        .withParallelism(parallelism)
        .withBatchRows(50)
        .withRestarts(new RestartStrategy.FixedDelay(1000, Duration.ofMillis(100)))
        .withCheckpointing(
            new Checkpointing(
                new SnapshotStore(BlobStores.open(folder.toUri().toString()), job),
                "run",
                Duration.ofMillis(30),
                Duration.ZERO,
                Duration.ofMinutes(1),
                0,
                1));
  }
}
