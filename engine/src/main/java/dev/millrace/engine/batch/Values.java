package dev.millrace.engine.batch;

import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Single values as Java objects, for edges and tests; never for loops over rows.
 *
 * <p>String, byte[], Boolean, the boxed numbers, BigDecimal, LocalDate, LocalTime, LocalDateTime
 * (TIMESTAMP), Instant (TIMESTAMP_LTZ), Period (months), Duration, List (ARRAY, ROW), Map (MAP,
 * MULTISET), any object (RAW); null for NULL.
 */
public final class Values {
  private static final int NANOS_PER_MILLI = 1_000_000;

  private Values() {}

  /** The value of a column of the given type at a position. */
  public static Object get(Vector vector, DataType type, int position) {
    if (vector.isNull(position)) {
      return null;
    }
    return switch (type.storage()) {
      case BOOLEAN -> ((BooleanVector) vector).values()[position];
      case BYTE -> ((ByteVector) vector).values()[position];
      case SHORT -> ((ShortVector) vector).values()[position];
      case INT -> fromInt(type, ((IntVector) vector).values()[position]);
      case LONG -> fromLong(type, ((LongVector) vector).values()[position]);
      case FLOAT -> ((FloatVector) vector).values()[position];
      case DOUBLE -> ((DoubleVector) vector).values()[position];
      case BYTES -> fromBytes(type, (BytesVector) vector, position);
      case DECIMAL -> ((DecimalVector) vector).decimal(position, type.scale());
      case TIMESTAMP -> fromTimestamp(type, (TimestampVector) vector, position);
      case ARRAY -> fromArray(type, (ArrayVector) vector, position);
      case MAP -> fromMap(type, (MapVector) vector, position);
      case ROW -> fromRow(type, (RowVector) vector, position);
      case OBJECT -> ((ObjectVector) vector).values()[position];
    };
  }

  /** The values of a row of a batch whose columns are the fields of {@code rowType}. */
  public static List<Object> row(Batch batch, DataType rowType, int row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < batch.columnCount(); i++) {
      values.add(get(batch.column(i), rowType.child(i), row));
    }
    return values;
  }

  private static Object fromInt(DataType type, int value) {
    return switch (type.root()) {
      case DATE -> LocalDate.ofEpochDay(value);
      case TIME -> LocalTime.ofNanoOfDay((long) value * NANOS_PER_MILLI);
      case INTERVAL_YEAR_MONTH -> Period.ofMonths(value);
      default -> value;
    };
  }

  private static Object fromLong(DataType type, long value) {
    return type.is(TypeRoot.INTERVAL_DAY_TIME) ? Duration.ofMillis(value) : (Object) value;
  }

  private static Object fromBytes(DataType type, BytesVector vector, int position) {
    if (type.isString()) {
      return vector.string(position);
    }
    int start = vector.starts()[position];
    return java.util.Arrays.copyOfRange(vector.data(), start, start + vector.lengths()[position]);
  }

  private static Object fromTimestamp(DataType type, TimestampVector vector, int position) {
    long millis = vector.millis()[position];
    long seconds = Math.floorDiv(millis, 1000L);
    int nanos = Math.floorMod(millis, 1000) * NANOS_PER_MILLI + vector.nanosAt(position);
    return type.is(TypeRoot.TIMESTAMP)
        ? LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC)
        : Instant.ofEpochSecond(seconds, nanos);
  }

  private static List<Object> fromArray(DataType type, ArrayVector vector, int position) {
    List<Object> values = new ArrayList<>();
    int start = vector.starts()[position];
    for (int i = 0; i < vector.lengths()[position]; i++) {
      values.add(get(vector.elements(), type.element(), start + i));
    }
    return values;
  }

  private static Map<Object, Object> fromMap(DataType type, MapVector vector, int position) {
    Map<Object, Object> values = new LinkedHashMap<>();
    int start = vector.starts()[position];
    for (int i = start; i < start + vector.lengths()[position]; i++) {
      values.put(get(vector.keys(), type.child(0), i), get(vector.values(), mapValueType(type), i));
    }
    return values;
  }

  private static DataType mapValueType(DataType type) {
    return type.is(TypeRoot.MULTISET) ? DataType.of(TypeRoot.INT) : type.child(1);
  }

  private static List<Object> fromRow(DataType type, RowVector vector, int position) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < vector.fieldCount(); i++) {
      values.add(get(vector.field(i), type.child(i), position));
    }
    return values;
  }

  /** Appends a Java object of the class that {@link #get} returns for the type, or null. */
  public static void append(VectorBuilder builder, DataType type, Object value) {
    if (value == null) {
      builder.appendNull();
      return;
    }
    switch (type.storage()) {
      case BOOLEAN -> ((BooleanBuilder) builder).append((Boolean) value);
      case BYTE -> ((ByteBuilder) builder).append(((Number) value).byteValue());
      case SHORT -> ((ShortBuilder) builder).append(((Number) value).shortValue());
      case INT -> ((IntBuilder) builder).append(toInt(value));
      case LONG -> ((LongBuilder) builder).append(toLong(value));
      case FLOAT -> ((FloatBuilder) builder).append(((Number) value).floatValue());
      case DOUBLE -> ((DoubleBuilder) builder).append(((Number) value).doubleValue());
      case BYTES -> appendBytes((BytesBuilder) builder, value);
      case DECIMAL -> appendDecimal((DecimalBuilder) builder, type, (BigDecimal) value);
      case TIMESTAMP -> appendTimestamp((TimestampBuilder) builder, value);
      case ARRAY -> appendArray((ArrayBuilder) builder, type, (List<?>) value);
      case MAP -> appendMap((MapBuilder) builder, type, (Map<?, ?>) value);
      case ROW -> appendRow((RowBuilder) builder, type, (List<?>) value);
      case OBJECT -> ((ObjectBuilder) builder).append(value);
    }
  }

  /** Appends a row, as {@link #row} returns it, of a batch whose columns are {@code rowType}'s. */
  public static void appendRow(BatchBuilder builder, DataType rowType, List<?> row) {
    for (int i = 0; i < builder.columnCount(); i++) {
      append(builder.column(i), rowType.child(i), row.get(i));
    }
    builder.endRow();
  }

  private static int toInt(Object value) {
    if (value instanceof LocalDate date) {
      return (int) date.toEpochDay();
    }
    if (value instanceof LocalTime time) {
      return (int) (time.toNanoOfDay() / NANOS_PER_MILLI);
    }
    return value instanceof Period period
        ? (int) period.toTotalMonths()
        : ((Number) value).intValue();
  }

  private static long toLong(Object value) {
    return value instanceof Duration duration ? duration.toMillis() : ((Number) value).longValue();
  }

  private static void appendBytes(BytesBuilder builder, Object value) {
    if (value instanceof byte[] bytes) {
      builder.append(bytes);
    } else {
      builder.append((String) value);
    }
  }

  private static void appendDecimal(DecimalBuilder builder, DataType type, BigDecimal value) {
    builder.append(value.setScale(type.scale(), RoundingMode.UNNECESSARY).unscaledValue());
  }

  private static void appendTimestamp(TimestampBuilder builder, Object value) {
    Instant instant =
        value instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : (Instant) value;
    builder.append(
        instant.toEpochMilli(), instant.get(ChronoField.NANO_OF_SECOND) % NANOS_PER_MILLI);
  }

  private static void appendArray(ArrayBuilder builder, DataType type, List<?> value) {
    for (Object element : value) {
      append(builder.elements(), type.element(), element);
    }
    builder.endArray();
  }

  private static void appendMap(MapBuilder builder, DataType type, Map<?, ?> value) {
    value.forEach(
        (key, entry) -> {
          append(builder.keys(), type.child(0), key);
          append(builder.values(), mapValueType(type), entry);
        });
    builder.endMap();
  }

  private static void appendRow(RowBuilder builder, DataType type, List<?> value) {
    builder.beginRow();
    for (int i = 0; i < builder.fieldCount(); i++) {
      append(builder.field(i), type.child(i), value.get(i));
    }
    builder.endRow();
  }
}
