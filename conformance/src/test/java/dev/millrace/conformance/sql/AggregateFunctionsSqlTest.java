package dev.millrace.conformance.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.Engine;
import dev.millrace.api.Job;
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
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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

  private static final String SPLIT_DISTINCT =
      "SET 'table.optimizer.distinct-agg.split.enabled' = 'true';\n";

  /** The last value of each id, so that rows are taken back. */
  private static final String UPDATED =
      "(SELECT id, LAST_VALUE(k) AS k, LAST_VALUE(v) AS v, LAST_VALUE(f) AS f FROM t GROUP BY id)";

  private static final long SEED = Long.getLong("millrace.random.seed", 5);

  static Stream<Arguments> types() {
    return Stream.of(
            "TINYINT",
            "SMALLINT",
            "INT",
            "BIGINT",
            "FLOAT",
            "DOUBLE",
            "DECIMAL(12, 3)",
            "DECIMAL(38, 18)",
            "BOOLEAN",
            "DATE",
            "TIME(0)",
            "TIMESTAMP(3)",
            "TIMESTAMP(9)",
            "TIMESTAMP_LTZ(3)",
            "STRING",
            "CHAR(3)")
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("types")
  void addedRows(String type) throws InterruptedException {
    List<String> columns = new ArrayList<>(ordered(type));
    columns.addAll(unordered(type));
    columns.addAll(exactSums(type));
    if (isNumeric(type)) {
      columns.addAll(
          List.of("STDDEV_POP(v)", "STDDEV_SAMP(v)", "VAR_POP(v)", "VAR_SAMP(DISTINCT v)"));
    }
    check(type, "", select(columns, "t"), SEED, true);
  }

  @ParameterizedTest
  @MethodSource("types")
  void rowsTakenBack(String type) throws InterruptedException {
    List<String> columns = new ArrayList<>(unordered(type));
    columns.addAll(exactSums(type));
    check(type, "", select(columns, UPDATED), SEED + 1, false);
  }

  @ParameterizedTest
  @MethodSource("types")
  void twoPhases(String type) throws InterruptedException {
    List<String> columns = new ArrayList<>(unordered(type));
    columns.addAll(exactSums(type));
    check(type, TWO_PHASE, select(columns, "t"), SEED + 2, false);
    check(type, TWO_PHASE, select(columns, UPDATED), SEED + 3, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "STRING", "DOUBLE"})
  void splitDistinct(String type) throws InterruptedException {
    List<String> columns = new ArrayList<>(List.of("COUNT(*)", "COUNT(v)", "MIN(v)", "MAX(v)"));
    columns.add("COUNT(DISTINCT v)");
    columns.add("COUNT(DISTINCT v) FILTER (WHERE f)");
    columns.add("COUNT(DISTINCT id)");
    if (isNumeric(type)) {
      columns.addAll(List.of("SUM(v)", "AVG(v)", "SUM(DISTINCT v)"));
    }
    check(type, SPLIT_DISTINCT, select(columns, "t"), SEED + 4, false);
    check(type, TWO_PHASE + SPLIT_DISTINCT, select(columns, "t"), SEED + 5, false);
    check(type, TWO_PHASE + SPLIT_DISTINCT, select(columns, UPDATED), SEED + 6, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GROUPING SETS ((k, f), (k), (f), ())", "CUBE (k, f)", "ROLLUP (k, f)"})
  void groupingSets(String sets) throws InterruptedException {
    String columns =
        "k, f, GROUPING(k), GROUPING_ID(k, f), COUNT(*), SUM(v), COUNT(DISTINCT v), MIN(v)";
    String sql = "SELECT " + columns + " FROM t GROUP BY " + sets;
    check("INT", "", sql, SEED + 7, false);
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
                "ARRAY_AGG(v) FILTER (WHERE f)"));
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
    if (!type.equals("BOOLEAN")) {
      calls.addAll(List.of("MIN(v)", "MAX(v)", "MAX(v) FILTER (WHERE f)", "MIN(DISTINCT v)"));
    }
    return calls;
  }

  private static List<String> exactSums(String type) {
    return isNumeric(type)
        ? List.of("SUM(v)", "AVG(v)", "SUM(v) FILTER (WHERE f)", "SUM(DISTINCT v)")
        : List.of();
  }

  private static String select(List<String> columns, String from) {
    return "SELECT k, " + String.join(", ", columns) + " FROM " + from + " GROUP BY k";
  }

  private static void check(String type, String options, String sql, long seed, boolean any)
      throws InterruptedException {
    String script =
        options
            + "CREATE TABLE t (id INT, k INT, f BOOLEAN, v "
            + type
            + ") WITH ('connector' = 'memory');\n"
            + sql
            + ";";
    List<Row> rows = rows(type, new Random(seed), any);
    Map<List<Object>, Integer> flink = run(script, rows, Engine.FLINK, 1);
    assertThat(flink).isNotEmpty();
    assertThat(run(script, rows, Engine.NATIVE, 1))
        .as("seed %d: %s", seed, script)
        .isEqualTo(flink);
  }

  /** The rows that a SELECT ends with, and how often each is there. */
  private static Map<List<Object>, Integer> run(
      String script, List<Row> rows, Engine engine, int parallelism) throws InterruptedException {
    Map<List<Object>, Integer> result = new HashMap<>();
    try (Job job =
        Millrace.sql(script)
            .engine(engine)
            .parallelism(parallelism)
            .source("t", MemorySource.of(rows.toArray(new Row[0])))
            .start()) {
      job.forEachRow(
          row -> {
            boolean added = row.kind() == RowKind.INSERT || row.kind() == RowKind.UPDATE_AFTER;
            result.merge(row.values(), added ? 1 : -1, (a, b) -> a + b == 0 ? null : a + b);
          });
    }
    return result;
  }

  private static List<Row> rows(String type, Random random, boolean any) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Object key = random.nextInt(10) == 0 ? null : random.nextInt(KEYS);
      Object filter = random.nextInt(6) == 0 ? null : random.nextBoolean();
      rows.add(Row.of(random.nextInt(60), key, filter, value(type, random, any)));
    }
    return rows;
  }

  /** {@code any} says whether sums may be inexact. */
  private static Object value(String type, Random random, boolean any) {
    if (random.nextInt(7) == 0) {
      return null;
    }
    int n = random.nextInt(20) - 8;
    return switch (type) {
      case "TINYINT" -> (byte) (n * 12);
      case "SMALLINT" -> (short) (n * 3000);
      case "INT" -> n * 200_000_000;
      case "BIGINT" -> n * (Long.MAX_VALUE / 12);
      case "FLOAT" -> any ? floating(n).floatValue() : n / 8f;
      case "DOUBLE" -> any ? floating(n) : (Double) (n / 8d);
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
