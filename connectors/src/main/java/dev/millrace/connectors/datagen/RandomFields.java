package dev.millrace.connectors.datagen;

import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes the generators of fields of the kind {@code random}, with Flink's options and defaults. */
final class RandomFields {
  private static final int DEFAULT_LENGTH = 100;
  private static final int DEFAULT_ELEMENTS = 3;
  private static final int MOST_OCCURRENCES = 10;
  private static final int MOST_MONTHS = 120_000;

  private final FieldOptions options;

  RandomFields(FieldOptions options) {
    this.options = options;
  }

  Generator of(String field, DataType type) {
    return switch (type.root()) {
      case BOOLEAN -> RandomNumbers.booleans(seed(field), nulls(field));
      case CHAR -> new RandomBytes(seed(field), type.length(), false, true, nulls(field));
      case VARCHAR ->
          new RandomBytes(seed(field), length(field, type), varied(field), true, nulls(field));
      case BINARY -> new RandomBytes(seed(field), type.length(), false, false, noNulls());
      case VARBINARY ->
          new RandomBytes(seed(field), length(field, type), varied(field), false, noNulls());
      case TINYINT, SMALLINT, INT, INTERVAL_YEAR_MONTH -> integers(field, type);
      case BIGINT, INTERVAL_DAY_TIME -> longs(field);
      case FLOAT, DOUBLE -> floatingPoint(field, type);
      case DECIMAL -> decimals(field, type);
      case DATE -> Clocks.date(options.zone());
      case TIME -> Clocks.time(options.zone());
      case TIMESTAMP, TIMESTAMP_LTZ ->
          RandomNumbers.pastTimestamps(
              seed(field),
              options.get(field, "max-past", Option::duration, Duration.ZERO).toMillis(),
              nulls(field));
      case ARRAY ->
          new Nested.Array(of(field + ".element", type.element()), elements(field), nulls(field));
      case MAP ->
          new Nested.Entries(
              type.child(0),
              of(field + ".key", type.child(0)),
              of(field + ".value", type.child(1)),
              elements(field),
              nulls(field));
      case MULTISET ->
          new Nested.Entries(
              type.element(),
              of(field + ".element", type.element()),
              RandomNumbers.ints(
                  options.seed(field, "occurrences"), 0, MOST_OCCURRENCES, noNulls()),
              elements(field),
              nulls(field));
      case ROW -> rows(field, type);
      case NULL, RAW -> throw unsupported(field, type);
    };
  }

  static UnsupportedException unsupported(String field, DataType type) {
    return new UnsupportedException(
        "datagen for field '%s' of type %s".formatted(field, type.withNullable(true)));
  }

  private Generator integers(String field, DataType type) {
    int min = options.get(field, "min", Option::integer, (int) lowest(type));
    int max = options.get(field, "max", Option::integer, (int) highest(type));
    if (min < lowest(type) || max > highest(type)) {
      throw options.wrong(field, "min and max must be values of " + type.withNullable(true));
    }
    checkOrder(field, min <= max);
    return switch (type.root()) {
      case TINYINT -> RandomNumbers.bytes(seed(field), min, max, nulls(field));
      case SMALLINT -> RandomNumbers.shorts(seed(field), min, max, nulls(field));
      default -> RandomNumbers.ints(seed(field), min, max, nulls(field));
    };
  }

  static long lowest(DataType type) {
    return switch (type.root()) {
      case TINYINT -> Byte.MIN_VALUE;
      case SMALLINT -> Short.MIN_VALUE;
      case INTERVAL_YEAR_MONTH -> 0;
      default -> Integer.MIN_VALUE;
    };
  }

  static long highest(DataType type) {
    return switch (type.root()) {
      case TINYINT -> Byte.MAX_VALUE;
      case SMALLINT -> Short.MAX_VALUE;
      case INTERVAL_YEAR_MONTH -> MOST_MONTHS;
      default -> Integer.MAX_VALUE;
    };
  }

  private Generator longs(String field) {
    long min = options.get(field, "min", Option::longInteger, Long.MIN_VALUE);
    long max = options.get(field, "max", Option::longInteger, Long.MAX_VALUE);
    checkOrder(field, min <= max);
    return RandomNumbers.longs(seed(field), min, max, nulls(field));
  }

  private Generator floatingPoint(String field, DataType type) {
    boolean single = type.is(TypeRoot.FLOAT);
    double min =
        options.get(
            field, "min", FieldOptions::number, single ? Float.MIN_VALUE : Double.MIN_VALUE);
    double max =
        options.get(
            field, "max", FieldOptions::number, single ? Float.MAX_VALUE : Double.MAX_VALUE);
    checkOrder(field, min <= max);
    return single
        ? RandomNumbers.floats(seed(field), min, max, nulls(field))
        : RandomNumbers.doubles(seed(field), min, max, nulls(field));
  }

  private Generator decimals(String field, DataType type) {
    double min = options.get(field, "min", FieldOptions::number, Double.MIN_VALUE);
    double max = options.get(field, "max", FieldOptions::number, Double.MAX_VALUE);
    checkOrder(field, Double.isFinite(min) && Double.isFinite(max) && min <= max);
    RandomDecimals decimals = RandomDecimals.of(type, seed(field), min, max, nulls(field));
    if (decimals.isEmpty()) {
      throw options.wrong(
          field, "no value of " + type.withNullable(true) + " lies between min and max");
    }
    return decimals;
  }

  private Generator rows(String field, DataType type) {
    List<Generator> fields = new ArrayList<>();
    for (DataType.Field child : type.children()) {
      fields.add(of(field + "." + child.name(), child.type()));
    }
    return new Nested.Row(fields, nulls(field));
  }

  private void checkOrder(String field, boolean ordered) {
    if (!ordered) {
      throw options.wrong(field, "min must not be greater than max");
    }
  }

  private int length(String field, DataType type) {
    int declared = type.length() == DataType.MAX_LENGTH ? DEFAULT_LENGTH : type.length();
    int length = options.get(field, "length", Option::integer, declared);
    if (length < 0 || length > type.length()) {
      throw options.wrong(
          field,
          "length must be at most that of %s, and not negative".formatted(type.withNullable(true)));
    }
    return length;
  }

  private int elements(String field) {
    int elements = options.get(field, "length", Option::integer, DEFAULT_ELEMENTS);
    if (elements < 0) {
      throw options.wrong(field, "length must not be negative");
    }
    return elements;
  }

  private boolean varied(String field) {
    return options.get(field, "var-len", Option::bool, false);
  }

  private long seed(String field) {
    return options.seed(field, "value");
  }

  private Nulls nulls(String field) {
    double rate = options.get(field, "null-rate", FieldOptions::number, 0.0);
    return new Nulls(options.seed(field, "null"), rate);
  }

  private static Nulls noNulls() {
    return new Nulls(0, 0);
  }
}
