package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts with checkpoints, and options about them that are wrong. */
class CheckpointTest {
  private static final int ROWS = 6000;

  @TempDir private Path folder;

  private Millrace copy(int parallelism) {
    String script =
        """
        SET 'pipeline.name' = 'copy';
        CREATE TABLE ids (id INT) WITH ('connector' = 'datagen', 'rows-per-second' = '3000',
          'fields.id.kind' = 'sequence', 'fields.id.start' = '0', 'fields.id.end' = '%d');
        CREATE TABLE files (id INT) WITH (
          'connector' = 'filesystem', 'format' = 'csv', 'path' = '%s');
        INSERT INTO files SELECT * FROM ids;
        """
            .formatted(ROWS - 1, folder.resolve("out").toUri());
    return Millrace.sql(script)
        .engine(Engine.NATIVE)
        .parallelism(parallelism)
        .set("execution.checkpointing.interval", "20 ms")
        .set("execution.checkpointing.dir", folder.resolve("checkpoints").toUri().toString());
  }

  private List<Integer> written() throws IOException {
    List<Integer> ids = new ArrayList<>();
    if (!Files.exists(folder.resolve("out"))) {
      return ids;
    }
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      for (Path file : files.filter(f -> !f.getFileName().toString().startsWith(".")).toList()) {
        Files.readAllLines(file).forEach(line -> ids.add(Integer.valueOf(line)));
      }
    }
    return ids.stream().sorted().toList();
  }

  @Test
  void aJobThatIsBrokenOffGoesOnAtAnotherParallelism() throws Exception {
    for (int parallelism = 1; parallelism <= 2; parallelism++) {
      try (Job job = copy(parallelism).resume(true).start()) {
        int enough = parallelism * 1000;
        await().atMost(Duration.ofMinutes(1)).until(() -> written().size() >= enough);
        job.cancel();
        assertThatThrownBy(job::await).hasMessageContaining("cancelled");
      }
    }
    try (Job job = copy(3).resume(true).start()) {
      job.await();
    }
    List<Integer> ids = written();
    assertThat(ids).doesNotHaveDuplicates();
    List<Integer> missing = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
    missing.removeAll(ids);
    assertThat(missing).isEmpty();
  }

  private static final String TO_KAFKA =
      """
      CREATE TABLE ids (id INT) WITH ('connector' = 'datagen');
      CREATE TABLE topic (id INT) WITH ('connector' = 'kafka', 'topic' = 't', 'format' = 'json',
        'properties.bootstrap.servers' = 'localhost:1', 'sink.delivery-guarantee' = 'exactly-once',
        'sink.transactional-id-prefix' = 'p');
      INSERT INTO topic SELECT * FROM ids;
      """;

  @Test
  void resultsThatNobodyWouldSeeAreRefused() {
    assertThatThrownBy(() -> Millrace.sql(TO_KAFKA).engine(Engine.NATIVE).start())
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("'execution.checkpointing.interval'");
  }

  @Test
  void resumingNeedsCheckpoints() {
    assertThatThrownBy(() -> Millrace.sql(TO_KAFKA).engine(Engine.NATIVE).resume(true).start())
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "'script' has no checkpoints to resume from: set 'execution.checkpointing.interval'.");
  }

  @Test
  void anUnknownRestartStrategyIsNamed() {
    assertThatThrownBy(
            () ->
                Millrace.sql(TO_KAFKA)
                    .engine(Engine.NATIVE)
                    .set("execution.checkpointing.interval", "1 s")
                    .set("restart-strategy.type", "fixed-delays")
                    .start())
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("'restart-strategy.type' has the value 'fixed-delays'")
        .hasMessageContaining("did you mean 'fixed-delay'?");
  }
}
