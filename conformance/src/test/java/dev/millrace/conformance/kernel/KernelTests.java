package dev.millrace.conformance.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A table of SQL expressions, each evaluated by Flink and by the engine on the same random and edge
 * rows and compared to the bit, failing rows included.
 *
 * <p>A subclass lists them in {@link #expressions} with {@link #check} and {@link #checkWhere};
 * each becomes a test of its own. A run with another seed: {@code -Dmillrace.random.seed=N}.
 */
abstract class KernelTests {
  static final DataType BOOLEAN = DataType.of(TypeRoot.BOOLEAN);
  static final DataType TINYINT = DataType.of(TypeRoot.TINYINT);
  static final DataType SMALLINT = DataType.of(TypeRoot.SMALLINT);
  static final DataType INT = DataType.of(TypeRoot.INT);
  static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);
  static final DataType FLOAT = DataType.of(TypeRoot.FLOAT);
  static final DataType DOUBLE = DataType.of(TypeRoot.DOUBLE);
  static final DataType STRING = DataType.string();
  static final DataType BYTES = DataType.bytes();
  static final DataType DATE = DataType.of(TypeRoot.DATE);
  static final DataType TIME = DataType.of(TypeRoot.TIME, 0);

  private static final int ROWS = 400;
  private static final long SEED = Long.getLong("millrace.random.seed", 20_240_229);

  private final List<DynamicTest> tests = new ArrayList<>();
  private ZoneId zone = ZoneId.of("Europe/Berlin");

  static DataType decimal(int precision, int scale) {
    return DataType.decimal(precision, scale);
  }

  static DataType timestamp(int precision) {
    return DataType.of(TypeRoot.TIMESTAMP, precision);
  }

  static DataType timestampLtz(int precision) {
    return DataType.of(TypeRoot.TIMESTAMP_LTZ, precision);
  }

  static DataType varchar(int length) {
    return DataType.of(TypeRoot.VARCHAR, length);
  }

  static DataType character(int length) {
    return DataType.of(TypeRoot.CHAR, length);
  }

  static DataType notNull(DataType type) {
    return type.withNullable(false);
  }

  /** A column that also gets the example values, of the classes of the engine's {@code Values}. */
  static Column column(String name, DataType type, Object... examples) {
    return new Column(name, type, Arrays.asList(examples));
  }

  /** Calls {@link #check} for each expression. */
  abstract void expressions();

  @TestFactory
  List<DynamicTest> sameAsFlink() {
    expressions();
    return tests;
  }

  /** The session's time zone for the checks that follow; at first Europe/Berlin. */
  final void inZone(String name) {
    zone = ZoneId.of(name);
  }

  /** {@code SELECT expression FROM t}, where t has these columns. */
  final void check(String expression, Column... columns) {
    add(expression, null, columns);
  }

  /** {@code SELECT expression FROM t WHERE condition}. */
  final void checkWhere(String expression, String condition, Column... columns) {
    add(expression, condition, columns);
  }

  private void add(String expression, String condition, Column... columns) {
    List<Column> input = List.of(columns);
    ZoneId sessionZone = zone;
    String name = expression + (condition == null ? "" : " WHERE " + condition) + " " + input;
    tests.add(
        DynamicTest.dynamicTest(
            name,
            () -> {
              try {
                compare(sessionZone, expression, condition, input);
              } catch (AssertionError | Exception e) {
                throw new AssertionError(name + ": " + e.getMessage(), e);
              }
            }));
  }

  private static void compare(
      ZoneId zone, String expression, String condition, List<Column> columns) throws Exception {
    FlinkCalc flink = FlinkCalc.compile(zone, expression, condition, columns);
    NativeCalc engine = NativeCalc.of(flink.planJson(), columns);
    List<List<Object>> rows = new RandomRows(SEED).rows(columns, ROWS);
    Batch batch = NativeCalc.batch(columns, rows);
    compare(flink, engine.evaluate(batch, Positions.all(ROWS), zone), columns, rows);
    compare(flink, engine.evaluate(batch, someRows(), zone), columns, rows);
  }

  /** Every third row or so, so that a kernel which mixes up rows and positions is found out. */
  private static Positions someRows() {
    Random random = new Random(SEED);
    int[] some = new int[ROWS];
    int count = 0;
    for (int row = 0; row < ROWS; row++) {
      if (random.nextInt(3) == 0) {
        some[count++] = row;
      }
    }
    return Positions.of(some, count);
  }

  private static void compare(
      FlinkCalc flink, List<Outcome> outcomes, List<Column> columns, List<List<Object>> rows) {
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (int i = 0; i < rows.size(); i++) {
      Outcome actual = outcomes.get(i);
      if (actual == null) {
        continue;
      }
      compared++;
      RowData row = FlinkRows.row(columns, rows.get(i));
      Outcome expected = flink.evaluate(row);
      if (!expected.equals(actual)) {
        differences.add(
            "%s: Flink %s, engine %s".formatted(describe(rows.get(i)), expected, actual));
      }
    }
    assertThat(compared).isPositive();
    assertThat(differences.stream().limit(10))
        .as("%d of %d rows differ, seed %d", differences.size(), compared, SEED)
        .isEmpty();
  }

  private static String describe(List<Object> row) {
    List<Object> readable = new ArrayList<>();
    for (Object value : row) {
      readable.add(value instanceof byte[] bytes ? PlainValues.Bytes.of(bytes) : value);
    }
    return readable.toString();
  }
}
