package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.VectorBuilder;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.Storage;
import java.util.List;

/** A set of constants, to look up the values of a column in. */
public sealed interface ValueSet permits LongSet, DoubleSet, BytesSet {
  /** Whether there can be a set of constants of one type to look up values of another type in. */
  static boolean holds(DataType valueType, DataType constantType) {
    return (isIntegral(valueType) && isIntegral(constantType))
        || (isFloating(valueType) && isFloating(constantType))
        || (valueType.isString() && constantType.isString())
        || (valueType.isBinary() && constantType.isBinary());
  }

  private static boolean isIntegral(DataType type) {
    return switch (type.storage()) {
      case BYTE, SHORT, INT, LONG -> true;
      default -> false;
    };
  }

  private static boolean isFloating(DataType type) {
    return type.storage() == Storage.FLOAT || type.storage() == Storage.DOUBLE;
  }

  /** The set of constants of a type, of the classes of the engine's {@code Values}. */
  static ValueSet of(DataType type, List<?> constants) {
    VectorBuilder builder = VectorBuilder.of(type, new ByteHeap());
    constants.forEach(constant -> Values.append(builder, type, constant));
    Vector vector = builder.build();
    if (isIntegral(type)) {
      return new LongSet(NumericArrays.longs(vector, constants.size()), constants.size());
    }
    return isFloating(type)
        ? new DoubleSet(NumericArrays.doubles(vector, type, constants.size()), constants.size())
        : new BytesSet((BytesVector) vector);
  }

  /** Whether the set holds the value at each of {@code count} positions; undefined at nulls. */
  boolean[] contains(Vector vector, int count);
}
