package dev.millrace.conformance.kernel;

import dev.millrace.engine.type.DataType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/** Rows of plain Java objects, as the engine's {@code Values} has them, as Flink's rows. */
final class FlinkRows {
  private FlinkRows() {}

  static RowData row(List<Column> columns, List<Object> values) {
    Object[] fields = new Object[columns.size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = value(columns.get(i).type(), values.get(i));
    }
    return GenericRowData.of(fields);
  }

  private static Object value(DataType type, Object value) {
    if (value == null) {
      return null;
    }
    return switch (type.root()) {
      case CHAR, VARCHAR -> binaryString((String) value);
      case DECIMAL ->
          DecimalData.fromBigDecimal((BigDecimal) value, type.precision(), type.scale());
      case DATE -> (int) ((LocalDate) value).toEpochDay();
      case TIME -> (int) (((LocalTime) value).toNanoOfDay() / 1_000_000);
      case TIMESTAMP -> TimestampData.fromLocalDateTime((LocalDateTime) value);
      case TIMESTAMP_LTZ -> TimestampData.fromInstant((Instant) value);
      case INTERVAL_YEAR_MONTH -> (int) ((Period) value).toTotalMonths();
      case INTERVAL_DAY_TIME -> ((Duration) value).toMillis();
      case ARRAY -> array(type, (List<?>) value);
      case MAP -> map(type, (Map<?, ?>) value);
      case ROW -> row(type, (List<?>) value);
      default -> value;
    };
  }

  /**
   * A string as its bytes, as it comes out of Flink's network and state. Two strings that still
   * have their Java objects Flink would compare by UTF-16 units instead.
   */
  private static StringData binaryString(String text) {
    return StringData.fromBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static GenericArrayData array(DataType type, List<?> values) {
    return new GenericArrayData(
        values.stream().map(element -> value(type.element(), element)).toArray());
  }

  private static GenericMapData map(DataType type, Map<?, ?> entries) {
    Map<Object, Object> converted = new LinkedHashMap<>();
    entries.forEach((k, v) -> converted.put(value(type.child(0), k), value(type.child(1), v)));
    return new GenericMapData(converted);
  }

  private static GenericRowData row(DataType type, List<?> values) {
    Object[] fields = new Object[values.size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = value(type.child(i), values.get(i));
    }
    return GenericRowData.of(fields);
  }
}
