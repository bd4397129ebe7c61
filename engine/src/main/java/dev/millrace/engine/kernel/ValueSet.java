package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.List;

/** A set of constants, to look up the values of a column in. */
public sealed interface ValueSet permits LongSet, BytesSet {
  /** For types that have no hash set, null. {@code values} as the engine's {@code Values}. */
  static ValueSet of(DataType type, List<?> values) {
    return switch (type.storage()) {
      case BYTE, SHORT, INT, LONG -> LongSet.of(type, values);
      case BYTES -> BytesSet.of(type, values);
      default -> null;
    };
  }

  /** Whether the set holds the value at each of {@code count} positions; undefined at nulls. */
  boolean[] contains(Vector vector, int count);
}
