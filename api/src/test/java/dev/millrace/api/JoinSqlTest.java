package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.RowKind;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
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

  private static final String PAIRS = "a INT, b INT, k STRING, k2 STRING";
  private static final String IDS = "id INT, k STRING";
  private static final String COUNTS = "k STRING, n BIGINT, k2 STRING, n2 BIGINT";

  /** Behind the columns of each sink the statement that fills it. */
  private static final String[][] STREAM_JOINS = {
    {PAIRS, "SELECT a.id, b.id, a.k, b.k FROM a JOIN b ON a.k = b.k AND a.v < b.v"},
    {PAIRS, "SELECT a.id, b.id, a.k, b.k FROM a LEFT JOIN b ON a.k = b.k AND a.v + b.v = 5"},
    {PAIRS, "SELECT a.id, b.id, a.k, b.k FROM a RIGHT JOIN b ON a.k = b.k AND a.id = b.id"},
    {PAIRS, "SELECT a.id, b.id, a.k, b.k FROM a FULL JOIN b ON a.id = b.id"},
    {
      PAIRS,
      "SELECT a.id, b.id, a.k, b.k FROM a JOIN b ON a.k IS NOT DISTINCT FROM b.k AND a.v = b.v"
    },
    {PAIRS, "SELECT a.id, b.id, a.k, b.k FROM a JOIN b ON a.id > b.id + 280"},
    {IDS, "SELECT id, k FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.k = a.k AND b.id > a.id)"},
    {IDS, "SELECT id, k FROM a WHERE NOT EXISTS (SELECT 1 FROM b WHERE b.id = a.v + 3 * a.id)"},
    {IDS, "SELECT id, k FROM a WHERE v NOT IN (SELECT v FROM b WHERE v > 4)"},
    {COUNTS, "SELECT x.k, x.n, y.k, y.n FROM counts_a x FULL JOIN counts_b y ON x.n = y.n"},
    {COUNTS, "SELECT x.k, x.n, y.k, y.n FROM counts_a x LEFT JOIN counts_b y ON x.k = y.k"},
    {
      COUNTS,
      "SELECT x.k, x.n, y.k, y.n FROM counts_a x JOIN counts_b y ON x.k = y.k AND x.n > y.n * 2"
    },
    {IDS, "SELECT id, k FROM a WHERE v IN (SELECT n - 40 FROM counts_b)"}
  };

  private static final String INTERVAL =
      "SELECT a.id, b.id, a.k, b.k FROM a %s JOIN b ON a.k = b.k AND a.ts"
          + " BETWEEN b.ts - INTERVAL '30' SECOND AND b.ts + INTERVAL '5' SECOND%s";

  private static final String WINDOW =
      "SELECT a.id, b.id, a.k, b.k FROM windows_a a %s JOIN windows_b b"
          + " ON a.window_start = b.window_start AND a.window_end = b.window_end%s";

  private static final String WINDOW_EXISTS =
      "SELECT id, k FROM windows_a a WHERE %s (SELECT 1 FROM windows_b b WHERE a.k = b.k"
          + " AND a.window_start = b.window_start AND a.window_end = b.window_end)";

  private static final String[][] TIMED_JOINS = {
    {PAIRS, INTERVAL.formatted("INNER", "")},
    {PAIRS, INTERVAL.formatted("LEFT", " AND a.v > b.v")},
    {PAIRS, INTERVAL.formatted("RIGHT", "")},
    {PAIRS, INTERVAL.formatted("FULL", " AND a.v > b.v")},
    {
      "n BIGINT, e TIMESTAMP(3)",
      "SELECT COUNT(*), window_end FROM TABLE(TUMBLE((SELECT a.ts FROM a JOIN b ON a.k = b.k AND"
          + " a.ts BETWEEN b.ts - INTERVAL '30' SECOND AND b.ts + INTERVAL '5' SECOND),"
          + " DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end"
    },
    {PAIRS, WINDOW.formatted("INNER", " AND a.k = b.k")},
    {PAIRS, WINDOW.formatted("LEFT", " AND a.k = b.k AND a.v > b.v")},
    {PAIRS, WINDOW.formatted("RIGHT", " AND a.k = b.k AND a.v = b.v")},
    {PAIRS, WINDOW.formatted("FULL", " AND a.k = b.k AND a.id = b.id")},
    {PAIRS, WINDOW.formatted("INNER", "")},
    {IDS, WINDOW_EXISTS.formatted("EXISTS")},
    {IDS, WINDOW_EXISTS.formatted("NOT EXISTS")}
  };

  @Test
  void streamJoinsAgree() throws InterruptedException {
    assertSame(STREAM_JOINS);
  }

  @Test
  void timedJoinsAgree() throws InterruptedException {
    assertSame(TIMED_JOINS);
  }

  private static void assertSame(String[][] statements) throws InterruptedException {
    StringBuilder script = new StringBuilder(TABLES);
    for (int i = 0; i < statements.length; i++) {
      script.append(
          "CREATE TABLE sink%d (%s) WITH ('connector' = 'memory');\n"
              .formatted(i, statements[i][0]));
    }
    script.append("EXECUTE STATEMENT SET BEGIN\n");
    for (int i = 0; i < statements.length; i++) {
      script.append("INSERT INTO sink%d %s;\n".formatted(i, statements[i][1]));
    }
    script.append("END;\n");
    List<Map<List<Object>, Integer>> expected =
        run(script.toString(), statements.length, Engine.FLINK);
    List<Map<List<Object>, Integer>> actual =
        run(script.toString(), statements.length, Engine.NATIVE);
    for (int i = 0; i < statements.length; i++) {
      assertThat(actual.get(i)).as(statements[i][1]).isNotEmpty().isEqualTo(expected.get(i));
    }
  }

  private static List<Map<List<Object>, Integer>> run(String script, int sinks, Engine engine)
      throws InterruptedException {
    Millrace millrace =
        Millrace.sql(script)
            .engine(engine)
            .parallelism(2)
            .source("a", MemorySource.of(rows(21)))
            .source("b", MemorySource.of(rows(22)));
    Map<String, MemorySink> results = new TreeMap<>();
    for (int i = 0; i < sinks; i++) {
      results.put("sink" + i, new MemorySink());
      millrace = millrace.sink("sink" + i, results.get("sink" + i));
    }
    try (Job job = millrace.start()) {
      job.await();
      assertThat(job.engine()).isEqualTo(engine);
    }
    List<Map<List<Object>, Integer>> contents = new ArrayList<>();
    for (int i = 0; i < sinks; i++) {
      contents.add(materialized(results.get("sink" + i).rows()));
    }
    return contents;
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
