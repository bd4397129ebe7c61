package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts with rows that cannot be processed. */
class DeadLetterTest {
  static final String LETTERS =
      """
      CREATE TABLE dead_letters (`time` TIMESTAMP_LTZ(3), job STRING, stage STRING, `table` STRING,
        split STRING, `position` BIGINT, class STRING, message STRING, raw_bytes BYTES)
        WITH ('connector' = 'memory');
      """;

  private static final String SCRIPT =
      """
      SET 'pipeline.name' = 'orders';
      CREATE TABLE orders (id INT, amount STRING, seen TIMESTAMP(3)) WITH (
        'connector' = 'filesystem', 'path' = '%s', 'format' = 'json',
        'json.timestamp-format.standard' = 'ISO-8601');
      CREATE TABLE paid (id INT NOT NULL, amount INT) WITH ('connector' = 'memory');
      INSERT INTO paid SELECT id, CAST(amount AS INT) FROM orders WHERE amount <> 'free';
      """;

  private static final String RECORDS =
      """
      {"id":1,"amount":"10"}
      {"id":2,"amount":
      {"id":3,"amount":"many"}
      {"amount":"30"}
      {"id":5,"amount":"free"}
      not at all
      {"id":7,"amount":"70"}
      """;

  @TempDir private Path folder;
  private final MemorySink paid = new MemorySink();
  private final MemorySink letters = new MemorySink();

  private Millrace script(int parallelism) throws IOException {
    Files.writeString(folder.resolve("orders.json"), RECORDS);
    return Millrace.sql(LETTERS + SCRIPT.formatted(folder.resolve("orders.json").toUri()))
        .engine(Engine.NATIVE)
        .parallelism(parallelism)
        .sink("paid", paid)
        .sink("dead_letters", letters);
  }

  private List<String> paidRows() {
    return paid.rows().stream().map(row -> row.values().toString()).sorted().toList();
  }

  /** Stage, table, position and raw bytes of each letter. */
  private List<String> letterRows() {
    return letters.rows().stream()
        .map(
            row ->
                "%s %s %s %s"
                    .formatted(
                        row.get(2),
                        row.get(3),
                        row.get(5),
                        new String((byte[]) row.get(8), StandardCharsets.UTF_8)))
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void everyRowIsInTheResultOrInALetter(int parallelism) throws Exception {
    try (Job job = script(parallelism).set("millrace.errors.table", "dead_letters").start()) {
      job.await();
      assertThat(job.status().rowsOut()).isEqualTo(2);
      assertThat(job.status().deadLetters()).isEqualTo(4);
    }
    assertThat(paidRows()).containsExactly("[1, 10]", "[7, 70]");
    assertThat(letterRows())
        .containsExactly(
            "decode orders 107 not at all",
            "decode orders 23 {\"id\":2,\"amount\":",
            "expression null null {\"id\":3,\"amount\":\"many\"}",
            "sink paid null {\"id\":null,\"amount\":30}");
    Row decoding =
        letters.rows().stream().filter(row -> row.get(5) != null).findFirst().orElseThrow();
    assertThat(decoding.get(1)).isEqualTo("orders");
    assertThat((String) decoding.get(4)).endsWith("orders.json:0");
    assertThat(letters.rows())
        .filteredOn(row -> "expression".equals(row.get(2)))
        .allSatisfy(row -> assertThat((String) row.get(7)).startsWith("Calc[").contains("'many'"));
  }

  /** Stage, table, class and value of a series. */
  private static String counted(String series) {
    Matcher labels =
        Pattern.compile(".*class=\"(.*?)\".*stage=\"(.*?)\".*table=\"(.*?)\".*").matcher(series);
    assertThat(labels.matches()).as(series).isTrue();
    return "%s %s %s %d"
        .formatted(labels.group(2), labels.group(3), labels.group(1), MetricsPage.value(series));
  }

  @Test
  void rowsThatArePassedOverAreCounted() throws Exception {
    try (Job job = script(1).set("millrace.errors", "skip").metricsPort(0).start()) {
      job.await();
      assertThat(job.status().rowsSkipped()).isEqualTo(4);
      assertThat(MetricsPage.series(job, "millrace_rows_skipped_total"))
          .map(DeadLetterTest::counted)
          .containsExactlyInAnyOrder(
              "decode orders MalformedRecord 2",
              "expression  FailedExpression 1",
              "sink paid RefusedRow 1");
    }
    assertThat(paidRows()).containsExactly("[1, 10]", "[7, 70]");
    assertThat(letters.rows()).isEmpty();
  }

  @Test
  void withoutADeadLetterTableTheFirstRowFailsTheJob() throws Exception {
    Job job = script(1).start();
    assertThatThrownBy(job::await)
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith("Table 'orders', file ")
        .hasMessageContaining("orders.json, line 2: ");
    job.close();
  }

  @Test
  void aTableMayHaveAModeOfItsOwn() throws Exception {
    Job job =
        script(1)
            .set("millrace.errors.table", "dead_letters")
            .set("millrace.errors.orders", "skip")
            .set("millrace.errors.paid", "fail")
            .start();
    assertThatThrownBy(job::await).hasMessageContaining("Column 'id' is NOT NULL");
    job.close();
  }

  @Test
  void aCompiledPlanKeepsTheDeadLetterTable() throws Exception {
    Path plan = folder.resolve("orders.plan.json");
    script(1).set("millrace.errors.table", "dead_letters").compile(plan);
    try (Job job =
        Millrace.file(plan)
            .engine(Engine.NATIVE)
            .sink("paid", paid)
            .sink("dead_letters", letters)
            .start()) {
      job.await();
    }
    assertThat(letterRows()).hasSize(4);
  }

  private static final String REPLAY =
      """
      SET 'pipeline.name' = 'orders';
      SET 'millrace.errors.table' = 'dead_letters';
      CREATE TABLE dead_letters (`time` TIMESTAMP_LTZ(3), job STRING, stage STRING, `table` STRING,
        split STRING, `position` BIGINT, class STRING, message STRING, raw_bytes BYTES)
        WITH ('connector' = 'filesystem', 'format' = 'json', 'path' = '%1$s/letters');
      CREATE TABLE orders (id INT, amount %2$s) WITH (
        'connector' = 'filesystem', 'path' = '%1$s/orders.json', 'format' = 'json');
      CREATE TABLE paid (id INT, amount %2$s) WITH ('connector' = 'memory');
      INSERT INTO paid SELECT * FROM orders;
      """;

  private Millrace replaying(String amountType) throws IOException {
    Files.writeString(
        folder.resolve("orders.json"),
        """
        {"id":1,"amount":10}
        {"id":2,"amount":"twenty"}
        {"id":3,"amount":
        {"id":4,"amount":"forty"}
        """);
    return Millrace.sql(REPLAY.formatted(folder.toUri(), amountType))
        .engine(Engine.NATIVE)
        .sink("paid", paid);
  }

  private static void runToEnd(Millrace script) throws InterruptedException {
    try (Job job = script.start()) {
      job.await();
    }
  }

  @Test
  void lettersAreReplayedThroughTheMendedScript() throws Exception {
    runToEnd(replaying("INT"));
    assertThat(paidRows()).containsExactly("[1, 10]");
    try (Job job = replaying("STRING").replay("orders", null, null).start()) {
      job.await();
      assertThat(job.name()).isEqualTo("orders-replay");
    }
    assertThat(paidRows()).containsExactly("[1, 10]", "[2, twenty]", "[4, forty]");
    // What failed again is a letter of the replay, with its first position.
    runToEnd(replaying("STRING").replay("orders", "orders-replay", null));
    assertThat(paidRows()).hasSize(3);
    assertThat(writtenLetters())
        .filteredOn(line -> line.contains("\"job\":\"orders-replay\""))
        .allSatisfy(line -> assertThat(line).contains("\"position\":48"));
    assertThat(writtenLetters()).hasSize(5);
  }

  @Test
  void lettersFromBeforeAreLeftOut() throws Exception {
    runToEnd(replaying("INT"));
    Instant later = Instant.now().plusSeconds(60);
    runToEnd(replaying("STRING").replay("orders", null, later));
    assertThat(paidRows()).containsExactly("[1, 10]");
  }

  @Test
  void aReplayNeedsATableThatIsReadRowByRow() throws Exception {
    assertThatThrownBy(() -> replaying("INT").replay("order", null, null).start())
        .hasMessage("The job reads no table 'order'; did you mean 'orders'?");
    String counting =
        REPLAY
            .formatted(folder.toUri(), "INT")
            .replace("SELECT * FROM orders", "SELECT id, COUNT(*) FROM orders GROUP BY id")
            .replace(
                "amount INT) WITH ('connector' = 'memory')",
                "n BIGINT) WITH ('connector' = 'print')");
    assertThatThrownBy(() -> Millrace.sql(counting).replay("orders", null, null).start())
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith("Letters cannot be replayed through aggregation");
  }

  private List<String> writtenLetters() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("letters"))) {
      for (Path file : files.toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void lateRowsAreLettersToo(int parallelism) throws Exception {
    MemorySource readings = new MemorySource();
    for (int second : new int[] {1, 2, 11, 25}) {
      readings.add(Row.of(second, LocalDateTime.of(2026, 1, 1, 0, 0, second)));
    }
    String script =
        LETTERS
            + """
              SET 'table.optimizer.agg-phase-strategy' = 'ONE_PHASE';
              CREATE TABLE readings (v INT, seen TIMESTAMP(3), WATERMARK FOR seen AS seen)
                WITH ('connector' = 'memory');
              CREATE TABLE sums (w TIMESTAMP(3), s INT) WITH ('connector' = 'memory');
              INSERT INTO sums SELECT window_end, SUM(v) FROM TABLE(
                TUMBLE(TABLE readings, DESCRIPTOR(seen), INTERVAL '10' SECONDS))
                GROUP BY window_start, window_end;
              """;
    Job job =
        Millrace.sql(script)
            .engine(Engine.NATIVE)
            .parallelism(parallelism)
            .set("millrace.errors.table", "dead_letters")
            .source("readings", readings)
            .sink("sums", paid)
            .sink("dead_letters", letters)
            .start();
    assertThat(paid.awaitRows(2, Duration.ofMinutes(1))).isTrue();
    readings.add(Row.of(5, LocalDateTime.of(2026, 1, 1, 0, 0, 5)));
    readings.end();
    job.await();
    assertThat(paidRows())
        .containsExactly(
            "[2026-01-01T00:00:10, 3]", "[2026-01-01T00:00:20, 11]", "[2026-01-01T00:00:30, 25]");
    assertThat(letterRows())
        .singleElement()
        .asString()
        .isEqualTo("late null null {\"v\":5,\"seen\":\"2026-01-01T00:00:05\"}");
    job.close();
  }

  private void run(String script, int parallelism, MemorySource one, MemorySource two)
      throws InterruptedException {
    one.end();
    two.end();
    runToEnd(
        Millrace.sql(LETTERS + script)
            .engine(Engine.NATIVE)
            .parallelism(parallelism)
            .set("millrace.errors.table", "dead_letters")
            .source("lefts", one)
            .source("rights", two)
            .sink("results", paid)
            .sink("dead_letters", letters));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aRowWhoseConditionFailsIsJustALetter(int parallelism) throws Exception {
    String script =
        """
        CREATE TABLE lefts (id INT, v STRING) WITH ('connector' = 'memory');
        CREATE TABLE results (id INT, n BIGINT) WITH ('connector' = 'memory');
        CREATE TABLE rights (id INT, n BIGINT) WITH ('connector' = 'memory');
        INSERT INTO results
          SELECT id, COUNT(*) FROM lefts
          WHERE CAST(v AS INT) > 5 OR CAST(v AS INT) IS NULL GROUP BY id;
        """;
    run(
        script,
        parallelism,
        MemorySource.of(
            Row.of(1, "6"), Row.of(1, "six"), Row.of(2, "7"), Row.of(2, "3"), Row.of(1, "9")),
        MemorySource.of());
    assertThat(paidRows()).contains("[1, 2]", "[2, 1]").doesNotContain("[1, 3]", "[2, 2]");
    assertThat(letterRows()).containsExactly("expression null null {\"id\":1,\"v\":\"six\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aPairWhoseConditionFailsDoesNotMatch(int parallelism) throws Exception {
    String script =
        """
        CREATE TABLE lefts (id INT, v STRING) WITH ('connector' = 'memory');
        CREATE TABLE rights (id INT, w STRING) WITH ('connector' = 'memory');
        CREATE TABLE results (id INT, v STRING, w STRING) WITH ('connector' = 'memory');
        INSERT INTO results SELECT lefts.id, v, w FROM lefts JOIN rights
          ON lefts.id = rights.id AND COALESCE(CAST(v || w AS INT), 9) > 5;
        """;
    run(
        script,
        parallelism,
        MemorySource.of(Row.of(1, "1"), Row.of(1, "x"), Row.of(2, "2")),
        MemorySource.of(Row.of(1, "0"), Row.of(2, "y"), Row.of(2, "5")));
    assertThat(paidRows()).containsExactly("[1, 1, 0]", "[2, 2, 5]");
    assertThat(letterRows())
        .containsExactly(
            "expression null null {\"v\":\"2\",\"w\":\"y\"}",
            "expression null null {\"v\":\"x\",\"w\":\"0\"}");
  }

  @Test
  void aRowWithoutATimeToJoinByIsALetter() throws Exception {
    String joined =
        "LEFT JOIN rights AS %2$s ON %1$s.id = %2$s.id AND %2$s.seen BETWEEN"
            + " %1$s.seen - INTERVAL '1' SECOND AND %1$s.seen + INTERVAL '1' SECOND";
    String script =
        """
        CREATE TABLE lefts (id INT, seen TIMESTAMP(3), WATERMARK FOR seen AS seen)
          WITH ('connector' = 'memory');
        CREATE TABLE rights (id INT, seen TIMESTAMP(3), WATERMARK FOR seen AS seen)
          WITH ('connector' = 'memory');
        CREATE TABLE results (id INT, other INT) WITH ('connector' = 'memory');
        INSERT INTO results SELECT x.id, c.id FROM
          (SELECT a.id, b.seen FROM lefts AS a %s) AS x %s;
        """
            .formatted(joined.formatted("a", "b"), joined.formatted("x", "c"));
    LocalDateTime noon = LocalDateTime.of(2026, 1, 1, 12, 0);
    run(
        script,
        1,
        MemorySource.of(Row.of(1, noon), Row.of(2, noon)),
        MemorySource.of(Row.of(1, noon)));
    assertThat(paidRows()).containsExactly("[1, 1]");
    assertThat(letterRows()).containsExactly("expression null null {\"id\":2,\"seen\":null}");
  }

  @Test
  void theScriptRunsUnchangedOnFlink() throws Exception {
    Millrace script =
        script(1)
            .engine(Engine.FLINK)
            .set("millrace.errors.table", "dead_letters")
            .set("millrace.errors.orders", "skip");
    Files.writeString(folder.resolve("orders.json"), "{\"id\":1,\"amount\":\"10\"}\n");
    try (Job job = script.start()) {
      job.await();
    }
    assertThat(paidRows()).containsExactly("[1, 10]");
  }

  private static String errorOf(String script) {
    try (Job job = Millrace.sql(script).engine(Engine.NATIVE).start()) {
      return "started " + job.name();
    } catch (MillraceException e) {
      return e.getMessage();
    }
  }

  private static String wrong(String letters, String settings) {
    return errorOf(
        letters
            + settings
            + """
              CREATE TABLE n (id INT) WITH ('connector' = 'datagen', 'number-of-rows' = '1');
              CREATE TABLE m (id INT) WITH ('connector' = 'blackhole');
              INSERT INTO m SELECT * FROM n;
              """);
  }

  private static String columns() {
    return LETTERS
        .lines()
        .map(String::strip)
        .collect(Collectors.joining(" "))
        .replace(" WITH ('connector' = 'memory');", "");
  }

  @Test
  void wrongSettingsAreNamedInOneLine() {
    assertThat(wrong("", "SET 'millrace.errors' = 'dead-letter';"))
        .isEqualTo(
            "Rows that fail are to go to the dead-letter table, but there is none: "
                + columns()
                + " WITH (...); SET 'millrace.errors.table' = 'dead_letters';");
    assertThat(wrong("", "SET 'millrace.errors.table' = 'letters';"))
        .startsWith(
            "Option 'millrace.errors.table' = 'letters': there is no such table. Make one: ")
        .doesNotContain("\n");
    assertThat(
            wrong(
                "CREATE TABLE letters (id INT) WITH ('connector' = 'blackhole');",
                "SET 'millrace.errors.table' = 'letters';"))
        .startsWith("Table 'letters' cannot take dead letters")
        .contains("CREATE TABLE letters (`time` TIMESTAMP_LTZ(3), ");
    assertThat(wrong("", "SET 'millrace.errors' = 'skipp';"))
        .isEqualTo(
            "Option 'millrace.errors' of the session has the value 'skipp', which is not valid:"
                + " expected one of fail, dead-letter, skip.");
    assertThat(wrong("", "SET 'millrace.errors.nn' = 'skip';"))
        .isEqualTo("Option 'millrace.errors.nn': there is no table 'nn'; did you mean 'n'?");
  }
}
