package dev.millrace.formats.json;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.VectorBuilder;
import java.nio.charset.StandardCharsets;

/**
 * Reads CHAR and VARCHAR. A string without escapes is not copied but pointed to; a number keeps its
 * text; an object or array becomes JSON text.
 */
final class StringReader extends ScalarReader {
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  private final JsonTree tree;
  private BytesBuilder builder;

  StringReader(Place place, JsonTree tree) {
    super(place);
    this.tree = tree;
  }

  @Override
  int read(JsonInput in, int position) {
    if (in.at(position) != '"') {
      return super.read(in, position);
    }
    int from = position + 1;
    int stringEnd = in.stringEnd(from);
    string(in, from, stringEnd);
    return (stringEnd < 0 ? ~stringEnd : stringEnd) + 1;
  }

  @Override
  boolean string(JsonInput in, int from, int stringEnd) {
    if (stringEnd >= 0) {
      appendFromInput(in, from, stringEnd);
    } else if (in.needsDecoding()) {
      ByteHeap heap = builder.heap();
      int start = heap.length();
      builder.appendRange(start, in.decodeString(from, ~stringEnd, heap));
    } else {
      appendFromInput(in, from, ~stringEnd);
    }
    return true;
  }

  @Override
  boolean number(JsonInput in, int from, int to) {
    appendFromInput(in, from, to);
    return true;
  }

  private void appendFromInput(JsonInput in, int from, int to) {
    if (in.onHeap()) {
      builder.appendRange(from, to - from);
    } else {
      builder.append(in.data(), from, to - from);
    }
  }

  @Override
  boolean bool(boolean value) {
    builder.append(value ? TRUE : FALSE);
    return true;
  }

  @Override
  boolean container(JsonInput in, int from) {
    ByteHeap heap = builder.heap();
    int start = heap.length();
    if (!tree.appendCanonical(in, from, heap)) {
      return false;
    }
    builder.appendRange(start, heap.length() - start);
    return true;
  }

  @Override
  void bind(VectorBuilder to) {
    super.bind(to);
    builder = (BytesBuilder) to;
  }
}
