package dev.millrace.conformance.kernel;

import dev.millrace.engine.type.DataType;
import java.util.List;

/** Functions of numbers. */
class NumericKernelsTest extends KernelTests {
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
          decimal(38, 10));

  @Override
  void expressions() {
    for (DataType type : NUMBERS) {
      Column x = column("x", type);
      for (String function : List.of("ABS", "FLOOR", "CEIL", "SIGN", "ROUND")) {
        check(function + "(x)", x);
      }
      for (int digits : new int[] {-30, -2, -1, 0, 1, 3}) {
        check("ROUND(x, " + digits + ")", x);
      }
      check("GREATEST(x, y, z)", x, column("y", type), column("z", type));
      check("LEAST(x, y)", x, column("y", type));
      check("SQRT(x)", x);
      check("POWER(x, y)", x, column("y", DOUBLE));
      check("EXP(x) + LN(x)", x);
    }
    for (DataType type : List.of(INT, BIGINT, FLOAT, DOUBLE, decimal(9, 2), decimal(38, 10))) {
      Column x = column("x", type);
      check("TRUNCATE(x)", x);
      for (int digits : new int[] {-30, -2, 0, 1, 3}) {
        check("TRUNCATE(x, " + digits + ")", x);
      }
    }
    for (DataType type : List.of(INT, DOUBLE, decimal(9, 2))) {
      Column x = column("x", type);
      for (String function :
          List.of(
              "LOG10", "LOG2", "LOG", "SIN", "COS", "TAN", "COT", "ASIN", "ACOS", "ATAN", "SINH",
              "COSH", "TANH", "DEGREES", "RADIANS")) {
        check(function + "(x)", x);
      }
      check("LOG(2, x)", x);
      check("LOG(x, y)", x, column("y", type));
      check("ATAN2(x, y)", x, column("y", type));
    }
    check("ROUND(x, MOD(y, 4))", column("x", DOUBLE), column("y", INT));
    check("ROUND(x, MOD(y, 4))", column("x", BIGINT), column("y", INT));
    check("GREATEST(i, l, d)", column("i", INT), column("l", BIGINT), column("d", decimal(10, 2)));
    check("LEAST(a, b)", column("a", STRING), column("b", STRING));
    check("GREATEST(a, b)", column("a", timestamp(6)), column("b", timestamp(6)));
    check("GREATEST(a, b)", column("a", DATE), column("b", DATE));
    check("LEAST(a, b)", column("a", BOOLEAN), column("b", BOOLEAN));
    check("PI() * x + E()", column("x", DOUBLE));
    check("MOD(a, b)", column("a", INT), column("b", INT));
    check("MOD(a, b)", column("a", BIGINT), column("b", INT));
    check("MOD(a, b)", column("a", INT), column("b", BIGINT));
    check("MOD(a, b)", column("a", TINYINT), column("b", SMALLINT));
    check("MOD(a, b)", column("a", decimal(10, 2)), column("b", decimal(12, 3)));
    check("MOD(a, b)", column("a", decimal(10, 2)), column("b", INT));
    check("MOD(a, b)", column("a", INT), column("b", decimal(10, 2)));
    check("a % 7", column("a", BIGINT));
    check("a % 2.5", column("a", decimal(38, 10)));
  }
}
