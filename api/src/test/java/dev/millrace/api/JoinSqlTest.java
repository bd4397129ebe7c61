package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.RowKind;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Runs joins on both engines; what their changes add up to must be the same. */
class JoinSqlTest {
  private static final String TABLES =
      """
      CREATE TABLE a (
        id INT, k STRING, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' MINUTE
      ) WITH ('connector' = 'memory');
      CREATE TABLE b (
        id INT, k STRING, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' MINUTE
      ) WITH ('connector' = 'memory');
      CREATE VIEW counts_a AS SELECT k, COUNT(*) AS n FROM a GROUP BY k;
      CREATE VIEW counts_b AS SELECT k, COUNT(*) AS n FROM b WHERE v > 3 GROUP BY k;
      CREATE VIEW windows_a AS SELECT * FROM TABLE(
        TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '1' MINUTE));
      CREATE VIEW windows_b AS SELECT * FROM TABLE(
        TUMBLE(TABLE b, DESCRIPTOR(ts), INTERVAL '1' MINUTE));
      """;

  private static final String[] STREAM_JOINS = {
    "SELECT a.id, b.id, a.k, b.k FROM a JOIN b ON a.k = b.k AND a.v < b.v",
    "SELECT a.id, b.id, a.k, b.k FROM a LEFT JOIN b ON a.k = b.k AND a.v + b.v = 5",
    "SELECT a.id, b.id, a.k, b.k FROM a RIGHT JOIN b ON a.k = b.k AND a.id = b.id",
    "SELECT a.id, b.id, a.k, b.k FROM a FULL JOIN b ON a.id = b.id",
    "SELECT a.id, b.id, a.k, b.k FROM a JOIN b ON a.k IS NOT DISTINCT FROM b.k AND a.v = b.v",
    "SELECT a.id, b.id, a.k, b.k FROM a JOIN b ON a.id > b.id + 280",
    "SELECT id, v, k, k FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.k = a.k AND b.id > a.id)",
    "SELECT id, v, k, k FROM a WHERE NOT EXISTS (SELECT 1 FROM b WHERE b.id = a.v + 3 * a.id)",
    "SELECT id, v, k, k FROM a WHERE v NOT IN (SELECT v FROM b WHERE v > 4)",
    "SELECT CAST(x.n AS INT), CAST(y.n AS INT), x.k, y.k FROM counts_a x FULL JOIN counts_b y ON x.n = y.n",
    "SELECT CAST(x.n AS INT), CAST(y.n AS INT), x.k, y.k FROM counts_a x LEFT JOIN counts_b y ON x.k = y.k",
    "SELECT CAST(x.n AS INT), CAST(y.n AS INT), x.k, y.k FROM counts_a x JOIN counts_b y ON x.k = y.k AND x.n > y.n * 2",
    "SELECT id, v, k, k FROM a WHERE v IN (SELECT n - 15 FROM counts_b)"
  };

  private static final String INTERVAL =
      "SELECT a.id, b.id, a.k, b.k FROM a %s JOIN b ON a.k = b.k AND a.ts"
          + " BETWEEN b.ts - INTERVAL '30' SECOND AND b.ts + INTERVAL '5' SECOND%s";

  private static final String WINDOW =
      "SELECT a.id, b.id, a.k, b.k FROM windows_a a %s JOIN windows_b b"
          + " ON a.window_start = b.window_start AND a.window_end = b.window_end%s";

  private static final String WINDOW_EXISTS =
      "SELECT id, v, k, k FROM windows_a a WHERE %s (SELECT 1 FROM windows_b b WHERE a.k = b.k"
          + " AND a.window_start = b.window_start AND a.window_end = b.window_end)";

  private static final String[] TIMED_JOINS = {
    INTERVAL.formatted("INNER", ""),
    INTERVAL.formatted("LEFT", " AND a.v > b.v"),
    INTERVAL.formatted("RIGHT", ""),
    INTERVAL.formatted("FULL", " AND a.v > b.v"),
    "SELECT CAST(COUNT(*) AS INT), 0, CAST(window_end AS STRING), '' FROM TABLE(TUMBLE((SELECT a.ts FROM a JOIN b ON a.k = b.k AND"
        + " a.ts BETWEEN b.ts - INTERVAL '30' SECOND AND b.ts + INTERVAL '5' SECOND),"
        + " DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end",
    WINDOW.formatted("INNER", " AND a.k = b.k"),
    WINDOW.formatted("LEFT", " AND a.k = b.k AND a.v > b.v"),
    WINDOW.formatted("RIGHT", " AND a.k = b.k AND a.v = b.v"),
    WINDOW.formatted("FULL", " AND a.k = b.k AND a.id = b.id"),
    WINDOW.formatted("INNER", ""),
    WINDOW_EXISTS.formatted("EXISTS"),
    WINDOW_EXISTS.formatted("NOT EXISTS")
  };

  @Test
  void streamJoinsAgree() throws InterruptedException {
    assertSame(STREAM_JOINS);
  }

  @Test
  void timedJoinsAgree() throws InterruptedException {
    assertSame(TIMED_JOINS);
  }

  /** All in one job, each row with the number of its query. */
  private static void assertSame(String[] queries) throws InterruptedException {
    List<String> numbered = new ArrayList<>();
    for (int i = 0; i < queries.length; i++) {
      numbered.add("SELECT %d, t.* FROM (%s) AS t (x, y, k, k2)".formatted(i, queries[i]));
    }
    String script = TABLES + String.join(" UNION ALL ", numbered) + ";";
    Map<List<Object>, Integer> expected = run(script, Engine.FLINK);
    Map<List<Object>, Integer> actual = run(script, Engine.NATIVE);
    for (int i = 0; i < queries.length; i++) {
      int query = i;
      assertThat(actual.keySet()).as(queries[i]).anyMatch(row -> row.get(0).equals(query));
    }
    assertThat(actual.entrySet()).containsExactlyInAnyOrderElementsOf(expected.entrySet());
  }

  private static Map<List<Object>, Integer> run(String script, Engine engine)
      throws InterruptedException {
    List<Row> changes = new ArrayList<>();
    try (Job job =
        Millrace.sql(script)
            .engine(engine)
            .parallelism(2)
            .source("a", MemorySource.of(rows(21)))
            .source("b", MemorySource.of(rows(22)))
            .start()) {
      assertThat(job.engine()).isEqualTo(engine);
      job.forEachRow(changes::add);
    }
    return materialized(changes);
  }

  /** How many of each row there are in the end. */
  private static Map<List<Object>, Integer> materialized(List<Row> changes) {
    Map<List<Object>, Integer> rows = new LinkedHashMap<>();
    for (Row change : changes) {
      boolean added = change.kind() == RowKind.INSERT || change.kind() == RowKind.UPDATE_AFTER;
      rows.merge(change.values(), added ? 1 : -1, (x, y) -> x + y == 0 ? null : x + y);
    }
    return rows;
  }

  /** Some minutes of rows; out of order by less than is waited for. */
  private static Row[] rows(long seed) {
    Random random = new Random(seed);
    LocalDateTime time = LocalDateTime.parse("2026-03-01T10:00:00");
    Row[] rows = new Row[300];
    for (int i = 0; i < rows.length; i++) {
      time = time.plusNanos(1_000_000L * random.nextInt(2500));
      rows[i] =
          Row.of(
              i,
              random.nextInt(10) == 0 ? null : "k" + random.nextInt(7),
              random.nextInt(10) == 0 ? null : random.nextInt(9),
              time.minusNanos(1_000_000L * random.nextInt(50_000)));
    }
    return rows;
  }
}
