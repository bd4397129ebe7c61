package dev.millrace.conformance.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.Engine;
import dev.millrace.api.Job;
import dev.millrace.api.MemorySink;
import dev.millrace.api.MemorySource;
import dev.millrace.api.Millrace;
import dev.millrace.api.Row;
import dev.millrace.conformance.changelog.Change;
import dev.millrace.conformance.changelog.Materialized;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rankings, deduplication and frames: the native engine's tables equal Flink's. */
class RankingSqlTest {
  private static final String TABLES =
      """
      CREATE TABLE bids (
        id BIGINT, item STRING, price INT, born TIMESTAMP(3), pt AS PROCTIME(),
        WATERMARK FOR born AS born - INTERVAL '1' SECOND
      ) WITH ('connector' = 'memory');
      """;

  private static final List<Query> APPENDED =
      Stream.of(
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
              // Frames in the order of other columns, whose rows change; golden files have more of
              // them.
              "SELECT id, item, price, MIN(id) OVER (ORDER BY price ROWS UNBOUNDED PRECEDING) FROM bids",
              "SELECT c, item, 1, SUM(c) OVER (ORDER BY item ROWS UNBOUNDED PRECEDING) FROM (SELECT item, COUNT(*) c FROM bids GROUP BY item)")
          .map(sql -> new Query(List.of(), sql))
          .toList();

  private static final List<Query> UPSERTED =
      Stream.of(
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
              "a | SELECT CAST(MAX(price) AS BIGINT), item, 1, CAST(0 AS BIGINT) FROM bids WHERE price IS NOT NULL GROUP BY item ON CONFLICT DO DEDUPLICATE")
          .map(Query::keyed)
          .toList();

  /** What fills a table; {@code key} are the columns of the table's primary key, if it has one. */
  private record Query(List<String> key, String sql) {
    /** From the key's columns and the statement, with a bar between them. */
    static Query keyed(String text) {
      String[] parts = text.split(" \\| ", 2);
      return new Query(List.of(parts[0].split(", ")), parts[1]);
    }

    String create(String sink) {
      return "CREATE TABLE %s (a BIGINT, b STRING, c INT, d BIGINT%s) WITH ('connector' = 'memory');%n"
          .formatted(
              sink,
              key.isEmpty()
                  ? ""
                  : ", PRIMARY KEY (%s) NOT ENFORCED".formatted(String.join(", ", key)));
    }

    /** The rows that are there in the end; with a key, the last one of each. */
    List<String> answer(List<Row> changes) {
      int[] columns = key.stream().mapToInt(name -> name.charAt(0) - 'a').toArray();
      return Materialized.fold(
          changes.stream().map(row -> Change.of(row.kind(), row.values())).toList(), columns);
    }
  }

  @Test
  void appendedRowsAreFlinks() throws InterruptedException {
    check(APPENDED);
  }

  @Test
  void upsertedRowsAreFlinks() throws InterruptedException {
    check(UPSERTED);
  }

  /** All in one job per engine, as starting one takes longer than running it. */
  private static void check(List<Query> queries) throws InterruptedException {
    List<List<String>> expected = answers(queries, Engine.FLINK);
    List<List<String>> actual = answers(queries, Engine.NATIVE);
    for (int i = 0; i < queries.size(); i++) {
      assertThat(actual.get(i)).as(queries.get(i).sql()).isNotEmpty().isEqualTo(expected.get(i));
    }
  }

  private static List<List<String>> answers(List<Query> queries, Engine engine)
      throws InterruptedException {
    StringBuilder script = new StringBuilder(TABLES);
    StringBuilder inserts = new StringBuilder();
    for (int i = 0; i < queries.size(); i++) {
      script.append(queries.get(i).create("s" + i));
      inserts.append("INSERT INTO s%d %s;%n".formatted(i, queries.get(i).sql()));
    }
    script.append("EXECUTE STATEMENT SET BEGIN\n").append(inserts).append("END;\n");
    Millrace millrace =
        Millrace.sql(script.toString())
            .engine(engine)
            .parallelism(1)
            .source("bids", MemorySource.of(bids()));
    List<MemorySink> sinks = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      sinks.add(new MemorySink());
      millrace.sink("s" + i, sinks.get(i));
    }
    try (Job job = millrace.start()) {
      job.await();
    }
    return IntStream.range(0, queries.size())
        .mapToObj(i -> queries.get(i).answer(sinks.get(i).rows()))
        .toList();
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
