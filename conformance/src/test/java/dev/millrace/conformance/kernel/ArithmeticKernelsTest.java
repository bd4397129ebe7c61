package dev.millrace.conformance.kernel;

import dev.millrace.engine.type.DataType;
import java.util.List;

/** The arithmetic operators on all pairs of numeric types. */
class ArithmeticKernelsTest extends KernelTests {
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
    for (String operator : List.of("+", "-", "*", "/")) {
      for (DataType left : NUMBERS) {
        for (DataType right : NUMBERS) {
          check("a " + operator + " b", column("a", left), column("b", right));
        }
      }
    }
    for (DataType type : NUMBERS) {
      check("-a", column("a", type));
      check("+a + a", column("a", type));
      check("a + 1", column("a", type));
      check("2 * a - 1.5", column("a", type));
    }
    check("a + b * a - b / 7", column("a", notNull(INT)), column("b", BIGINT));
  }
}
