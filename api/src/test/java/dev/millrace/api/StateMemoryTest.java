package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups that take more than the memory for state. */
class StateMemoryTest {
  private static final int KEYS = 20_000;

  @TempDir private Path folder;

  @Test
  void whatDoesNotFitGoesToDiskAndTheResultIsTheSame() throws Exception {
    String sql =
        """
        SET 'millrace.state.memory' = '256 kb';
        SET 'millrace.state.dir' = '%s';
        CREATE TABLE numbers (n BIGINT) WITH (
          'connector' = 'datagen', 'rows-per-second' = '1000000',
          'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '%d');
        SELECT k, COUNT(*) AS c, SUM(n) AS s
        FROM (SELECT CAST(MOD(n * 7919, %d) AS BIGINT) AS k, n FROM numbers) GROUP BY k;
        """
            .formatted(folder, 3 * KEYS, KEYS);
    Map<Object, List<Object>> last = new HashMap<>();
    long[] mostFiles = new long[1];
    try (Job job = Millrace.sql(sql).engine(Engine.NATIVE).start()) {
      job.forEachRow(
          row -> {
            if (last.put(row.values().get(0), row.values()) == null) {
              mostFiles[0] = Math.max(mostFiles[0], files());
            }
          });
    }
    assertThat(mostFiles[0]).as("files while it ran").isPositive();
    Map<Object, List<Object>> expected = new HashMap<>();
    for (long n = 1; n <= 3 * KEYS; n++) {
      long number = n;
      expected.merge(
          n * 7919 % KEYS,
          List.of(n * 7919 % KEYS, 1L, n),
          (a, b) -> List.of(a.get(0), (long) a.get(1) + 1, (long) a.get(2) + number));
    }
    assertThat(last).isEqualTo(expected);
    assertThat(files()).as("files are removed in the end").isZero();
  }

  private Millrace keys(Path stateFolder) {
    String sql =
        """
        SET 'pipeline.name' = 'keys';
        SET 'millrace.state.memory' = '64 kb';
        SET 'execution.checkpointing.interval' = '100 ms';
        SET 'restart-strategy.type' = 'none';
        CREATE TABLE numbers (n BIGINT, k AS MOD(n * 7919, %d), p AS PROCTIME()) WITH (
          'connector' = 'datagen', 'rows-per-second' = '20000',
          'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '%d');
        CREATE TABLE files (k BIGINT) WITH (
          'connector' = 'filesystem', 'format' = 'csv', 'path' = '%s');
        INSERT INTO files SELECT k FROM (
          SELECT k, ROW_NUMBER() OVER (PARTITION BY k ORDER BY p) AS nth FROM numbers)
        WHERE nth = 1;
        """
            .formatted(KEYS, 3 * KEYS, folder.resolve("out").toUri());
    return Millrace.sql(sql)
        .engine(Engine.NATIVE)
        .set("millrace.state.dir", stateFolder.toString())
        .set("execution.checkpointing.dir", folder.resolve("checkpoints").toUri().toString());
  }

  @Test
  void aDiskThatFailsEndsTheJobAndTheLastCheckpointIsGood() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    try (Job job = keys(disk).start()) {
      await().atMost(Duration.ofMinutes(1)).until(() -> !written().isEmpty());
      Files.move(disk, folder.resolve("gone"));
      assertThatThrownBy(job::await)
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("state on the local disk (" + disk)
          .hasMessageContaining("'millrace.state.dir'");
    }
    try (Job job = keys(folder.resolve("another")).resume(true).start()) {
      job.await();
    }
    assertThat(written()).isEqualTo(LongStream.range(0, KEYS).boxed().toList());
  }

  @Test
  void moreThanTheHeapHasIsRefused() {
    assertThatThrownBy(
            () -> Millrace.sql("SET 'millrace.state.memory' = '1 tb'; SELECT 1;").start().await())
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("Option 'millrace.state.memory' gives 1048576 MB to state")
        .hasMessageContaining("-Xmx");
  }

  private List<Long> written() throws IOException {
    Path out = folder.resolve("out");
    List<Long> keys = new ArrayList<>();
    if (Files.exists(out)) {
      try (Stream<Path> files = Files.list(out)) {
        for (Path file : files.filter(f -> !f.getFileName().toString().startsWith(".")).toList()) {
          Files.readAllLines(file).forEach(line -> keys.add(Long.valueOf(line)));
        }
      }
    }
    return keys.stream().sorted().toList();
  }

  private long files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
