package dev.millrace.engine.function.cast;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.text.Utf8;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.nio.charset.StandardCharsets;

/** Cuts text and bytes to the length of their type, and fills them up to a fixed one. */
final class FitCasts {
  private FitCasts() {}

  /** From text of any length, as a source type makes it, to CHAR or VARCHAR. */
  static Cast text(DataType source, DataType target) {
    int length = target.length();
    boolean fixed = target.is(TypeRoot.CHAR);
    if (length == DataType.MAX_LENGTH
        || (!fixed && source.isString() && source.length() <= length)) {
      return Cast.IDENTITY;
    }
    // Flink counts UTF-16 units where it builds the text in Java, and code points elsewhere.
    boolean inJava = source.isBinary() || !source.children().isEmpty();
    return (input, count, context) -> fitText((BytesVector) input, count, length, fixed, inJava);
  }

  private static Vector fitText(
      BytesVector input, int count, int length, boolean fixed, boolean utf16) {
    byte[] data = input.data();
    int[] starts = input.starts();
    int[] lengths = input.lengths();
    ByteHeap heap = ByteHeap.wrap(data, data.length);
    int[] toStarts = new int[count];
    int[] toLengths = new int[count];
    for (int i = 0; i < count; i++) {
      toStarts[i] = starts[i];
      toLengths[i] = lengths[i];
      if (input.isNull(i) || (!fixed && lengths[i] <= length)) {
        continue;
      }
      if (utf16 && !Utf8.isAscii(data, starts[i], lengths[i])) {
        byte[] fitted = utf16(input.string(i), length, fixed);
        toStarts[i] = heap.append(fitted);
        toLengths[i] = fitted.length;
        continue;
      }
      int characters = Utf8.count(data, starts[i], lengths[i]);
      if (characters > length) {
        toLengths[i] = Utf8.skip(data, starts[i], starts[i] + lengths[i], length) - starts[i];
      } else if (fixed && characters < length) {
        toStarts[i] = heap.append(data, starts[i], lengths[i]);
        appendBytes(heap, (byte) ' ', length - characters);
        toLengths[i] = lengths[i] + length - characters;
      }
    }
    return new BytesVector(count, heap.data(), toStarts, toLengths, input.nulls());
  }

  private static byte[] utf16(String text, int length, boolean fixed) {
    String fitted = text;
    if (text.length() > length) {
      fitted = text.substring(0, length);
    } else if (fixed) {
      fitted = text + " ".repeat(length - text.length());
    }
    return fitted.getBytes(StandardCharsets.UTF_8);
  }

  /** From text or bytes to BINARY or VARBINARY. */
  static Cast bytes(DataType source, DataType target) {
    int length = target.length();
    boolean fixed = target.is(TypeRoot.BINARY);
    if (length == DataType.MAX_LENGTH
        || (!fixed && source.isBinary() && source.length() <= length)) {
      return Cast.IDENTITY;
    }
    return (input, count, context) -> fitBytes((BytesVector) input, count, length, fixed);
  }

  private static Vector fitBytes(BytesVector input, int count, int length, boolean fixed) {
    byte[] data = input.data();
    int[] starts = input.starts();
    int[] lengths = input.lengths();
    ByteHeap heap = ByteHeap.wrap(data, data.length);
    int[] toStarts = new int[count];
    int[] toLengths = new int[count];
    for (int i = 0; i < count; i++) {
      toStarts[i] = starts[i];
      toLengths[i] = Math.min(lengths[i], length);
      if (fixed && lengths[i] < length && !input.isNull(i)) {
        toStarts[i] = heap.append(data, starts[i], lengths[i]);
        appendBytes(heap, (byte) 0, length - lengths[i]);
        toLengths[i] = length;
      }
    }
    return new BytesVector(count, heap.data(), toStarts, toLengths, input.nulls());
  }

  private static void appendBytes(ByteHeap heap, byte value, int count) {
    byte[] data = heap.reserve(count);
    int start = heap.length();
    for (int i = start; i < start + count; i++) {
      data[i] = value;
    }
    heap.advance(count);
  }
}
