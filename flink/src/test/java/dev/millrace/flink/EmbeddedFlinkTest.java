package dev.millrace.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.type.DataType;
import dev.millrace.flink.Step.Job;
import dev.millrace.flink.Step.Planned;
import dev.millrace.flink.Step.Select;
import dev.millrace.plan.document.PlanDocument;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFlinkTest {
  private final Sql sql = new Sql();

  private void runJob(String... lines) throws InterruptedException {
    Job job = sql.only(Job.class, lines);
    sql.frontEnd().start(job.plan(), null).await();
  }

  /** The rows of a SELECT as {@code +I[1, a]}. */
  private List<String> select(String... lines) throws InterruptedException {
    List<Step> steps = sql.run(lines);
    PlanDocument plan = ((Select) steps.get(steps.size() - 1)).plan();
    DataType type = SelectTable.schema(plan).orElseThrow().rowType();
    List<String> rows = new ArrayList<>();
    sql.frontEnd().start(plan, batch -> add(batch, type, rows)).await();
    return rows;
  }

  private static void add(Batch batch, DataType type, List<String> rows) {
    for (int i = 0; i < batch.rowCount(); i++) {
      RowKind kind = batch.rowKinds() == null ? RowKind.INSERT : RowKind.of(batch.rowKinds()[i]);
      rows.add(kind.shortString() + Values.row(batch, type, i));
    }
  }

  private static List<String> linesOf(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  @Test
  void runsAFileJob(@TempDir Path folder) throws Exception {
    Path in = Files.createDirectory(folder.resolve("in"));
    Files.writeString(in.resolve("a.json"), "{\"id\":1,\"name\":\" x \"}\n{\"id\":2}\n");
    Path out = folder.resolve("out");
    runJob(
        "CREATE TABLE s (id INT, name STRING) WITH ('connector'='filesystem','format'='json',",
        "'path'='" + in.toUri() + "');",
        "CREATE TABLE t (id INT, name STRING) WITH ('connector'='filesystem','format'='csv',",
        "'path'='" + out.toUri() + "');",
        "INSERT INTO t SELECT id, UPPER(TRIM(name)) FROM s;",
        "INSERT INTO t VALUES (3, 'z');");
    assertThat(linesOf(out)).containsExactlyInAnyOrder("1,X", "2,", "3,z");
  }

  @Test
  void runsDatagenIntoPrint() throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      runJob(
          "CREATE FUNCTION shout AS 'dev.millrace.flink.Shout';",
          "CREATE TABLE s (id INT) WITH ('connector'='datagen', 'number-of-rows'='${env:ROWS}',",
          "'fields.id.kind'='sequence', 'fields.id.start'='1', 'fields.id.end'='3');",
          "CREATE TABLE p (id INT, t STRING) WITH ('connector'='print');",
          "CREATE TABLE b (id INT) WITH ('connector'='blackhole');",
          "SET 'parallelism.default' = '1';",
          "INSERT INTO p SELECT id, shout('a') FROM s; INSERT INTO b SELECT id FROM s;");
    } finally {
      System.setOut(console);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(line -> line.startsWith("+"))
        .containsExactly("+I[1, A!]", "+I[2, A!]", "+I[3, A!]");
  }

  @Test
  void aSelectReturnsItsChangelog() throws Exception {
    assertThat(
            select(
                "SET 'parallelism.default' = '2';",
                "SELECT name, SUM(v) FROM (VALUES ('a', 1), ('b', 2), ('a', 3)) AS t (name, v)",
                "GROUP BY name"))
        .containsSubsequence("+I[a, 1]", "-U[a, 1]", "+U[a, 4]")
        .contains("+I[b, 2]")
        .hasSize(4);
  }

  @Test
  void aSelectReturnsEveryType() throws Exception {
    assertThat(
            select(
                "SET 'table.local-time-zone' = 'UTC';",
                "SELECT CAST(1.50 AS DECIMAL(5, 2)), TRUE, DATE '2024-02-29',",
                "TIMESTAMP '2024-01-01 00:00:00.123', TO_TIMESTAMP_LTZ(1, 3),",
                "ARRAY[1, 2], MAP['k', ROW(1, 'x')], CAST(NULL AS STRING), INTERVAL '1' DAY"))
        .containsExactly(
            "+I[1.50, true, 2024-02-29, 2024-01-01T00:00:00.123, 1970-01-01T00:00:00.001Z,"
                + " [1, 2], {k=[1, x]}, null, PT24H]");
  }

  @Test
  void aFailureIsOneLine() {
    assertThatThrownBy(
            () ->
                runJob(
                    "CREATE TABLE s (t STRING) WITH ('connector'='datagen','number-of-rows'='5');",
                    "CREATE TABLE b (id INT) WITH ('connector'='blackhole');",
                    "INSERT INTO b SELECT CAST('x' || t AS INT) FROM s"))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> assertThat(e.kind()).isEqualTo(MillraceException.Kind.JOB))
        .hasMessageStartingWith("The job failed on embedded Flink: For input string: 'x")
        .message()
        .hasLineCount(1);
  }

  @Test
  void aMissingFolderIsNamed(@TempDir Path folder) {
    assertThatThrownBy(
            () ->
                runJob(
                    "CREATE TABLE s (id INT) WITH ('connector'='filesystem','format'='json',",
                    "'path'='" + folder.resolve("none").toUri() + "');",
                    "CREATE TABLE b (id INT) WITH ('connector'='blackhole');",
                    "INSERT INTO b SELECT id FROM s"))
        .hasMessageContaining("none");
  }

  private Planned endless(String sink) {
    return sql.only(
        Planned.class,
        "CREATE TABLE s (id BIGINT) WITH ('connector'='datagen', 'rows-per-second'='1000');",
        sink);
  }

  /** Waits for the job, and ends it once {@code ready} is true. */
  private static void await(FlinkJob job, Callable<Boolean> ready, Runnable end)
      throws InterruptedException {
    Thread ender =
        new Thread(
            () -> {
              try {
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(ready);
              } finally {
                end.run();
              }
            });
    ender.start();
    job.await();
    ender.join();
  }

  @Test
  void cancelEndsAnEndlessSelect() throws Exception {
    Planned select = endless("SELECT id FROM s");
    AtomicInteger seen = new AtomicInteger();
    FlinkJob job = sql.frontEnd().start(select.plan(), batch -> seen.addAndGet(batch.rowCount()));
    await(job, () -> seen.get() > 0, job::cancel);
    assertThat(seen.get()).isPositive();
  }

  @Test
  void aReaderThatFailsEndsTheJob() throws Exception {
    Planned select = endless("SELECT id FROM s");
    AtomicInteger batches = new AtomicInteger();
    FlinkJob job =
        sql.frontEnd()
            .start(
                select.plan(),
                batch -> {
                  if (batches.getAndIncrement() == 0) {
                    throw new IllegalStateException("reader is full");
                  }
                });
    assertThatThrownBy(job::await).hasMessage("reader is full");
    // Returns only because the job was cancelled: its source is endless.
    job.await();
  }

  @Test
  void stopWaitsForTheTasksToRun(@TempDir Path folder) throws Exception {
    Path out = folder.resolve("out");
    Planned insert = endless(fileSink(out) + "INSERT INTO t SELECT id FROM s");
    FlinkJob job = sql.frontEnd().start(insert.plan(), null);
    job.stop();
    job.await();
    assertThat(hidden(out)).isEmpty();
  }

  @Test
  void stopCommitsWhatTheSinksHold(@TempDir Path folder) throws Exception {
    Path out = folder.resolve("out");
    Planned insert = endless(fileSink(out) + "INSERT INTO t SELECT id FROM s");
    FlinkJob job = sql.frontEnd().start(insert.plan(), null);
    await(job, () -> Files.exists(out), job::stop);
    assertThat(out).isNotEmptyDirectory();
    assertThat(hidden(out)).isEmpty();
  }

  /** More than the five megabytes that Flink would keep of it in memory. */
  @Test
  void stopCommitsHoweverLargeTheStateIs(@TempDir Path folder) throws Exception {
    Path out = folder.resolve("out");
    Planned insert =
        endless(
            fileSink(out)
                + "CREATE TABLE c (id BIGINT PRIMARY KEY NOT ENFORCED, p STRING)"
                + " WITH ('connector'='blackhole');\n"
                + "EXECUTE STATEMENT SET BEGIN INSERT INTO t SELECT id FROM s;"
                + " INSERT INTO c SELECT id, MAX(p) FROM"
                + " (SELECT id, LPAD(CAST(id AS STRING), 8000, 'x') AS p FROM s) GROUP BY id; END");
    FlinkJob job = sql.frontEnd().start(insert.plan(), null);
    await(job, () -> size(out) > 20_000, job::stop);
    assertThat(out).isNotEmptyDirectory();
    assertThat(hidden(out)).isEmpty();
  }

  private static long size(Path folder) {
    File[] files = folder.toFile().listFiles();
    return files == null ? 0 : Stream.of(files).mapToLong(File::length).sum();
  }

  private static String fileSink(Path folder) {
    return "CREATE TABLE t (id BIGINT) WITH ('connector'='filesystem', 'format'='csv', 'path'='"
        + folder.toUri()
        + "');\n";
  }

  /** The files that a sink has not committed. */
  private static List<Path> hidden(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith(".")).toList();
    }
  }

  @Test
  void aPlanFileRunsInAnotherSession(@TempDir Path folder) throws Exception {
    Job job =
        sql.only(
            Job.class,
            "CREATE TABLE s (id INT) WITH ('connector'='datagen', 'number-of-rows'='${env:ROWS}');",
            "CREATE TEMPORARY TABLE t (id INT) WITH ('connector'='filesystem','format'='csv',",
            "'path'='" + folder.resolve("out").toUri() + "');",
            "INSERT INTO t SELECT id FROM s");
    PlanDocument saved = PlanDocument.parse(job.plan().write(), "The plan");
    new Sql().frontEnd().start(saved, null).await();
    assertThat(linesOf(folder.resolve("out"))).hasSize(3);
  }
}
