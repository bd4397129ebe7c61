package dev.millrace.engine.deadletter;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A row as a JSON object, for people: numbers and booleans as they are, bytes in Base64, times in
 * ISO 8601, everything else as text.
 */
final class RowJson {
  private final StringBuilder json = new StringBuilder();

  private RowJson() {}

  /** A row of a batch whose columns are the first fields of {@code rowType}. */
  static byte[] bytes(Batch batch, DataType rowType, int row) {
    RowJson text = new RowJson();
    text.row(rowType, Values.row(batch, rowType, row));
    return text.json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void row(DataType type, List<?> values) {
    json.append('{');
    for (int i = 0; i < values.size(); i++) {
      key(i, type.children().get(i).name());
      value(type.child(i), values.get(i));
    }
    json.append('}');
  }

  private void key(int index, String name) {
    json.append(index == 0 ? "" : ",");
    quoted(name);
    json.append(':');
  }

  private void value(DataType type, Object value) {
    if (value == null || value instanceof Boolean || isNumber(value)) {
      json.append(value);
    } else if (value instanceof BigDecimal decimal) {
      json.append(decimal.toPlainString());
    } else if (value instanceof byte[] bytes) {
      quoted(Base64.getEncoder().encodeToString(bytes));
    } else if (value instanceof List<?> values) {
      list(type, values);
    } else if (value instanceof Map<?, ?> entries) {
      map(type, entries);
    } else {
      quoted(value.toString());
    }
  }

  /** Not NaN and the infinities, which JSON does not have. */
  private static boolean isNumber(Object value) {
    if (value instanceof Double || value instanceof Float) {
      return Double.isFinite(((Number) value).doubleValue());
    }
    return value instanceof Number && !(value instanceof BigDecimal);
  }

  private void list(DataType type, List<?> values) {
    if (type.is(TypeRoot.ROW)) {
      row(type, values);
      return;
    }
    json.append('[');
    for (int i = 0; i < values.size(); i++) {
      json.append(i == 0 ? "" : ",");
      value(type.child(0), values.get(i));
    }
    json.append(']');
  }

  /** The values of a MULTISET are the numbers of copies. */
  private void map(DataType type, Map<?, ?> entries) {
    DataType values = type.is(TypeRoot.MAP) ? type.child(1) : null;
    json.append('{');
    int index = 0;
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      key(index++, String.valueOf(entry.getKey()));
      value(values, entry.getValue());
    }
    json.append('}');
  }

  private void quoted(String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u00")
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
