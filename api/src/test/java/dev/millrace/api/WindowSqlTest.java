package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Runs statements with windows on both engines, whose results must be the same. */
class WindowSqlTest {
  private static final String TABLE =
      """
      SET 'table.local-time-zone' = 'Europe/Berlin';
      CREATE TABLE clicks (
        id INT, k STRING, v BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' HOUR
      ) WITH ('connector' = 'memory');
      CREATE TABLE instants (
        id INT, k STRING, v BIGINT, ts TIMESTAMP_LTZ(3), WATERMARK FOR ts AS ts - INTERVAL '1' HOUR
      ) WITH ('connector' = 'memory');
      """;

  /** Behind the columns of each sink the statement that fills it. */
  private static final String[][] AGGREGATES = {
    {
      "k STRING, s TIMESTAMP(3), e TIMESTAMP(3), t TIMESTAMP(3), n BIGINT, total BIGINT",
      "SELECT k, window_start, window_end, window_time, COUNT(*), SUM(v) FROM"
          + " TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(ts), INTERVAL '2' HOUR, INTERVAL '30' MINUTE))"
          + " GROUP BY k, window_start, window_end, window_time"
    },
    {
      "s TIMESTAMP(3), e TIMESTAMP(3), t TIMESTAMP_LTZ(3), n BIGINT, low BIGINT, big BIGINT, d BIGINT",
      "SELECT window_start, window_end, window_time, COUNT(*), MIN(v),"
          + " COUNT(*) FILTER (WHERE v > 50), COUNT(DISTINCT k) FROM"
          + " TABLE(HOP(TABLE instants, DESCRIPTOR(ts), INTERVAL '30' MINUTE, INTERVAL '2' HOUR))"
          + " GROUP BY window_start, window_end, window_time"
    },
    {
      "k STRING, s TIMESTAMP(3), e TIMESTAMP(3), t TIMESTAMP_LTZ(3), average BIGINT",
      "SELECT k, window_start, window_end, window_time, AVG(v) FROM"
          + " TABLE(CUMULATE(TABLE instants, DESCRIPTOR(ts), INTERVAL '1' HOUR, INTERVAL '1' DAY))"
          + " GROUP BY window_start, window_end, window_time, k"
    },
    {
      "s TIMESTAMP(3), e TIMESTAMP(3), keys BIGINT, most BIGINT",
      "SELECT window_start, window_end, COUNT(*), MAX(n) FROM ("
          + " SELECT k, window_start, window_end, COUNT(*) n FROM"
          + " TABLE(HOP(TABLE clicks, DESCRIPTOR(ts), INTERVAL '1' HOUR, INTERVAL '3' HOUR))"
          + " GROUP BY k, window_start, window_end) GROUP BY window_start, window_end"
    },
    {
      "s TIMESTAMP(3), e TIMESTAMP(3), n BIGINT",
      "SELECT window_start, window_end, SUM(n) FROM TABLE(TUMBLE(("
          + " SELECT k, window_time AS rt, COUNT(*) n FROM"
          + " TABLE(TUMBLE(TABLE instants, DESCRIPTOR(ts), INTERVAL '1' HOUR))"
          + " GROUP BY k, window_start, window_end, window_time),"
          + " DESCRIPTOR(rt), INTERVAL '6' HOUR)) GROUP BY window_start, window_end"
    }
  };

  private static final String[][] SESSIONS = {
    {
      "k STRING, s TIMESTAMP(3), e TIMESTAMP(3), t TIMESTAMP_LTZ(3), n BIGINT, total BIGINT",
      "SELECT k, window_start, window_end, window_time, COUNT(*), SUM(v) FROM"
          + " TABLE(SESSION(TABLE instants PARTITION BY k, DESCRIPTOR(ts), INTERVAL '25' MINUTE))"
          + " GROUP BY k, window_start, window_end, window_time"
    },
    {
      "s TIMESTAMP(3), e TIMESTAMP(3), n BIGINT, d BIGINT",
      "SELECT window_start, window_end, COUNT(*), COUNT(DISTINCT k) FROM"
          + " TABLE(SESSION(TABLE clicks, DESCRIPTOR(ts), INTERVAL '7' MINUTE))"
          + " GROUP BY window_start, window_end"
    },
    {
      "id INT, k STRING, s TIMESTAMP(3), e TIMESTAMP(3), t TIMESTAMP(3)",
      "SELECT id, k, window_start, window_end, window_time FROM"
          + " TABLE(SESSION(TABLE clicks PARTITION BY k, DESCRIPTOR(ts), INTERVAL '25' MINUTE))"
    }
  };

  private static final String[][] GROUP_WINDOWS = {
    {
      "k STRING, s TIMESTAMP(3), e TIMESTAMP(3), t TIMESTAMP_LTZ(3), n BIGINT, total BIGINT",
      "SELECT k, TUMBLE_START(ts, INTERVAL '2' HOUR), TUMBLE_END(ts, INTERVAL '2' HOUR),"
          + " TUMBLE_ROWTIME(ts, INTERVAL '2' HOUR), COUNT(*), SUM(v)"
          + " FROM instants GROUP BY k, TUMBLE(ts, INTERVAL '2' HOUR)"
    },
    {
      "s TIMESTAMP(3), e TIMESTAMP(3), n BIGINT, d BIGINT",
      "SELECT HOP_START(ts, INTERVAL '40' MINUTE, INTERVAL '1' HOUR),"
          + " HOP_END(ts, INTERVAL '40' MINUTE, INTERVAL '1' HOUR), COUNT(*), COUNT(DISTINCT v)"
          + " FROM clicks GROUP BY HOP(ts, INTERVAL '40' MINUTE, INTERVAL '1' HOUR)"
    },
    {
      "s TIMESTAMP(3), e TIMESTAMP(3), n BIGINT",
      "SELECT HOP_START(ts, INTERVAL '3' HOUR, INTERVAL '1' HOUR),"
          + " HOP_END(ts, INTERVAL '3' HOUR, INTERVAL '1' HOUR), COUNT(*)"
          + " FROM instants GROUP BY HOP(ts, INTERVAL '3' HOUR, INTERVAL '1' HOUR)"
    },
    {
      "k STRING, s TIMESTAMP(3), e TIMESTAMP(3), t TIMESTAMP(3), most BIGINT",
      "SELECT k, SESSION_START(ts, INTERVAL '25' MINUTE), SESSION_END(ts, INTERVAL '25' MINUTE),"
          + " SESSION_ROWTIME(ts, INTERVAL '25' MINUTE), MAX(v)"
          + " FROM clicks GROUP BY k, SESSION(ts, INTERVAL '25' MINUTE)"
    }
  };

  private static final String[][] FUNCTIONS = {
    {
      "id INT, s TIMESTAMP(3), e TIMESTAMP(3), t TIMESTAMP(3)",
      "SELECT id, window_start, window_end, window_time FROM"
          + " TABLE(HOP(TABLE clicks, DESCRIPTOR(ts), INTERVAL '2' HOUR, INTERVAL '3' HOUR))"
    },
    {
      "id INT, s TIMESTAMP(3), e TIMESTAMP(3), t TIMESTAMP_LTZ(3), v BIGINT",
      "SELECT id, window_start, window_end, window_time, v FROM TABLE(CUMULATE("
          + "TABLE instants, DESCRIPTOR(ts), INTERVAL '2' HOUR, INTERVAL '6' HOUR))"
    },
    {
      "id INT, k STRING, v BIGINT, t TIMESTAMP_LTZ(3)",
      "SELECT id, k, v, window_time FROM"
          + " TABLE(TUMBLE(TABLE instants, DESCRIPTOR(ts), INTERVAL '90' MINUTE)) WHERE v > 20"
    }
  };

  @Test
  void aggregatesAgree() throws InterruptedException {
    assertSame("", AGGREGATES);
  }

  @Test
  void aggregatesInOnePhaseAgree() throws InterruptedException {
    assertSame("SET 'table.optimizer.agg-phase-strategy' = 'ONE_PHASE';\n", AGGREGATES);
  }

  @Test
  void sessionsAgree() throws InterruptedException {
    assertSame("", SESSIONS);
  }

  @Test
  void groupWindowsAgree() throws InterruptedException {
    assertSame("", GROUP_WINDOWS);
  }

  @Test
  void functionsAgree() throws InterruptedException {
    assertSame("", FUNCTIONS);
  }

  private static void assertSame(String settings, String[][] statements)
      throws InterruptedException {
    StringBuilder script = new StringBuilder(TABLE + settings);
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
    Map<String, List<String>> expected = run(script.toString(), statements.length, Engine.FLINK);
    Map<String, List<String>> actual = run(script.toString(), statements.length, Engine.NATIVE);
    for (int i = 0; i < statements.length; i++) {
      assertThat(actual.get("sink" + i))
          .as(statements[i][1])
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(expected.get("sink" + i));
    }
  }

  private static Map<String, List<String>> run(String script, int sinks, Engine engine)
      throws InterruptedException {
    List<Row> clicks = new ArrayList<>();
    List<Row> instants = new ArrayList<>();
    fill(clicks, instants);
    Millrace millrace =
        Millrace.sql(script)
            .engine(engine)
            .parallelism(2)
            .source("clicks", MemorySource.of(clicks.toArray(new Row[0])))
            .source("instants", MemorySource.of(instants.toArray(new Row[0])));
    Map<String, MemorySink> results = new LinkedHashMap<>();
    for (int i = 0; i < sinks; i++) {
      results.put("sink" + i, new MemorySink());
      millrace = millrace.sink("sink" + i, results.get("sink" + i));
    }
    try (Job job = millrace.start()) {
      job.await();
      assertThat(job.engine()).isEqualTo(engine);
    }
    Map<String, List<String>> rows = new LinkedHashMap<>();
    results.forEach(
        (name, sink) -> rows.put(name, sink.rows().stream().map(Row::toString).toList()));
    return rows;
  }

  /** Two days of rows around each change of the clock; out of order by less than is waited for. */
  private static void fill(List<Row> clicks, List<Row> instants) {
    Random random = new Random(5);
    for (String start : List.of("2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z")) {
      Instant time = Instant.parse(start);
      for (int i = 0; i < 400; i++) {
        time = time.plus(Duration.ofSeconds(random.nextInt(600)));
        Instant at = time.minus(Duration.ofMillis(random.nextInt(1_800_000)));
        String key = random.nextInt(10) == 0 ? null : "k" + random.nextInt(4);
        Long value = random.nextInt(10) == 0 ? null : (long) random.nextInt(100);
        clicks.add(Row.of(i, key, value, LocalDateTime.ofInstant(at, ZoneOffset.UTC)));
        instants.add(Row.of(i, key, value, at));
      }
    }
  }
}
