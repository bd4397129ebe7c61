package dev.millrace.engine.function.text;

import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;

/** What a string kernel can take as an argument. */
enum Parameter {
  /** CHAR or VARCHAR. */
  TEXT,
  /** CHAR, VARCHAR, BINARY or VARBINARY. */
  BYTES,
  /** An integer of up to 32 bits, to be read with {@link NumericArrays#ints}. */
  INT,
  /** Any integer, to be read with {@link NumericArrays#longs}. */
  LONG;

  boolean accepts(DataType type) {
    return switch (this) {
      case TEXT -> type.isString();
      case BYTES -> type.isString() || type.isBinary();
      case INT -> type.isInteger() && !type.is(TypeRoot.BIGINT);
      case LONG -> type.isInteger();
    };
  }
}
