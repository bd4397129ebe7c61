package dev.millrace.conformance.program;

import dev.millrace.conformance.changelog.Change;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Plain values as the {@code toString} of Flink's rows prints them. */
final class ValueStrings {
  private ValueStrings() {}

  /** Each field of a row. */
  static List<String> fields(DataType row, List<?> values) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      fields.add(text(row.child(i), values.get(i)));
    }
    return fields;
  }

  private static String text(DataType type, Object value) {
    if (value instanceof byte[] bytes) {
      return Arrays.toString(bytes);
    }
    if (value instanceof List<?> list) {
      return type.is(TypeRoot.ROW) ? "+I" + fields(type, list) : elements(type, list);
    }
    if (value instanceof Map<?, ?> map) {
      return entries(type, map);
    }
    return String.valueOf(value);
  }

  private static String elements(DataType array, List<?> list) {
    return list.stream().map(element -> text(array.child(0), element)).toList().toString();
  }

  /** A multiset has one child, its counts need none. */
  private static String entries(DataType type, Map<?, ?> map) {
    List<String> entries = new ArrayList<>();
    map.forEach(
        (key, value) ->
            entries.add(
                text(type.child(0), key)
                    + "="
                    + (type.is(TypeRoot.MAP) ? text(type.child(1), value) : value)));
    return Change.map(entries);
  }
}
