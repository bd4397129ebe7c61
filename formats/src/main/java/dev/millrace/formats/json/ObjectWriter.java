package dev.millrace.formats.json;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.Vector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes the fields of a row as the members of an object, in the order of the row type. */
final class ObjectWriter {
  private final byte[][] names;
  private final ValueWriter[] writers;
  private final boolean leaveOutNulls;

  ObjectWriter(List<String> fieldNames, ValueWriter[] writers, boolean leaveOutNulls) {
    this.names = fieldNames.stream().map(ObjectWriter::member).toArray(byte[][]::new);
    this.writers = writers;
    this.leaveOutNulls = leaveOutNulls;
  }

  /** A name as it is written, with its colon. */
  private static byte[] member(String name) {
    ByteHeap heap = new ByteHeap();
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    JsonText.appendString(heap, text, 0, text.length);
    heap.append((byte) ':');
    return Arrays.copyOf(heap.data(), heap.length());
  }

  void begin(ByteHeap to) {
    to.append((byte) '{');
  }

  void field(int index, Vector vector, int position, ByteHeap to) {
    if (vector.isNull(position) && leaveOutNulls) {
      return;
    }
    // Nothing else ends in an opening brace here: a nested object is complete when a field begins.
    if (to.data()[to.length() - 1] != '{') {
      to.append((byte) ',');
    }
    to.append(names[index]);
    writers[index].writeNullable(vector, position, to);
  }

  void end(ByteHeap to) {
    to.append((byte) '}');
  }
}
