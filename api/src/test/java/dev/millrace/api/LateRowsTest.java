package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows that come after the watermark, at every operator that drops such rows: each row is in a
 * result or, if not, counted and in a letter.
 */
class LateRowsTest {
  private static final int ROWS = 8;
  private static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 0, 0);

  private static final String TABLES =
      """
      CREATE TABLE readings (id BIGINT, k STRING, seen TIMESTAMP(3), WATERMARK FOR seen AS seen)
        WITH ('connector' = 'memory');
      CREATE TABLE results (ids BIGINT) WITH ('connector' = 'memory');
      """;

  private static final String TUMBLE =
      "TABLE(TUMBLE(TABLE readings, DESCRIPTOR(seen), INTERVAL '10' SECONDS))";
  private static final String HOP =
      "TABLE(HOP(TABLE readings, DESCRIPTOR(seen), INTERVAL '5' SECONDS, INTERVAL '10' SECONDS))";
  private static final String CUMULATE =
      "TABLE(CUMULATE("
          + "TABLE readings, DESCRIPTOR(seen), INTERVAL '5' SECONDS, INTERVAL '10' SECONDS))";
  private static final String SESSION =
      "TABLE(SESSION(" + "TABLE readings PARTITION BY k, DESCRIPTOR(seen), INTERVAL '5' SECONDS))";

  private final MemorySource readings = new MemorySource();
  private final MemorySink results = new MemorySink();
  private final MemorySink letters = new MemorySink();

  /** A query, and which rows are late by the rule of its operator, if only for one window. */
  private record Query(String name, String sql, Set<Integer> late, String phases) {
    Query(String name, String sql, Integer... late) {
      this(name, sql, Set.of(late), "ONE_PHASE");
    }

    Query inTwoPhases() {
      return new Query(name + " in two phases", sql, late, "TWO_PHASE");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Query windows(String name, String windows) {
    return new Query(
        name,
        "SELECT SUM(id) FROM %s GROUP BY k, window_start, window_end".formatted(windows),
        4,
        5);
  }

  private static Query groupWindows(String window) {
    return new Query(
        "GROUP BY " + window, "SELECT SUM(id) FROM readings GROUP BY k, " + window, 4, 5);
  }

  private static Query ranking(
      String name, String rows, String over, String ranks, Integer... late) {
    return new Query(
        name,
        "SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY %s) AS rn FROM %s) WHERE rn %s"
            .formatted(over, rows, ranks),
        late);
  }

  private static Query over(String frame, Integer... late) {
    return new Query(
        "OVER " + frame,
        ("SELECT id FROM (SELECT id, COUNT(*) OVER (PARTITION BY k ORDER BY seen %s PRECEDING AND"
                + " CURRENT ROW) AS n FROM readings) WHERE n > 0")
            .formatted(frame),
        late);
  }

  private static Query intervalJoin(String type, Integer... late) {
    return new Query(
        type + " interval join",
        ("SELECT COALESCE(b.id, a.id) FROM readings AS a %s JOIN readings AS b ON a.k = b.k AND a.seen BETWEEN"
                + " b.seen - INTERVAL '2' SECONDS AND b.seen + INTERVAL '2' SECONDS")
            .formatted(type),
        late);
  }

  static Stream<Query> queries() {
    List<Query> windows =
        List.of(
            windows("tumbling windows", TUMBLE),
            windows("hopping windows", HOP),
            windows("cumulating windows", CUMULATE),
            windows(
                "windows that rows come with",
                "(SELECT * FROM %s WHERE window_end > TIMESTAMP '2000-01-01 00:00:00')"
                    .formatted(TUMBLE)));
    return Stream.concat(
        windows.stream().flatMap(query -> Stream.of(query, query.inTwoPhases())),
        Stream.of(
            windows("sessions", SESSION),
            new Query("rows of sessions", "SELECT id FROM " + SESSION, 4, 5),
            groupWindows("TUMBLE(seen, INTERVAL '10' SECONDS)"),
            groupWindows("HOP(seen, INTERVAL '5' SECONDS, INTERVAL '10' SECONDS)"),
            groupWindows("SESSION(seen, INTERVAL '5' SECONDS)"),
            new Query(
                "window join",
                ("SELECT COALESCE(b.id, a.id) FROM (SELECT * FROM %1$s) AS a JOIN (SELECT * FROM %1$s) AS b ON"
                        + " a.k = b.k AND a.window_start = b.window_start"
                        + " AND a.window_end = b.window_end")
                    .formatted(TUMBLE),
                4,
                5),
            ranking("window rank", TUMBLE, "window_start, window_end, k ORDER BY id", "< 9", 4, 5),
            ranking(
                "rank of overlapping windows",
                HOP,
                "window_start, window_end, k ORDER BY id",
                "< 9",
                4,
                5,
                6),
            ranking(
                "window deduplication",
                TUMBLE,
                "window_start, window_end, id ORDER BY seen",
                "= 1",
                4,
                5),
            ranking("first row", "readings", "id ORDER BY seen", "= 1", 4, 5, 6),
            ranking("last row", "readings", "id ORDER BY seen DESC", "= 1"),
            intervalJoin("INNER", 4, 5),
            intervalJoin("LEFT", 4, 5),
            new Query("sort", "SELECT id FROM readings ORDER BY seen", 4, 5, 6),
            over("RANGE BETWEEN UNBOUNDED", 4, 5, 6),
            over("ROWS BETWEEN 5", 4),
            over("RANGE BETWEEN INTERVAL '5' SECONDS", 4)));
  }

  private Millrace script(Query query) {
    return Millrace.sql(DeadLetterTest.LETTERS + TABLES + "INSERT INTO results " + query.sql())
        .engine(Engine.NATIVE)
        .parallelism(2)
        .set("table.optimizer.agg-phase-strategy", query.phases())
        .metricsPort(0)
        .source("readings", readings)
        .sink("results", results)
        .sink("dead_letters", letters);
  }

  /** Ids are powers of two, so that sums tell what is in them, and unlike other numbers. */
  private static long id(int row) {
    return 1L << (24 + row);
  }

  private void add(int row, String key, int second) {
    readings.add(Row.of(id(row), key, START.plusSeconds(second)));
  }

  /** Returns how many rows the counter says were late. */
  private long run(Millrace script) throws IOException, InterruptedException {
    try (Job job = script.start()) {
      add(0, "a", 1);
      add(1, "b", 2);
      add(2, "a", 11);
      add(3, "a", 25);
      // An interval join hands it on two seconds late.
      long passed = START.plusSeconds(23).toInstant(ZoneOffset.UTC).toEpochMilli();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> job.status().watermark().orElse(Long.MIN_VALUE) >= passed);
      add(4, "a", 5);
      add(5, "c", 3);
      add(6, "b", 24);
      add(7, "a", 26);
      readings.end();
      job.await();
      return MetricsPage.series(job, "millrace_rows_late_total").stream()
          .mapToLong(MetricsPage::value)
          .sum();
    }
  }

  private Set<Integer> rowsInResults() {
    Set<Integer> rows = new TreeSet<>();
    for (Row result : results.rows()) {
      long ids = (Long) result.get(0);
      IntStream.range(0, ROWS).filter(row -> (ids & id(row)) != 0).forEach(rows::add);
    }
    return rows;
  }

  /** The row that each letter is about. */
  private List<Integer> rowsInLetters() {
    List<Integer> rows = new ArrayList<>();
    for (Row letter : letters.rows()) {
      assertThat(letter.get(2)).isEqualTo("late");
      String json = new String((byte[]) letter.get(8), StandardCharsets.UTF_8);
      Matcher number = Pattern.compile(":(\\d+)").matcher(json);
      while (number.find()) {
        long value = Long.parseLong(number.group(1));
        IntStream.range(0, ROWS).filter(row -> value == id(row)).forEach(rows::add);
      }
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("queries")
  void everyRowIsInAResultOrInALetter(Query query) throws Exception {
    long late = run(script(query).set("millrace.errors.table", "dead_letters"));
    List<Integer> lost = rowsInLetters();
    assertThat(lost).hasSize(letters.rows().size()).hasSize((int) late);
    assertThat(new TreeSet<>(lost)).isEqualTo(new TreeSet<>(query.late()));
    lost.addAll(rowsInResults());
    assertThat(new TreeSet<>(lost)).hasSize(ROWS);
  }

  @Test
  void withoutADeadLetterTableLateRowsAreCounted() throws Exception {
    Query query = windows("tumbling windows", TUMBLE).inTwoPhases();
    assertThat(run(script(query))).isEqualTo(2);
    assertThat(rowsInResults()).containsExactly(0, 1, 2, 3, 6, 7);
    assertThat(letters.rows()).isEmpty();
  }
}
