package dev.millrace.conformance.kernel;

import dev.millrace.engine.type.DataType;
import java.util.List;

/** Comparison, logic, branches. */
class CoreKernelsTest extends KernelTests {
  private static final List<DataType> NUMBERS =
      List.of(
          TINYINT,
          SMALLINT,
          INT,
          BIGINT,
          FLOAT,
          DOUBLE,
          decimal(9, 2),
          decimal(18, 4),
          decimal(38, 10),
          decimal(38, 0));
  private static final List<DataType> OTHERS =
      List.of(
          BOOLEAN,
          STRING,
          varchar(3),
          character(3),
          BYTES,
          DATE,
          TIME,
          timestamp(3),
          timestamp(9),
          timestampLtz(3),
          timestampLtz(6));
  private static final List<String> OPERATORS = List.of("=", "<>", "<", "<=", ">", ">=");

  @Override
  void expressions() {
    comparisons();
    logic();
    branches();
    searches();
  }

  private void comparisons() {
    for (DataType left : NUMBERS) {
      compareAll(left, left);
      for (DataType right : NUMBERS) {
        check("a < b AND a <= b OR a > b", column("a", left), column("b", right));
      }
    }
    check("a = b", column("a", BIGINT), column("b", INT));
    check("a <> b", column("a", decimal(20, 2)), column("b", SMALLINT));
    check("a = b", column("a", DOUBLE), column("b", decimal(10, 2)));
    for (DataType type : OTHERS) {
      compareAll(type, type);
      check("a >= b", column("a", type), column("b", notNull(type)));
      check("a IS DISTINCT FROM b", column("a", type), column("b", type));
      check("a IS NOT DISTINCT FROM b", column("a", type), column("b", type));
    }
    compareAll(timestamp(3), timestamp(6));
    compareAll(character(2), STRING);
    check("a = '2024-02-29'", column("a", DATE));
    check("a <> '2024-02-29 12:34:56.789'", column("a", timestamp(3)));
    check("a = '12:00:00'", column("a", TIME));
    check("a = b", column("a", DataType.array(INT)), column("b", DataType.array(INT)));
    check("a <> b", column("a", DataType.array(STRING)), column("b", DataType.array(STRING)));
    DataType map = DataType.map(STRING, DATE);
    check("a = b", column("a", map), column("b", map));
    check("a <> b", column("a", ROW), column("b", ROW));
  }

  private static final DataType ROW =
      DataType.row(List.of(new DataType.Field("x", INT), new DataType.Field("y", STRING)));

  private void compareAll(DataType left, DataType right) {
    for (String operator : OPERATORS) {
      check("a " + operator + " b", column("a", left), column("b", right));
    }
  }

  private void logic() {
    Column a = column("a", BOOLEAN);
    Column b = column("b", BOOLEAN);
    Column c = column("c", BOOLEAN);
    check("a AND b", a, b);
    check("a OR b", a, b);
    check("NOT a", a);
    check("a AND b AND NOT c OR a AND c", a, b, c);
    check("(a OR b) AND (b OR c) AND (a OR c)", a, b, c);
    for (String test : List.of("TRUE", "FALSE", "UNKNOWN", "NULL")) {
      check("a IS " + test, a);
      check("a IS NOT " + test, a);
      check("(a AND b) IS " + test, a, b);
    }
    check("s IS NULL", column("s", STRING));
    check("s IS NOT NULL OR i IS NULL", column("s", STRING), column("i", INT));
    check("i <> 0 AND 10 / i > 2", column("i", INT));
    check("10 / i > 2 AND i <> 0", column("i", INT));
    check("i = 0 OR 10 / i > 2", column("i", INT));
    check("a AND 1 / i = 1 OR b", a, b, column("i", INT));
    checkWhere("i", "i > j AND j IS NOT NULL", column("i", INT), column("j", INT));
    checkWhere("i + j", "10 / j > 1", column("i", INT), column("j", INT));
  }

  private void branches() {
    Column i = column("i", INT);
    Column j = column("j", INT);
    Column s = column("s", STRING);
    Column t = column("t", STRING);
    Column b = column("b", BOOLEAN);
    check("CASE WHEN i > 2 THEN 'a' WHEN i < 0 THEN s END", i, s);
    check("CASE WHEN b THEN s ELSE t END", b, s, t);
    check("CASE i WHEN 1 THEN 'one' WHEN 2 THEN 'three' ELSE 'fooo' END", i);
    check("CASE i WHEN 1 THEN 10 / j WHEN 2 THEN j / i ELSE i + j END", i, j);
    check("CASE WHEN i = 0 THEN 0 ELSE 10 / i END", i);
    check("CASE WHEN b THEN i ELSE l END", b, i, column("l", BIGINT));
    check("CASE WHEN b THEN i ELSE d END", b, i, column("d", decimal(20, 3)));
    for (DataType type : NUMBERS) {
      check("CASE WHEN b THEN x END", b, column("x", type));
      check("COALESCE(x, y)", column("x", type), column("y", type));
    }
    for (DataType type : OTHERS) {
      check("CASE WHEN b THEN x ELSE y END", b, column("x", type), column("y", type));
      check("COALESCE(x, y)", column("x", type), column("y", type));
      check("NULLIF(x, y)", column("x", type), column("y", type));
    }
    DataType map = DataType.map(STRING, DataType.array(INT));
    check("CASE WHEN b THEN x ELSE y END", b, column("x", map), column("y", map));
    check("CASE WHEN b THEN x ELSE y END", b, column("x", ROW), column("y", ROW));
    check("COALESCE(x, y)", column("x", DataType.array(ROW)), column("y", DataType.array(ROW)));
    check("COALESCE(s, t, 'none')", s, t);
    check("COALESCE(i / j, j / i, 7)", i, j);
    check("IFNULL(s, 'u')", s);
    check("IFNULL(i / j, j / i)", i, j);
    check("NULLIF(i, j)", i, j);
    check("IF(b, i, j)", b, i, j);
    check("IF(b, s, t)", b, s, t);
    check("IF(i = 0, 0, 10 / i)", i);
    check("IF(b, i, d)", b, i, column("d", DOUBLE));
  }

  private void searches() {
    Column i = column("i", INT);
    Column s = column("s", STRING);
    check("i IN (1, 2, 3)", i);
    check("i NOT IN (1, 2, -3)", i);
    check("i IN (1, 2, 3) OR i IS NULL", i);
    check("i NOT IN (1, 2, 3) OR i IS NULL", i);
    check("i IN (1, 2, 3) AND i IS NOT NULL", i);
    check("i NOT IN (1, 2, 3) AND i IS NOT NULL", i);
    check("i BETWEEN -1 AND 2", i);
    check("i NOT BETWEEN -1 AND 2", i);
    check("i > 1 AND i < 3 OR i = 700 OR i <= -5", i);
    check("i > 1 OR i IS NULL", i);
    check("(i > 1 AND i < 100) OR i < -1 OR i IS NULL", i);
    check("NOT (i IN (1, 2) OR i IS NULL)", i);
    check("s IN ('a', 'abc', '')", s);
    check("s NOT IN ('a', 'abc', '')", s);
    check("s >= 'a' AND s < 'b' AND s <> 'abc'", s);
    check("s IN ('a', 'hello world', 'x') OR s IS NULL", s);
    check("c IN ('a', 'abc')", column("c", character(3)));
    check("c IN ('a', 'abcdef')", column("c", varchar(3)));
    check("d IN (0.0, 1.0, 2.5)", column("d", DOUBLE));
    check("d NOT IN (0, 1)", column("d", DOUBLE));
    check("d BETWEEN 0 AND 1", column("d", DOUBLE));
    check("d IN (CAST(0 AS DOUBLE), CAST(1 AS DOUBLE))", column("d", DOUBLE));
    check("d IN (0.00, 1.5, 0.011)", column("d", decimal(10, 2)));
    check("d BETWEEN -1.555 AND 1000", column("d", decimal(10, 2)));
    check("d IN (0.00, 1.5, 0.011)", column("d", decimal(38, 2)));
    check("f IN (0, 1)", column("f", FLOAT));
    check("t IN (1, 2)", column("t", TINYINT));
    check("t > 1 AND t < 100", column("t", SMALLINT));
    check("l IN (1, 2, 9999999999)", column("l", BIGINT));
    check("x IN (DATE '2024-02-29', DATE '1970-01-01')", column("x", DATE));
    check("x BETWEEN DATE '2000-01-01' AND DATE '2024-12-31'", column("x", DATE));
    check(
        "x > TIMESTAMP '2000-01-01 00:00:00' AND x <> TIMESTAMP '2024-02-29 12:34:56.789'",
        column("x", timestamp(3)));
    check("x IN (TIME '00:00:00', TIME '12:00:00')", column("x", TIME));
    checkWhere("i", "i IN (1, 2, 3) OR i IS NULL", i);
    checkWhere("i", "i NOT IN (1, 2)", i);
  }
}
