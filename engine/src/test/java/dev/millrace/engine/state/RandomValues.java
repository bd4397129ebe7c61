package dev.millrace.engine.state;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.VectorBuilder;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random values of any type, nulls among them, with few distinct ones so that they meet again. */
public final class RandomValues {
  private static final int DISTINCT = 8;

  private final Random random;

  public RandomValues(Random random) {
    this.random = random;
  }

  /** Types of every storage class that state may hold. */
  public static List<DataType> types() {
    DataType integer = DataType.of(TypeRoot.INT);
    DataType row =
        DataType.row(List.of(new Field("i", integer), new Field("s", DataType.string())));
    return List.of(
        DataType.of(TypeRoot.BOOLEAN),
        DataType.of(TypeRoot.TINYINT),
        DataType.of(TypeRoot.SMALLINT),
        integer,
        DataType.of(TypeRoot.BIGINT),
        DataType.of(TypeRoot.FLOAT),
        DataType.of(TypeRoot.DOUBLE),
        DataType.of(TypeRoot.DATE),
        DataType.of(TypeRoot.TIMESTAMP, 3),
        DataType.of(TypeRoot.TIMESTAMP, 9),
        DataType.decimal(12, 3),
        DataType.decimal(38, 6),
        DataType.string(),
        DataType.bytes(),
        DataType.array(DataType.string()),
        DataType.map(DataType.string(), integer),
        DataType.multiset(DataType.string()),
        row,
        DataType.array(row));
  }

  /** A value as {@link Values} has them; now and then null. */
  public Object value(DataType type) {
    if (random.nextInt(6) == 0) {
      return null;
    }
    int n = random.nextInt(DISTINCT);
    return switch (type.root()) {
      case BOOLEAN -> n % 2 == 0;
      case TINYINT -> (byte) (n - 3);
      case SMALLINT -> (short) (n * 1000);
      case INT -> n - 3;
      default -> other(type, n);
    };
  }

  private Object other(DataType type, int n) {
    return switch (type.storage()) {
      case INT -> integer(type, n);
      case LONG -> Long.MAX_VALUE / (n + 1);
      case FLOAT -> n == 0 ? Float.NaN : n / 3f;
      case DOUBLE -> n == 0 ? Double.NaN : n / 7d;
      case DECIMAL -> decimal(type, n);
      case TIMESTAMP -> timestamp(type, n);
      case BYTES ->
          type.isString() ? "é\uD83D\uDE00".repeat(n) + n : new byte[] {(byte) n, 0, (byte) -n};
      case ARRAY -> list(type.element());
      case MAP -> map(type);
      case ROW -> row(type);
      default -> throw new IllegalArgumentException(type.toString());
    };
  }

  private static Object integer(DataType type, int n) {
    return switch (type.root()) {
      case DATE -> LocalDate.ofEpochDay(n);
      case TIME -> LocalTime.ofSecondOfDay(n * 10_000L);
      default -> n - 3;
    };
  }

  private static BigDecimal decimal(DataType type, int n) {
    BigInteger unscaled =
        type.precision() > 18
            ? BigInteger.TEN.pow(30).multiply(BigInteger.valueOf(n - 4))
            : BigInteger.valueOf(n - 4);
    return new BigDecimal(unscaled, type.scale());
  }

  private static LocalDateTime timestamp(DataType type, int n) {
    int nanos = type.precision() > 3 ? 123_456_789 : 123_000_000;
    return LocalDateTime.ofEpochSecond(n * 1_000_000L - 3_000_000L, nanos, ZoneOffset.UTC);
  }

  private List<Object> list(DataType element) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(value(element));
    }
    return list;
  }

  private Map<Object, Object> map(DataType type) {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put("a", value(ValueBytes.mapValueType(type)));
    map.put("b", value(ValueBytes.mapValueType(type)));
    return map;
  }

  private List<Object> row(DataType type) {
    List<Object> row = new ArrayList<>();
    type.children().forEach(field -> row.add(value(field.type())));
    return row;
  }

  /** Rows of these types. */
  public List<List<Object>> rows(List<DataType> types, int count) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Object> row = new ArrayList<>();
      types.forEach(type -> row.add(value(type)));
      rows.add(row);
    }
    return rows;
  }

  /** The rows as a vector per column. */
  public static Vector[] columns(List<DataType> types, List<List<Object>> rows) {
    Vector[] columns = new Vector[types.size()];
    for (int column = 0; column < columns.length; column++) {
      VectorBuilder builder = VectorBuilder.of(types.get(column), new ByteHeap());
      for (List<Object> row : rows) {
        Values.append(builder, types.get(column), row.get(column));
      }
      columns[column] = builder.build();
    }
    return columns;
  }

  /** A row of the columns, as it was appended; byte arrays as lists, so that they can be equal. */
  public static List<Object> row(List<DataType> types, Vector[] columns, int position) {
    List<Object> row = new ArrayList<>();
    for (int column = 0; column < columns.length; column++) {
      row.add(comparable(Values.get(columns[column], types.get(column), position)));
    }
    return row;
  }

  /** The row with byte arrays as lists. */
  public static List<Object> comparable(List<Object> row) {
    return row.stream()
        .map(RandomValues::comparable)
        .collect(ArrayList::new, List::add, List::addAll);
  }

  private static Object comparable(Object value) {
    return value instanceof byte[] bytes ? List.of(new BigInteger(bytes), bytes.length) : value;
  }
}
