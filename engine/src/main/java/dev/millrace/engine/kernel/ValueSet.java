package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.List;

/** A set of constants, to look up the values of a column in. */
public sealed interface ValueSet permits LongSet, BytesSet {
  /** Whether there can be a set of constants of one type to look up values of another type in. */
  static boolean holds(DataType valueType, DataType constantType) {
    return (isIntegral(valueType) && isIntegral(constantType))
        || (valueType.isString() && constantType.isString())
        || (valueType.isBinary() && constantType.isBinary());
  }

  private static boolean isIntegral(DataType type) {
    return switch (type.storage()) {
      case BYTE, SHORT, INT, LONG -> true;
      default -> false;
    };
  }

  /** The set of constants of a type, of the classes of the engine's {@code Values}. */
  static ValueSet of(DataType type, List<?> constants) {
    return isIntegral(type) ? LongSet.of(type, constants) : BytesSet.of(type, constants);
  }

  /** Whether the set holds the value at each of {@code count} positions; undefined at nulls. */
  boolean[] contains(Vector vector, int count);
}
