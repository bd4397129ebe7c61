package dev.millrace.formats.json;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.Vector;

/** Writes the values of a type as JSON. Stateless. */
interface ValueWriter {
  /** Appends the value at a position that is not null. */
  void write(Vector vector, int position, ByteHeap to);

  /** Appends the value at a position, or {@code null}. */
  default void writeNullable(Vector vector, int position, ByteHeap to) {
    if (vector.isNull(position)) {
      JsonText.appendNull(to);
    } else {
      write(vector, position, to);
    }
  }
}
