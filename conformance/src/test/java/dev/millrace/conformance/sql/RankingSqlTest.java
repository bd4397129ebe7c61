package dev.millrace.conformance.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.Engine;
import dev.millrace.api.Job;
import dev.millrace.api.MemorySink;
import dev.millrace.api.MemorySource;
import dev.millrace.api.Millrace;
import dev.millrace.api.Row;
import dev.millrace.engine.batch.RowKind;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rankings, deduplication and frames: the native engine's tables equal Flink's. */
class RankingSqlTest {
  private static final String TABLES =
      """
      CREATE TABLE bids (
        id BIGINT, item STRING, price INT, born TIMESTAMP(3), pt AS PROCTIME(),
        WATERMARK FOR born AS born - INTERVAL '1' SECOND
      ) WITH ('connector' = 'memory');
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        // LIMIT and the first row.
        "SELECT id, item, price, id FROM bids LIMIT 5 OFFSET 3",
        "SELECT id, item, price, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY item ORDER BY born) rn FROM bids) WHERE rn = 1",
        "SELECT id, item, price, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY item ORDER BY pt) rn FROM bids) WHERE rn = 1",
        // Rows of windows.
        "SELECT id, item, price, rn FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, item ORDER BY price DESC, id) rn FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(born), INTERVAL '10' SECOND))) WHERE rn <= 2",
        "SELECT id, item, price, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, item ORDER BY born DESC) rn FROM TABLE(HOP(TABLE bids, DESCRIPTOR(born), INTERVAL '5' SECOND, INTERVAL '10' SECOND))) WHERE rn = 1",
        // Frames.
        "SELECT id, item, price, COUNT(*) OVER (PARTITION BY item ORDER BY born RANGE BETWEEN INTERVAL '2' SECOND PRECEDING AND CURRENT ROW) FROM bids",
        "SELECT id, item, price, CAST(SUM(price) OVER (PARTITION BY item ORDER BY born ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) AS BIGINT) FROM bids",
        "SELECT id, item, price, ROW_NUMBER() OVER (PARTITION BY item ORDER BY born) FROM bids",
        "SELECT id, item, price, CAST(MAX(price) OVER (ORDER BY born RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT) FROM bids",
        "SELECT id, item, price, COUNT(price) OVER (PARTITION BY item ORDER BY pt ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM bids",
        "SELECT id, item, price, LAG(id, 2, id) OVER (PARTITION BY item ORDER BY born) FROM bids",
        "SELECT id, item, price, LAG(id) OVER (PARTITION BY item ORDER BY pt) FROM bids",
        "SELECT id, item, price, RANK() OVER (PARTITION BY item ORDER BY born) FROM bids",
        // Frames in the order of other columns, whose rows change; golden files have more of them.
        "SELECT id, item, price, MIN(id) OVER (ORDER BY price ROWS UNBOUNDED PRECEDING) FROM bids",
        "SELECT c, item, 1, SUM(c) OVER (ORDER BY item ROWS UNBOUNDED PRECEDING) FROM (SELECT item, COUNT(*) c FROM bids GROUP BY item)",
      })
  void appendedRowsAreFlinks(String query) throws InterruptedException {
    String script = script("", query);
    assertThat(table(script, Engine.NATIVE)).isNotEmpty().isEqualTo(table(script, Engine.FLINK));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Top-N of appended rows, with and without the rank.
        "b, d | SELECT id, item, price, rn FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY item ORDER BY price DESC, id) rn FROM bids) WHERE rn <= 3",
        "a | SELECT id, item, price, CAST(0 AS BIGINT) FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY item ORDER BY price DESC, id) rn FROM bids) WHERE rn BETWEEN 2 AND 4 ON CONFLICT DO DEDUPLICATE",
        "b | SELECT id, item, price, CAST(0 AS BIGINT) FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY item ORDER BY price) rn FROM bids WHERE price IS NOT NULL) WHERE rn = 1",
        // Of counts, which only grow, and of counts where rows are taken back.
        "b, d | SELECT c, item, price, rn FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY item ORDER BY c DESC, price) rn FROM (SELECT item, price, COUNT(*) c FROM bids GROUP BY item, price)) WHERE rn <= 2",
        "b, d | SELECT c, item, price, rn FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY item ORDER BY c, price) rn FROM (SELECT item, price, COUNT(*) c FROM bids GROUP BY item, price)) WHERE rn <= 2",
        "b | SELECT c, item, 1, c FROM (SELECT *, ROW_NUMBER() OVER (ORDER BY c DESC, item) rn FROM (SELECT item, COUNT(*) c FROM bids GROUP BY item)) WHERE rn <= 2",
        // The last row, to the sink and to an aggregate.
        "b | SELECT id, item, price, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY item ORDER BY born DESC) rn FROM bids) WHERE rn = 1",
        "b | SELECT COUNT(*), item, SUM(price), SUM(id) FROM (SELECT id, item, price FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY item ORDER BY pt DESC) rn FROM bids) WHERE rn = 1) GROUP BY item",
        // ORDER BY with LIMIT.
        "a | SELECT id, item, price, CAST(0 AS BIGINT) FROM bids ORDER BY price DESC, id LIMIT 7 ON CONFLICT DO DEDUPLICATE",
        // Several items have the same highest price: the last row that is there shows.
        "a | SELECT CAST(MAX(price) AS BIGINT), item, 1, CAST(0 AS BIGINT) FROM bids WHERE price IS NOT NULL GROUP BY item ON CONFLICT DO DEDUPLICATE",
      })
  void upsertedRowsAreFlinks(String keyAndQuery) throws InterruptedException {
    String[] parts = keyAndQuery.split(" \\| ", 2);
    String script = script(", PRIMARY KEY (%s) NOT ENFORCED".formatted(parts[0]), parts[1]);
    int[] key = parts[0].chars().filter(Character::isLetter).map(c -> c - 'a').toArray();
    assertThat(upserted(script, Engine.NATIVE, key))
        .isNotEmpty()
        .isEqualTo(upserted(script, Engine.FLINK, key));
  }

  private static String script(String key, String query) {
    return TABLES
        + "CREATE TABLE answers (a BIGINT, b STRING, c INT, d BIGINT%s) WITH ('connector' = 'memory');"
            .formatted(key)
        + "INSERT INTO answers "
        + query
        + ";";
  }

  /** How often each row is there in the end. */
  private static Map<List<Object>, Integer> table(String script, Engine engine)
      throws InterruptedException {
    Map<List<Object>, Integer> table = new HashMap<>();
    for (Row row : rows(script, engine)) {
      int change = isAdded(row) ? 1 : -1;
      table.merge(row.values(), change, (a, b) -> a + b == 0 ? null : a + b);
    }
    return table;
  }

  /** The last row of each key. */
  private static Map<List<Object>, List<Object>> upserted(
      String script, Engine engine, int[] keyColumns) throws InterruptedException {
    Map<List<Object>, List<Object>> table = new HashMap<>();
    for (Row row : rows(script, engine)) {
      List<Object> key = Arrays.stream(keyColumns).mapToObj(row::get).toList();
      if (isAdded(row)) {
        table.put(key, row.values());
      } else if (row.kind() == RowKind.DELETE) {
        table.remove(key);
      }
    }
    return table;
  }

  private static boolean isAdded(Row row) {
    return row.kind() == RowKind.INSERT || row.kind() == RowKind.UPDATE_AFTER;
  }

  private static List<Row> rows(String script, Engine engine) throws InterruptedException {
    MemorySink sink = new MemorySink();
    try (Job job =
        Millrace.sql(script)
            .engine(engine)
            .parallelism(1)
            .source("bids", MemorySource.of(bids()))
            .sink("answers", sink)
            .start()) {
      job.await();
    }
    return sink.rows();
  }

  /** In order of time, so that no row is late for either engine. */
  private static Row[] bids() {
    Random random = new Random(Long.getLong("millrace.random.seed", 7));
    List<Row> rows = new ArrayList<>();
    long millis = 1_700_000_000_000L;
    for (long id = 0; id < 200; id++) {
      millis += random.nextInt(900);
      rows.add(
          Row.of(
              id,
              "i" + random.nextInt(7),
              random.nextInt(9) == 0 ? null : random.nextInt(30),
              LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC)));
    }
    return rows.toArray(new Row[0]);
  }
}
