package dev.millrace.formats;

import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BinaryType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DayTimeIntervalType;
import org.apache.flink.table.types.logical.DayTimeIntervalType.DayTimeResolution;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.NullType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.table.types.logical.YearMonthIntervalType;
import org.apache.flink.table.types.logical.YearMonthIntervalType.YearMonthResolution;

/**
 * Our types and values as Flink's, and back. Values are the objects of {@link
 * dev.millrace.engine.batch.Values}, but with byte arrays as lists, so that they can be compared.
 */
public final class FlinkData {
  private FlinkData() {}

  public static RowType rowType(DataType type) {
    return (RowType) logical(type);
  }

  public static LogicalType logical(DataType type) {
    return switch (type.root()) {
      case CHAR -> new CharType(type.length());
      case VARCHAR -> new VarCharType(type.length());
      case BINARY -> new BinaryType(type.length());
      case VARBINARY -> new VarBinaryType(type.length());
      case BOOLEAN -> new BooleanType();
      case TINYINT -> new TinyIntType();
      case SMALLINT -> new SmallIntType();
      case INT -> new IntType();
      case BIGINT -> new BigIntType();
      case FLOAT -> new FloatType();
      case DOUBLE -> new DoubleType();
      case DECIMAL -> new DecimalType(type.precision(), type.scale());
      case DATE -> new DateType();
      case TIME -> new TimeType(type.precision());
      case TIMESTAMP -> new TimestampType(type.precision());
      case TIMESTAMP_LTZ -> new LocalZonedTimestampType(type.precision());
      case INTERVAL_YEAR_MONTH -> new YearMonthIntervalType(YearMonthResolution.MONTH);
      case INTERVAL_DAY_TIME -> new DayTimeIntervalType(DayTimeResolution.SECOND);
      case ARRAY -> new ArrayType(logical(type.element()));
      case MAP -> new MapType(logical(type.child(0)), logical(type.child(1)));
      case MULTISET -> new MultisetType(logical(type.element()));
      case ROW ->
          new RowType(
              type.children().stream()
                  .map(field -> new RowType.RowField(field.name(), logical(field.type())))
                  .toList());
      case NULL -> new NullType();
      case RAW -> throw new IllegalArgumentException(type.toString());
    };
  }

  /** A value of Flink's as one of ours. */
  public static Object ours(Object value, DataType type) {
    if (value == null) {
      return null;
    }
    return switch (type.root()) {
      case CHAR, VARCHAR -> new String(((StringData) value).toBytes(), StandardCharsets.UTF_8);
      case BINARY, VARBINARY -> list((byte[]) value);
      case DECIMAL -> ((DecimalData) value).toBigDecimal();
      case DATE -> LocalDate.ofEpochDay((Integer) value);
      case TIME -> LocalTime.ofNanoOfDay((Integer) value * 1_000_000L);
      case TIMESTAMP -> ((TimestampData) value).toLocalDateTime();
      case TIMESTAMP_LTZ -> ((TimestampData) value).toInstant();
      case INTERVAL_YEAR_MONTH -> Period.ofMonths((Integer) value);
      case INTERVAL_DAY_TIME -> Duration.ofMillis((Long) value);
      case ARRAY -> array((ArrayData) value, type.element());
      case MAP -> map((MapData) value, type.child(0), type.child(1));
      case MULTISET -> map((MapData) value, type.child(0), DataType.of(TypeRoot.INT));
      case ROW -> row((RowData) value, type);
      default -> value;
    };
  }

  private static List<Object> array(ArrayData array, DataType type) {
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(logical(type));
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      values.add(ours(getter.getElementOrNull(array, i), type));
    }
    return values;
  }

  private static Map<Object, Object> map(MapData map, DataType keyType, DataType valueType) {
    List<Object> keys = array(map.keyArray(), keyType);
    List<Object> values = array(map.valueArray(), valueType);
    Map<Object, Object> entries = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      entries.put(keys.get(i), values.get(i));
    }
    return entries;
  }

  public static List<Object> row(RowData row, DataType type) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < type.children().size(); i++) {
      RowData.FieldGetter getter = RowData.createFieldGetter(logical(type.child(i)), i);
      values.add(ours(getter.getFieldOrNull(row), type.child(i)));
    }
    return values;
  }

  /** A value as {@code Values} has it, with byte arrays as lists. */
  public static Object comparable(Object value) {
    if (value instanceof byte[] bytes) {
      return list(bytes);
    }
    if (value instanceof List<?> values) {
      List<Object> comparable = new ArrayList<>();
      values.forEach(each -> comparable.add(comparable(each)));
      return comparable;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> comparable = new LinkedHashMap<>();
      map.forEach((key, each) -> comparable.put(comparable(key), comparable(each)));
      return comparable;
    }
    return value;
  }

  private static List<Byte> list(byte[] bytes) {
    List<Byte> values = new ArrayList<>();
    for (byte each : bytes) {
      values.add(each);
    }
    return values;
  }

  /** A value as {@code Values} has it as one of Flink's. */
  public static Object flinks(Object value, DataType type) {
    if (value == null) {
      return null;
    }
    return switch (type.root()) {
      case CHAR, VARCHAR -> StringData.fromString((String) value);
      case DECIMAL ->
          DecimalData.fromBigDecimal((BigDecimal) value, type.precision(), type.scale());
      case DATE -> (int) ((LocalDate) value).toEpochDay();
      case TIME -> (int) (((LocalTime) value).toNanoOfDay() / 1_000_000);
      case TIMESTAMP -> TimestampData.fromLocalDateTime((LocalDateTime) value);
      case TIMESTAMP_LTZ -> TimestampData.fromInstant((Instant) value);
      case INTERVAL_YEAR_MONTH -> (int) ((Period) value).toTotalMonths();
      case INTERVAL_DAY_TIME -> ((Duration) value).toMillis();
      case ARRAY ->
          new GenericArrayData(
              ((List<?>) value).stream().map(each -> flinks(each, type.element())).toArray());
      case MAP -> flinksMap((Map<?, ?>) value, type.child(0), type.child(1));
      case MULTISET -> flinksMap((Map<?, ?>) value, type.child(0), DataType.of(TypeRoot.INT));
      case ROW -> flinksRow((List<?>) value, type.children());
      default -> value;
    };
  }

  private static GenericMapData flinksMap(Map<?, ?> map, DataType keyType, DataType valueType) {
    Map<Object, Object> entries = new LinkedHashMap<>();
    map.forEach((key, value) -> entries.put(flinks(key, keyType), flinks(value, valueType)));
    return new GenericMapData(entries);
  }

  private static GenericRowData flinksRow(List<?> values, List<Field> fields) {
    GenericRowData row = new GenericRowData(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      row.setField(i, flinks(values.get(i), fields.get(i).type()));
    }
    return row;
  }
}
