package dev.millrace.formats;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes values of a type at random, as {@link dev.millrace.engine.batch.Values} has them. */
public final class RandomValues {
  private static final String[] STRINGS = {
    "",
    " ",
    "a",
    "abc",
    "null",
    "12",
    "x,y",
    "a;b",
    "say \"hi\"",
    "back\\slash",
    "/",
    "#no comment",
    "\b\f\n\r\t",
    "\u0001\u001F\u007F",
    "ünïcödé",
    "名前",
    "\uD83D\uDE00",
    "it's",
    "line\nbreak",
    "a longer text without anything special",
    "a longer text, with a comma",
    " padded "
  };
  private static final double[] DOUBLES = {
    0,
    -0.0,
    1,
    -1.5,
    1e7,
    1e-3,
    123456.789,
    1e300,
    -1e-300,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.MIN_VALUE,
    Double.MAX_VALUE
  };

  private final Random random;

  public RandomValues(Random random) {
    this.random = random;
  }

  public List<List<?>> rows(DataType rowType, int count) {
    List<List<?>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(rowType));
    }
    return rows;
  }

  private List<?> row(DataType rowType) {
    List<Object> values = new ArrayList<>();
    rowType.children().forEach(field -> values.add(nullable(field.type())));
    return values;
  }

  private Object nullable(DataType type) {
    return random.nextInt(8) == 0 ? null : value(type);
  }

  private Object value(DataType type) {
    return switch (type.root()) {
      case CHAR, VARCHAR -> STRINGS[random.nextInt(STRINGS.length)];
      case BINARY, VARBINARY -> bytes();
      case BOOLEAN -> random.nextBoolean();
      case TINYINT -> (byte) random.nextInt();
      case SMALLINT -> (short) random.nextInt();
      case INT -> random.nextInt(5) == 0 ? Integer.MIN_VALUE : random.nextInt();
      case BIGINT ->
          random.nextInt(9) == 0 ? Long.MIN_VALUE : random.nextLong() >> random.nextInt(64);
      case FLOAT ->
          random.nextBoolean() ? (float) aDouble() : Float.intBitsToFloat(random.nextInt());
      case DOUBLE -> random.nextBoolean() ? aDouble() : Double.longBitsToDouble(random.nextLong());
      case DECIMAL -> decimal(type);
      case DATE -> random.nextInt(9) == 0 ? LocalDate.ofEpochDay(random.nextInt()) : date();
      case TIME -> LocalTime.ofNanoOfDay(random.nextInt(86_400_000) * 1_000_000L);
      case TIMESTAMP -> timestamp();
      case TIMESTAMP_LTZ -> timestamp().toInstant(ZoneOffset.UTC);
      case INTERVAL_YEAR_MONTH -> Period.ofMonths(random.nextInt());
      case INTERVAL_DAY_TIME -> Duration.ofMillis(random.nextLong() >> 10);
      case ARRAY -> array(type.element());
      case MAP -> map(type.child(0), type.child(1));
      case MULTISET -> map(type.element(), DataType.of(TypeRoot.INT));
      case ROW -> row(type);
      case NULL, RAW -> null;
    };
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(9)];
    random.nextBytes(bytes);
    return bytes;
  }

  private double aDouble() {
    return DOUBLES[random.nextInt(DOUBLES.length)];
  }

  private BigDecimal decimal(DataType type) {
    int digits = random.nextInt(type.precision() + 1);
    BigInteger unscaled = new BigInteger(120, random).mod(BigInteger.TEN.pow(digits));
    int zeros = random.nextInt(type.precision() - digits + 1);
    unscaled = unscaled.multiply(BigInteger.TEN.pow(zeros));
    return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
  }

  private LocalDate date() {
    return LocalDate.of(random.nextInt(10_000), 1, 1).plusDays(random.nextInt(365));
  }

  private LocalDateTime timestamp() {
    int nanos = random.nextInt(1_000_000_000);
    int unit = (int) Math.pow(10, random.nextInt(10));
    return date()
        .atTime(LocalTime.ofSecondOfDay(random.nextInt(86_400)))
        .withNano(nanos / unit * unit);
  }

  private List<Object> array(DataType element) {
    List<Object> values = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(nullable(element));
    }
    return values;
  }

  private Map<Object, Object> map(DataType key, DataType value) {
    Map<Object, Object> entries = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      entries.put(nullable(key), nullable(value));
    }
    return entries;
  }
}
