package dev.millrace.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.checkpoint.Checkpointing;
import dev.millrace.engine.checkpoint.SnapshotStore;
import dev.millrace.engine.connector.SplitEnumerator.Assignment;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.dataflow.Node.Input;
import dev.millrace.engine.dataflow.Node.SinkNode;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.runtime.NumbersSource.Numbers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Checkpoints that take longer than they may, in a job that would put up with that. */
class LateCheckpointTest {
  private static final int SEEDS = 200;
  private static final long ROWS = 60;

  @Test
  void aLateCheckpointNeverLosesWhatWasPrepared() {
    int failed = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      SimulatedFiles files =
          new SimulatedFiles(NumbersSource.ROW, new Killed.Chance(new Random(seed)));
      try {
        simulation(files, seed).run(Duration.ofHours(1));
        assertThat(files.rows().stream().map(row -> (Long) row.get(0)).sorted())
            .as("seed %d", seed)
            .containsExactlyElementsOf(LongStream.range(0, ROWS).boxed().toList());
      } catch (MillraceException e) {
        assertThat(e).hasMessageContaining("was not complete after 0 s");
        failed++;
      }
    }
    assertThat(failed).isPositive();
  }

  private static Simulation simulation(SimulatedFiles files, long seed) {
    Random random = new Random(seed);
    Checkpointing checkpointing =
        new Checkpointing(
            new SnapshotStore(new SimulatedBlobs(new Killed.Chance(random), random), "job"),
            "run",
            Duration.ofMillis(10),
            Duration.ZERO,
            Duration.ZERO,
            Integer.MAX_VALUE,
            1);
    NumbersSource source =
        new NumbersSource(Assignment.EAGER, 3, new Numbers("only", 0, (int) ROWS, true));
    Dataflow dataflow =
        new Dataflow(
            List.of(
                new SourceNode(1, "numbers[1]", "", source, NumbersSource.ROW, null),
                new SinkNode(
                    2, "files[2]", "", new Input(1, new Exchange.Hash(List.of(0))), files)));
    return new Simulation(
        dataflow, JobConfig.named("job").withParallelism(3).withCheckpointing(checkpointing), seed);
  }
}
