package dev.millrace.conformance.kernel;

import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Rows of random and edge values, as the engine's {@code Values} has them. The same seed makes the
 * same rows.
 */
final class RandomRows {
  private static final List<String> STRINGS =
      List.of(
          "",
          " ",
          "a",
          "A",
          "abc",
          "ABC",
          "Abc",
          "  abc  ",
          "hello world",
          "aXbXc",
          "a,b,,c",
          "%",
          "a_b%c\\d",
          "(a)[b]{1}$",
          "0",
          "42",
          " -7 ",
          "3.14",
          "1e3",
          "true",
          "2024-02-29",
          "2024-02-29 23:59:59.123456789",
          "12:34:56",
          "é",
          "e\u0301",
          "ß",
          "İIıi",
          "日本語",
          "\uD83D\uDE00",
          "a\uD83D\uDE00b\uD83D\uDE00",
          "\uFFFD\uFF5A",
          "\t\n",
          "\u0000");

  /** Leap days, the ends of years and of the usual range, both sides of DST changes. */
  private static final List<LocalDateTime> TIMES =
      List.of(
          LocalDateTime.of(1970, 1, 1, 0, 0),
          LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_999),
          LocalDateTime.of(1, 1, 1, 0, 0),
          LocalDateTime.of(1582, 10, 4, 12, 0),
          LocalDateTime.of(1900, 2, 28, 23, 59, 59),
          LocalDateTime.of(2000, 2, 29, 0, 0, 0, 1_000_000),
          LocalDateTime.of(2024, 2, 29, 12, 34, 56, 789_123_456),
          LocalDateTime.of(2023, 12, 31, 23, 59, 59, 999_000_000),
          LocalDateTime.of(2024, 3, 31, 1, 59, 59, 999_999_999),
          LocalDateTime.of(2024, 3, 31, 2, 30),
          LocalDateTime.of(2024, 3, 31, 3, 0),
          LocalDateTime.of(2024, 10, 27, 2, 30),
          LocalDateTime.of(2024, 10, 27, 3, 0),
          LocalDateTime.of(2024, 3, 10, 2, 30),
          LocalDateTime.of(2024, 11, 3, 1, 30),
          LocalDateTime.of(2021, 1, 3, 0, 0),
          LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_999));

  private static final Object[] BYTES = {
    new byte[0], new byte[] {0}, new byte[] {127, -128, -1}, new byte[] {1, 2, 3, 4}
  };

  private final Random random;

  RandomRows(long seed) {
    this.random = new Random(seed);
  }

  /** Rows for these columns: the first has no null, the second only nulls where allowed. */
  List<List<Object>> rows(List<Column> columns, int count) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double nullShare = i == 0 ? 0 : i == 1 ? 1 : 0.1;
      List<Object> row = new ArrayList<>();
      for (int j = 0; j < columns.size(); j++) {
        row.add(cell(columns, j, row, nullShare));
      }
      rows.add(row);
    }
    return rows;
  }

  /** A value, now and then the one of the column before, so that comparisons find equals. */
  private Object cell(List<Column> columns, int index, List<Object> row, double nullShare) {
    Column column = columns.get(index);
    if (index > 0
        && column.type().equals(columns.get(index - 1).type())
        && random.nextInt(6) == 0) {
      return row.get(index - 1);
    }
    if (!column.examples().isEmpty()
        && random.nextInt(3) == 0
        && random.nextDouble() >= nullShare) {
      return column.examples().get(random.nextInt(column.examples().size()));
    }
    return value(column.type(), nullShare);
  }

  private Object value(DataType type, double nullShare) {
    if (type.nullable() && random.nextDouble() < nullShare) {
      return null;
    }
    return switch (type.root()) {
      case BOOLEAN -> random.nextBoolean();
      case TINYINT -> (byte) integer(Byte.MIN_VALUE, Byte.MAX_VALUE);
      case SMALLINT -> (short) integer(Short.MIN_VALUE, Short.MAX_VALUE);
      case INT -> (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT -> integer(Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT -> floating();
      case DOUBLE -> doubling();
      case DECIMAL -> decimal(type);
      case CHAR, VARCHAR -> string(type);
      case BINARY, VARBINARY -> bytes(type);
      case DATE -> time().toLocalDate();
      case TIME -> timeOfDay(type);
      case TIMESTAMP -> truncate(time(), type.precision());
      case TIMESTAMP_LTZ -> truncate(time(), type.precision()).toInstant(ZoneOffset.UTC);
      case INTERVAL_YEAR_MONTH -> Period.ofMonths(random.nextInt(-30, 30));
      case INTERVAL_DAY_TIME ->
          Duration.ofMillis(random.nextLong(-100_000_000_000L, 100_000_000_000L));
      case ARRAY -> array(type);
      case MAP -> map(type);
      case ROW -> row(type);
      default -> throw new IllegalArgumentException("no random values of type " + type);
    };
  }

  /** Both ends, small numbers (so that zero and equals are frequent), and any number between. */
  private long integer(long min, long max) {
    return switch (random.nextInt(6)) {
      case 0 -> pick(min, max, min + 1, max - 1);
      case 1, 2, 3 -> random.nextInt(-3, 4);
      case 4 -> Math.max(min, Math.min(max, random.nextInt(-1000, 1000)));
      default -> max == Long.MAX_VALUE ? random.nextLong() : random.nextLong(min, max + 1);
    };
  }

  private Float floating() {
    return switch (random.nextInt(4)) {
      case 0 ->
          pick(
              Float.NaN,
              Float.POSITIVE_INFINITY,
              Float.NEGATIVE_INFINITY,
              Float.MIN_VALUE,
              Float.MAX_VALUE,
              -Float.MAX_VALUE,
              0f,
              -0f,
              16_777_216f,
              0x1p31f);
      case 1 -> random.nextInt(-40, 40) / 8f;
      case 2 -> Float.intBitsToFloat(random.nextInt());
      default -> random.nextFloat(-1000f, 1000f);
    };
  }

  private Double doubling() {
    return switch (random.nextInt(4)) {
      case 0 ->
          pick(
              Double.NaN,
              Double.POSITIVE_INFINITY,
              Double.NEGATIVE_INFINITY,
              Double.MIN_VALUE,
              Double.MAX_VALUE,
              -Double.MAX_VALUE,
              0d,
              -0d,
              0x1p53,
              0x1p63);
      case 1 -> random.nextInt(-40, 40) / 8d;
      case 2 -> Double.longBitsToDouble(random.nextLong());
      default -> random.nextDouble(-1000d, 1000d);
    };
  }

  private BigDecimal decimal(DataType type) {
    BigInteger limit = BigInteger.TEN.pow(type.precision());
    BigInteger unscaled =
        switch (random.nextInt(4)) {
          case 0 -> pick(limit.subtract(BigInteger.ONE), limit.subtract(BigInteger.ONE).negate());
          case 1 -> BigInteger.valueOf(random.nextInt(-3, 4));
          case 2 ->
              BigInteger.valueOf(random.nextInt(-5, 6)).multiply(BigInteger.TEN.pow(type.scale()));
          default -> new BigInteger(1 + random.nextInt(limit.bitLength()), random);
        };
    BigInteger signed = random.nextBoolean() ? unscaled : unscaled.negate();
    return new BigDecimal(signed.remainder(limit), type.scale());
  }

  private String string(DataType type) {
    String text = random.nextInt(3) > 0 ? STRINGS.get(random.nextInt(STRINGS.size())) : letters();
    int length = text.codePointCount(0, text.length());
    if (length > type.length()) {
      return text.substring(0, text.offsetByCodePoints(0, type.length()));
    }
    return type.root() == TypeRoot.CHAR ? text + " ".repeat(type.length() - length) : text;
  }

  private String letters() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint(
          switch (random.nextInt(8)) {
            case 0 -> ' ';
            case 1 -> random.nextInt(0xC0, 0x250);
            case 2 -> random.nextInt(0x1F600, 0x1F640);
            case 3 -> random.nextInt('0', '9' + 1);
            default -> random.nextInt('a', 'f') - (random.nextBoolean() ? 32 : 0);
          });
    }
    return text.toString();
  }

  private byte[] bytes(DataType type) {
    byte[] bytes;
    if (random.nextBoolean()) {
      bytes = (byte[]) BYTES[random.nextInt(BYTES.length)];
    } else {
      bytes = new byte[random.nextInt(10)];
      random.nextBytes(bytes);
    }
    boolean fixed = type.root() == TypeRoot.BINARY;
    return fixed || bytes.length > type.length() ? Arrays.copyOf(bytes, type.length()) : bytes;
  }

  private LocalDateTime time() {
    return switch (random.nextInt(4)) {
      case 0, 1 -> TIMES.get(random.nextInt(TIMES.size()));
      case 2 ->
          LocalDateTime.ofEpochSecond(
              random.nextLong(-2_000_000_000L, 4_000_000_000L),
              random.nextInt(1_000_000_000),
              ZoneOffset.UTC);
      default ->
          LocalDate.of(2024, random.nextInt(1, 13), random.nextInt(1, 29))
              .atTime(random.nextInt(24), random.nextInt(60));
    };
  }

  /** To the type's fractional digits; an INT of milliseconds holds a TIME. */
  @SuppressWarnings("unchecked")
  private static <T extends Temporal> T truncate(T time, int precision) {
    int nanos = time.get(ChronoField.NANO_OF_SECOND);
    int unit = (int) Math.pow(10, 9 - precision);
    return (T) time.with(ChronoField.NANO_OF_SECOND, nanos - nanos % unit);
  }

  private LocalTime timeOfDay(DataType type) {
    LocalTime time =
        random.nextInt(4) == 0
            ? pick(LocalTime.MIN, LocalTime.MAX, LocalTime.NOON)
            : LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000_000L));
    return truncate(time, Math.min(3, type.precision()));
  }

  private List<Object> array(DataType type) {
    List<Object> values = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(value(type.element(), 0.1));
    }
    return values;
  }

  private Map<Object, Object> map(DataType type) {
    Map<Object, Object> entries = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      entries.put(value(type.child(0), 0), value(type.child(1), 0.1));
    }
    return entries;
  }

  private List<Object> row(DataType type) {
    List<Object> values = new ArrayList<>();
    for (DataType.Field field : type.children()) {
      values.add(value(field.type(), 0.1));
    }
    return values;
  }

  @SafeVarargs
  private <T> T pick(T... values) {
    return values[random.nextInt(values.length)];
  }
}
