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
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
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

  static Stream<List<String>> types() {
    return Stream.of(NUMBERS, OTHERS);
  }

  @ParameterizedTest
  @MethodSource("types")
  void addedRows(List<String> types) throws InterruptedException {
    List<String> columns = columns(types, AggregateFunctionsSqlTest::ordered);
    columns.addAll(columns(types, AggregateFunctionsSqlTest::unordered));
    check(types, "", columns, "t GROUP BY k", SEED, true);
  }

  @ParameterizedTest
  @MethodSource("types")
  void rowsTakenBack(List<String> types) throws InterruptedException {
    List<String> columns = columns(types, AggregateFunctionsSqlTest::unordered);
    check(types, "", columns, updated(types) + " GROUP BY k", SEED + 1, false);
  }

  @ParameterizedTest
  @MethodSource("types")
  void twoPhases(List<String> types) throws InterruptedException {
    List<String> columns = columns(types, AggregateFunctionsSqlTest::unordered);
    // In Flink values that were taken back in another mini-batch stay in a multiset, zero times.
    columns.removeIf(call -> call.startsWith("COLLECT"));
    check(types, TWO_PHASE, columns, updated(types) + " GROUP BY k", SEED + 2, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", TWO_PHASE})
  void splitDistinct(String phases) throws InterruptedException {
    List<String> types = List.of("INT", "STRING", "DOUBLE");
    List<String> columns = new ArrayList<>(List.of("k", "COUNT(*)", "COUNT(DISTINCT id)"));
    for (int i = 0; i < types.size(); i++) {
      String v = "v" + i;
      columns.add("COUNT(" + v + ")");
      columns.add("MAX(" + v + ")");
      columns.add("COUNT(DISTINCT " + v + ")");
      columns.add("COUNT(DISTINCT " + v + ") FILTER (WHERE f)");
    }
    columns.addAll(List.of("SUM(v0)", "AVG(v0)", "SUM(DISTINCT v0)", "AVG(v2)"));
    String options = phases + SPLIT_DISTINCT;
    check(types, options, columns, "t GROUP BY k", SEED + 3, false);
    check(types, options, columns, updated(types) + " GROUP BY k", SEED + 4, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GROUPING SETS ((k, f), (k), (f), ())", "CUBE (k, f)", "ROLLUP (k, f)"})
  void groupingSets(String sets) throws InterruptedException {
    List<String> columns =
        List.of(
            "k",
            "f",
            "GROUPING(k)",
            "GROUPING_ID(k, f)",
            "COUNT(*)",
            "SUM(v0)",
            "COUNT(DISTINCT v0)",
            "MIN(v0)");
    check(List.of("INT"), "", columns, "t GROUP BY " + sets, SEED + 5, false);
  }

  /** The key, and the calls on each type's column, which is called v and its number. */
  private static List<String> columns(
      List<String> types, Function<String, List<String>> callsOnType) {
    List<String> columns = new ArrayList<>(List.of("k"));
    for (int i = 0; i < types.size(); i++) {
      for (String call : callsOnType.apply(types.get(i))) {
        columns.add(call.replace("(v", "(v" + i).replace("DISTINCT v", "DISTINCT v" + i));
      }
    }
    return columns;
  }

  /** The last values of each id, so that rows are taken back. */
  private static String updated(List<String> types) {
    StringBuilder sql = new StringBuilder("(SELECT id, LAST_VALUE(k) AS k, LAST_VALUE(f) AS f");
    for (int i = 0; i < types.size(); i++) {
      sql.append(", LAST_VALUE(v").append(i).append(") AS v").append(i);
    }
    return sql.append(" FROM t GROUP BY id)").toString();
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
    if (isNumeric(type)) {
      calls.addAll(List.of("SUM(v)", "AVG(v)", "SUM(v) FILTER (WHERE f)", "SUM(DISTINCT v)"));
    }
    return calls;
  }

  private static void check(
      List<String> types,
      String options,
      List<String> columns,
      String from,
      long seed,
      boolean inexact)
      throws InterruptedException {
    StringBuilder script = new StringBuilder(options);
    script.append("CREATE TABLE t (id INT, k INT, f BOOLEAN");
    for (int i = 0; i < types.size(); i++) {
      script.append(", v").append(i).append(' ').append(types.get(i));
    }
    script.append(") WITH ('connector' = 'memory');\nSELECT ");
    script.append(String.join(", ", columns)).append(" FROM ").append(from).append(';');
    List<Row> rows = rows(types, new Random(seed), inexact);
    Map<List<Object>, Integer> flink = run(script.toString(), rows, Engine.FLINK);
    Map<List<Object>, Integer> millrace = run(script.toString(), rows, Engine.NATIVE);
    assertThat(flink).isNotEmpty();
    assertThat(differences(flink, millrace, columns)).as("seed %d: %s", seed, script).isEmpty();
    assertThat(millrace).isEqualTo(flink);
  }

  /** In words, the columns that differ in rows that have no equal. */
  private static List<String> differences(
      Map<List<Object>, Integer> flink, Map<List<Object>, Integer> millrace, List<String> columns) {
    List<String> differences = new ArrayList<>();
    for (List<Object> row : flink.keySet()) {
      for (List<Object> other : millrace.keySet()) {
        boolean comparable =
            Objects.equals(row.get(0), other.get(0))
                && !millrace.containsKey(row)
                && !flink.containsKey(other);
        for (int i = 0; comparable && i < columns.size(); i++) {
          if (!Objects.equals(row.get(i), other.get(i))) {
            differences.add(columns.get(i) + ": Flink " + row.get(i) + ", we " + other.get(i));
          }
        }
      }
    }
    return differences;
  }

  /** The rows that a SELECT ends with, and how often each is there. */
  private static Map<List<Object>, Integer> run(String script, List<Row> rows, Engine engine)
      throws InterruptedException {
    Map<List<Object>, Integer> result = new HashMap<>();
    try (Job job =
        Millrace.sql(script)
            .engine(engine)
            .parallelism(1)
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

  private static List<Row> rows(List<String> types, Random random, boolean inexact) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      List<Object> row = new ArrayList<>();
      row.add(random.nextInt(60));
      row.add(random.nextInt(10) == 0 ? null : random.nextInt(KEYS));
      row.add(random.nextInt(6) == 0 ? null : random.nextBoolean());
      types.forEach(type -> row.add(value(type, random, inexact)));
      rows.add(Row.of(row.toArray()));
    }
    return rows;
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
