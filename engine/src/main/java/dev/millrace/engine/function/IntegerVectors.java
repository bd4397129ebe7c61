package dev.millrace.engine.function;

import dev.millrace.engine.batch.ByteVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.ShortVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.type.DataType;

/** Columns of an integer type, made of wider numbers whose high bits are dropped. */
final class IntegerVectors {
  private IntegerVectors() {}

  static Vector of(DataType type, int[] values, Result result) {
    int count = values.length;
    return switch (type.root()) {
      case TINYINT -> new ByteVector(count, NumericArrays.narrowToBytes(values), result.nulls());
      case SMALLINT -> new ShortVector(count, NumericArrays.narrowToShorts(values), result.nulls());
      default -> new IntVector(count, values, result.nulls());
    };
  }

  static Vector of(DataType type, long[] values, Result result) {
    return switch (type.root()) {
      case BIGINT -> new LongVector(values.length, values, result.nulls());
      default -> of(type, NumericArrays.narrowToInts(values), result);
    };
  }
}
