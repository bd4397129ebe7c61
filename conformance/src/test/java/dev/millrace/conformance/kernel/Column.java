package dev.millrace.conformance.kernel;

import dev.millrace.engine.type.DataType;
import java.util.List;

/**
 * An input column of an expression under test.
 *
 * @param examples values to try besides the type's own edge values, as the engine's {@code Values}
 *     has them
 */
record Column(String name, DataType type, List<Object> examples) {
  @Override
  public String toString() {
    return name + " " + type;
  }
}
