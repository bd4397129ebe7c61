package dev.millrace.conformance.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.Engine;
import dev.millrace.api.Job;
import dev.millrace.api.MemorySink;
import dev.millrace.api.MemorySource;
import dev.millrace.api.Millrace;
import dev.millrace.api.Row;
import dev.millrace.engine.batch.RowKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Aggregate functions over every type, on random rows: the same results as embedded Flink. */
class AggregateFunctionsSqlTest {
  private static final int ROWS = 400;
  private static final int KEYS = 12;

  private static final String TWO_PHASE =
      """
      SET 'table.exec.mini-batch.enabled' = 'true';
      SET 'table.exec.mini-batch.allow-latency' = '1 s';
      SET 'table.exec.mini-batch.size' = '100';
      SET 'table.optimizer.agg-phase-strategy' = 'TWO_PHASE';
      """;

  /** Keys are unique: there is nothing to materialize. */
  private static final String SINKS = "SET 'table.exec.sink.upsert-materialize' = 'NONE';\n";

  private static final Column KEY = new Column("COALESCE(k, -1)", "INT NOT NULL");

  private static final String SPLIT_DISTINCT =
      "SET 'table.optimizer.distinct-agg.split.enabled' = 'true';\n";

  private static final long SEED = Long.getLong("millrace.random.seed", 5);

  private static final List<String> NUMBERS =
      List.of(
          "TINYINT",
          "SMALLINT",
          "INT",
          "BIGINT",
          "FLOAT",
          "DOUBLE",
          "DECIMAL(12, 3)",
          "DECIMAL(38, 18)");

  private static final List<String> OTHERS =
      List.of(
          "BOOLEAN",
          "DATE",
          "TIME(0)",
          "TIMESTAMP(3)",
          "TIMESTAMP(9)",
          "TIMESTAMP_LTZ(3)",
          "STRING",
          "CHAR(3)");

  private static final List<String> TYPES =
      Stream.concat(NUMBERS.stream(), OTHERS.stream()).toList();

  private static final List<String> COLUMNS =
      Stream.concat(
              Stream.of("id", "k", "f"), TYPES.stream().map(AggregateFunctionsSqlTest::column))
          .toList();

  /** A column of a SELECT with its type. */
  private record Column(String sql, String type) {}

  /** A SELECT of some columns from what follows. */
  private record Query(List<Column> columns, String from) {
    String insertInto(String sink) {
      String list = columns.stream().map(Column::sql).collect(Collectors.joining(", "));
      return "INSERT INTO %s SELECT %s FROM %s;%n".formatted(sink, list, from);
    }

    String create(String sink) {
      String list =
          IntStream.range(0, columns.size())
              .mapToObj(i -> "c" + i + " " + columns.get(i).type())
              .collect(Collectors.joining(", "));
      // Embedded Flink wants a key of what is updated; NULL is one, too.
      String key = "PRIMARY KEY (c0) NOT ENFORCED";
      return "CREATE TABLE %s (%s, %s) WITH ('connector' = 'memory');%n".formatted(sink, list, key);
    }
  }

  /** All of these run in one job per engine, as starting one takes longer than running it. */
  @Test
  void inOnePhase() throws InterruptedException {
    List<Query> queries = new ArrayList<>();
    for (List<String> types : List.of(NUMBERS, OTHERS)) {
      List<Column> columns = columns(types, AggregateFunctionsSqlTest::ordered);
      columns.addAll(columns(types, AggregateFunctionsSqlTest::unordered));
      queries.add(new Query(columns, "added GROUP BY k"));
      queries.add(
          new Query(columns(types, AggregateFunctionsSqlTest::unordered), "updated GROUP BY k"));
    }
    for (String sets :
        List.of("GROUPING SETS ((k, f), (k), (f), ())", "CUBE (k, f)", "ROLLUP (k, f)")) {
      queries.add(new Query(groupingColumns(), "t GROUP BY " + sets));
    }
    check("", queries, SEED);
  }

  @Test
  void inTwoPhases() throws InterruptedException {
    List<Query> queries = new ArrayList<>();
    for (List<String> types : List.of(NUMBERS, OTHERS)) {
      List<Column> columns = columns(types, AggregateFunctionsSqlTest::unordered);
      // In Flink values that were taken back in another mini-batch stay in a multiset, zero times.
      columns.removeIf(column -> column.sql().startsWith("COLLECT"));
      queries.add(new Query(columns, "updated GROUP BY k"));
    }
    check(TWO_PHASE, queries, SEED + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", TWO_PHASE})
  void splitDistinct(String phases) throws InterruptedException {
    List<Column> columns = new ArrayList<>();
    columns.add(KEY);
    columns.add(new Column("COUNT(*)", "BIGINT"));
    columns.add(new Column("COUNT(DISTINCT id)", "BIGINT"));
    for (String type : List.of("INT", "STRING", "DOUBLE")) {
      String v = column(type);
      columns.add(new Column("COUNT(" + v + ")", "BIGINT"));
      columns.add(new Column("MAX(" + v + ")", type));
      columns.add(new Column("COUNT(DISTINCT " + v + ")", "BIGINT"));
      columns.add(new Column("COUNT(DISTINCT " + v + ") FILTER (WHERE f)", "BIGINT"));
    }
    columns.add(new Column("SUM(" + column("INT") + ")", "INT"));
    columns.add(new Column("AVG(" + column("INT") + ")", "INT"));
    columns.add(new Column("SUM(DISTINCT " + column("INT") + ")", "INT"));
    columns.add(new Column("AVG(" + column("DOUBLE") + ")", "DOUBLE"));
    List<Query> queries =
        List.of(new Query(columns, "t GROUP BY k"), new Query(columns, "updated GROUP BY k"));
    check(phases + SPLIT_DISTINCT, queries, SEED + 2);
  }

  private static List<Column> groupingColumns() {
    String v = column("INT");
    String key =
        "COALESCE(CAST(k AS STRING), '-') || COALESCE(CAST(f AS STRING), '-')"
            + " || CAST(GROUPING_ID(k, f) AS STRING)";
    return List.of(
        new Column(key, "STRING NOT NULL"),
        new Column("k", "INT"),
        new Column("f", "BOOLEAN"),
        new Column("GROUPING(k)", "BIGINT"),
        new Column("GROUPING_ID(k, f)", "BIGINT"),
        new Column("COUNT(*)", "BIGINT"),
        new Column("SUM(" + v + ")", "INT"),
        new Column("COUNT(DISTINCT " + v + ")", "BIGINT"),
        new Column("MIN(" + v + ")", "INT"));
  }

  /** The column of a type. */
  private static String column(String type) {
    return "v" + TYPES.indexOf(type);
  }

  /** The key, and the calls on each type's column. */
  private static List<Column> columns(
      List<String> types, Function<String, List<String>> callsOnType) {
    List<Column> columns = new ArrayList<>(List.of(KEY));
    for (String type : types) {
      for (String call : callsOnType.apply(type)) {
        String sql =
            call.replace("(v", "(" + column(type))
                .replace("DISTINCT v", "DISTINCT " + column(type));
        columns.add(new Column(sql, resultType(call, type)));
      }
    }
    return columns;
  }

  private static String resultType(String call, String type) {
    boolean decimal = type.startsWith("DECIMAL");
    int scale = decimal ? Integer.parseInt(type.replaceAll(".*, |\\)", "")) : 0;
    return switch (call.substring(0, call.indexOf('('))) {
      case "COUNT" -> "BIGINT";
      case "COLLECT" -> "MULTISET<" + type + ">";
      case "ARRAY_AGG" -> "ARRAY<" + type + ">";
      case "LISTAGG" -> "STRING";
      case "CHAR_LENGTH" -> "INT";
      case "SUM" -> decimal ? "DECIMAL(38, " + scale + ")" : type;
      case "AVG" -> decimal ? "DECIMAL(38, " + Math.max(6, scale) + ")" : type;
      default -> type;
    };
  }

  /** The last values of each id, so that rows are taken back. */
  private static String updatedView() {
    StringBuilder sql = new StringBuilder("CREATE VIEW updated AS SELECT id");
    for (String column : COLUMNS.subList(1, COLUMNS.size())) {
      sql.append(", LAST_VALUE(").append(column).append(") AS ").append(column);
    }
    return sql.append(" FROM t GROUP BY id;\n").toString();
  }

  private static boolean isNumeric(String type) {
    return type.contains("INT") || type.matches("FLOAT|DOUBLE|DECIMAL.*");
  }

  /** Calls whose results depend on the order of rows. */
  private static List<String> ordered(String type) {
    List<String> calls =
        new ArrayList<>(
            List.of(
                "FIRST_VALUE(v)",
                "LAST_VALUE(v)",
                "FIRST_VALUE(v) FILTER (WHERE f)",
                "ARRAY_AGG(v)",
                "ARRAY_AGG(DISTINCT v)",
                "ARRAY_AGG(v) FILTER (WHERE f)",
                "ARRAY_AGG(v) IGNORE NULLS"));
    if (type.equals("STRING")) {
      calls.addAll(List.of("LISTAGG(v)", "LISTAGG(v, '|')", "LISTAGG(DISTINCT v)"));
    }
    return calls;
  }

  private static List<String> unordered(String type) {
    List<String> calls =
        new ArrayList<>(
            List.of(
                "COUNT(*)",
                "COUNT(v)",
                "COUNT(DISTINCT v)",
                "COUNT(DISTINCT v) FILTER (WHERE f)",
                "COLLECT(v)",
                "COLLECT(DISTINCT v)"));
    calls.addAll(List.of("MIN(v)", "MAX(v)", "MAX(v) FILTER (WHERE f)", "MIN(DISTINCT v)"));
    if (type.equals("STRING")) {
      calls.addAll(List.of("CHAR_LENGTH(LISTAGG(v))", "CHAR_LENGTH(LISTAGG(DISTINCT v, '--'))"));
    }
    if (isNumeric(type)) {
      calls.addAll(List.of("SUM(v)", "AVG(v)", "SUM(v) FILTER (WHERE f)", "SUM(DISTINCT v)"));
    }
    return calls;
  }

  private static void check(String options, List<Query> queries, long seed)
      throws InterruptedException {
    StringBuilder script = new StringBuilder(options + SINKS);
    script.append(table("t")).append(table("added")).append(updatedView());
    for (int i = 0; i < queries.size(); i++) {
      script.append(queries.get(i).create("s" + i));
    }
    script.append("EXECUTE STATEMENT SET BEGIN\n");
    for (int i = 0; i < queries.size(); i++) {
      script.append(queries.get(i).insertInto("s" + i));
    }
    script.append("END;");
    List<Map<List<Object>, Integer>> flink = run(script.toString(), queries, seed, Engine.FLINK);
    List<Map<List<Object>, Integer>> own = run(script.toString(), queries, seed, Engine.NATIVE);
    for (int i = 0; i < queries.size(); i++) {
      Query query = queries.get(i);
      assertThat(flink.get(i)).isNotEmpty();
      assertThat(differences(flink.get(i), own.get(i), query.columns()))
          .as("seed %d: %s", seed, query)
          .isEmpty();
      assertThat(own.get(i)).as("seed %d: %s", seed, query).isEqualTo(flink.get(i));
    }
  }

  private static String table(String name) {
    StringBuilder sql = new StringBuilder("CREATE TABLE " + name + " (id INT, k INT, f BOOLEAN");
    TYPES.forEach(type -> sql.append(", ").append(column(type)).append(' ').append(type));
    return sql.append(") WITH ('connector' = 'memory');\n").toString();
  }

  /** In words, the columns that differ in rows that have no equal. */
  private static List<String> differences(
      Map<List<Object>, Integer> flink, Map<List<Object>, Integer> millrace, List<Column> columns) {
    List<String> differences = new ArrayList<>();
    for (List<Object> row : flink.keySet()) {
      for (List<Object> other : millrace.keySet()) {
        boolean comparable =
            Objects.equals(row.get(0), other.get(0))
                && !millrace.containsKey(row)
                && !flink.containsKey(other);
        for (int i = 0; comparable && i < columns.size(); i++) {
          if (!Objects.equals(row.get(i), other.get(i))) {
            differences.add(
                columns.get(i).sql() + ": Flink " + row.get(i) + ", we " + other.get(i));
          }
        }
      }
    }
    return differences;
  }

  /** The rows that each query ends with, and how often each is there. */
  private static List<Map<List<Object>, Integer>> run(
      String script, List<Query> queries, long seed, Engine engine) throws InterruptedException {
    Millrace millrace =
        Millrace.sql(script)
            .engine(engine)
            .parallelism(1)
            .source("t", rows(new Random(seed), false))
            .source("added", rows(new Random(seed), true));
    List<MemorySink> sinks = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      sinks.add(new MemorySink());
      millrace.sink("s" + i, sinks.get(i));
    }
    try (Job job = millrace.start()) {
      job.await();
    }
    return sinks.stream().map(sink -> folded(sink.rows())).toList();
  }

  private static Map<List<Object>, Integer> folded(List<Row> rows) {
    Map<List<Object>, Integer> result = new HashMap<>();
    for (Row row : rows) {
      boolean added = row.kind() == RowKind.INSERT || row.kind() == RowKind.UPDATE_AFTER;
      result.merge(row.values(), added ? 1 : -1, (a, b) -> a + b == 0 ? null : a + b);
    }
    return result;
  }

  private static MemorySource rows(Random random, boolean inexact) {
    Row[] rows = new Row[ROWS];
    for (int i = 0; i < ROWS; i++) {
      List<Object> row = new ArrayList<>();
      row.add(random.nextInt(60));
      row.add(random.nextInt(10) == 0 ? null : random.nextInt(KEYS));
      row.add(random.nextInt(6) == 0 ? null : random.nextBoolean());
      TYPES.forEach(type -> row.add(value(type, random, inexact)));
      rows[i] = Row.of(row.toArray());
    }
    return MemorySource.of(rows);
  }

  /** {@code inexact} says whether sums of floating-point numbers may depend on their order. */
  private static Object value(String type, Random random, boolean inexact) {
    if (random.nextInt(7) == 0) {
      return null;
    }
    int n = random.nextInt(20) - 8;
    return switch (type) {
      case "TINYINT" -> (byte) (n * 12);
      case "SMALLINT" -> (short) (n * 3000);
      case "INT" -> n * 200_000_000;
      case "BIGINT" -> n * (Long.MAX_VALUE / 12);
      case "FLOAT" -> inexact ? floating(n).floatValue() : n / 8f;
      case "DOUBLE" -> inexact ? floating(n) : (Double) (n / 8d);
      case "DECIMAL(12, 3)" -> BigDecimal.valueOf(n * 12_345_678L, 3);
      case "DECIMAL(38, 18)" ->
          new BigDecimal(BigInteger.TEN.pow(30).multiply(BigInteger.valueOf(n)), 18)
              .add(BigDecimal.valueOf(n, 18));
      case "BOOLEAN" -> n > 0;
      case "DATE" -> LocalDate.ofEpochDay(n * 1000L);
      case "TIME(0)" -> LocalTime.ofSecondOfDay((n + 9) * 1000L);
      case "TIMESTAMP(3)" -> LocalDateTime.ofEpochSecond(n, 5_000_000, ZoneOffset.UTC);
      case "TIMESTAMP(9)" -> LocalDateTime.ofEpochSecond(n / 2, 100 - n, ZoneOffset.UTC);
      case "TIMESTAMP_LTZ(3)" -> Instant.ofEpochSecond(n, 5_000_000);
      case "CHAR(3)" -> "" + (char) ('k' + n) + "é ";
      default -> n == 0 ? "" : "s" + "é".repeat(n + 8);
    };
  }

  private static Double floating(int n) {
    return switch (n) {
      case 0 -> -0.0;
      case 1 -> 0.0;
      default -> n * 1.1e3 / 7;
    };
  }
}
