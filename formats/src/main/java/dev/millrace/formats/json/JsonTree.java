package dev.millrace.formats.json;

import dev.millrace.engine.batch.ByteHeap;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites objects and arrays as the JSON text that a STRING column gets: without white space, with
 * the last of members of equal names, and numbers in Java's notation. Not thread-safe.
 */
final class JsonTree {
  /** Text that is written as it is: a number or a literal. */
  private record Plain(String text) {}

  private final boolean bigDecimals;
  private int end;

  /**
   * {@code bigDecimals} says whether numbers with a fraction are exact; Flink reads them so if the
   * row has a DECIMAL anywhere, else as doubles.
   */
  JsonTree(boolean bigDecimals) {
    this.bigDecimals = bigDecimals;
  }

  /** Appends the rewritten container at {@code position}, which has been checked before. */
  void appendCanonical(JsonInput in, int position, ByteHeap to) {
    write(read(in, position), to);
  }

  private Object read(JsonInput in, int position) {
    int first = in.at(position);
    if (first == '{') {
      return readObject(in, position);
    }
    if (first == '[') {
      return readArray(in, position);
    }
    end = in.skipValue(position);
    if (first == '"') {
      return readString(in, position);
    }
    String text = in.string(position, end);
    return new Plain(first == '-' || JsonInput.isDigit(first) ? number(text) : text);
  }

  private Map<String, Object> readObject(JsonInput in, int position) {
    Map<String, Object> members = new LinkedHashMap<>();
    int at = in.skipSpace(position + 1);
    while (in.at(at) != '}') {
      String name = readString(in, at);
      members.put(name, read(in, in.skipColon(end)));
      at = in.skipSpace(end);
      at = in.at(at) == ',' ? in.skipSpace(at + 1) : at;
    }
    end = at + 1;
    return members;
  }

  private List<Object> readArray(JsonInput in, int position) {
    List<Object> elements = new ArrayList<>();
    int at = in.skipSpace(position + 1);
    while (in.at(at) != ']') {
      elements.add(read(in, at));
      at = in.skipSpace(end);
      at = in.at(at) == ',' ? in.skipSpace(at + 1) : at;
    }
    end = at + 1;
    return elements;
  }

  private String readString(JsonInput in, int position) {
    int stringEnd = in.stringEnd(position + 1);
    end = (stringEnd < 0 ? ~stringEnd : stringEnd) + 1;
    return in.string(position + 1, stringEnd);
  }

  private String number(String text) {
    if (text.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E')) {
      return text.equals("-0") ? "0" : text;
    }
    if (bigDecimals) {
      return new BigDecimal(text).stripTrailingZeros().toString();
    }
    double value = Double.parseDouble(text);
    return Double.isInfinite(value) ? '"' + Double.toString(value) + '"' : Double.toString(value);
  }

  private static void write(Object value, ByteHeap to) {
    if (value instanceof Map<?, ?> members) {
      char before = '{';
      for (Map.Entry<?, ?> member : members.entrySet()) {
        to.append((byte) before);
        writeString((String) member.getKey(), to);
        to.append((byte) ':');
        write(member.getValue(), to);
        before = ',';
      }
      close(before == '{', '{', '}', to);
    } else if (value instanceof List<?> elements) {
      char before = '[';
      for (Object element : elements) {
        to.append((byte) before);
        write(element, to);
        before = ',';
      }
      close(before == '[', '[', ']', to);
    } else if (value instanceof Plain plain) {
      to.append(plain.text.getBytes(StandardCharsets.US_ASCII));
    } else {
      writeString((String) value, to);
    }
  }

  private static void close(boolean empty, char opening, char closing, ByteHeap to) {
    if (empty) {
      to.append((byte) opening);
    }
    to.append((byte) closing);
  }

  private static void writeString(String value, ByteHeap to) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    JsonText.appendTreeString(to, text, 0, text.length);
  }
}
