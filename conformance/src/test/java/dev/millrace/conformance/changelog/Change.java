package dev.millrace.conformance.changelog;

import dev.millrace.engine.batch.RowKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of a changelog as Flink's tests print it.
 *
 * @param kind {@code +I}, {@code -U}, {@code +U} or {@code -D}
 */
public record Change(String kind, List<String> fields) {
  /** Reads for example {@code +I[a, [1, 2], null]}. */
  public static Change parse(String text) {
    List<String> fields = split(text.substring(3, text.length() - 1));
    return new Change(text.substring(0, 2), fields.stream().map(Change::sorted).toList());
  }

  /** A row of plain values. */
  public static Change of(RowKind kind, List<?> values) {
    List<String> fields = values.stream().map(String::valueOf).map(Change::sorted).toList();
    return new Change(kind.shortString(), fields);
  }

  /** A map's entries in an order of their own, so that equal maps look equal. */
  private static String sorted(String field) {
    return field.startsWith("{") && field.endsWith("}") && field.length() > 2
        ? map(split(field.substring(1, field.length() - 1)))
        : field;
  }

  /** A map of such entries as {@code parse} leaves it. */
  public static String map(List<String> entries) {
    return "{" + String.join(", ", entries.stream().sorted().toList()) + "}";
  }

  /** The parts between the commas that stand in no bracket. */
  private static List<String> split(String text) {
    List<String> fields = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '[' || c == '{') {
        depth++;
      } else if (c == ']' || c == '}') {
        depth--;
      } else if (depth == 0 && text.startsWith(", ", i)) {
        fields.add(text.substring(start, i));
        start = i + 2;
      }
    }
    fields.add(text.substring(start));
    return fields;
  }

  public boolean adds() {
    return kind.startsWith("+");
  }
}
