package dev.millrace.engine.function;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Kernel;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.key.KeyHash;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import java.util.List;
import java.util.Map;

/**
 * The planner's own HASH_CODE, by which it splits DISTINCT arguments into buckets: any hash will
 * do, as long as equal values have the same.
 */
final class HashFunctions implements FunctionSet {
  @Override
  public Map<String, Function> functions() {
    return Map.of("HASH_CODE", HashFunctions::hashCode);
  }

  private static Expression hashCode(FunctionCall call) {
    DataType row = DataType.row(List.of(new Field("value", call.argumentType(0))));
    Kernel kernel = (arguments, result) -> hash(row, arguments, result);
    return new StrictCall(call.type(), call.arguments(), kernel);
  }

  private static Vector hash(DataType row, Vector[] arguments, Result result) {
    int[] hashes = new KeyHash(row, List.of(0)).hash(new Batch(result.count(), arguments));
    return new IntVector(result.count(), hashes, result.nulls());
  }
}
