package dev.millrace.api;

import dev.millrace.engine.batch.RowKind;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A row as Java objects: String, byte[], Boolean, the boxed numbers, BigDecimal, LocalDate,
 * LocalTime, LocalDateTime (TIMESTAMP), Instant (TIMESTAMP_LTZ), Period, Duration, List (ARRAY,
 * ROW), Map (MAP, MULTISET), or null.
 *
 * @param kind what the row says of a changelog; INSERT for plain rows
 */
public record Row(RowKind kind, List<Object> values) {
  /** Keeps nulls, unlike {@link List#copyOf}. */
  public Row {
    values = Collections.unmodifiableList(Arrays.asList(values.toArray()));
  }

  /** An inserted row. */
  public static Row of(Object... values) {
    return new Row(RowKind.INSERT, Arrays.asList(values));
  }

  public static Row of(RowKind kind, Object... values) {
    return new Row(kind, Arrays.asList(values));
  }

  public Object get(int column) {
    return values.get(column);
  }

  /** For example {@code +I[T-1, 21.5]}. */
  @Override
  public String toString() {
    return kind.shortString() + values;
  }
}
