package dev.millrace.plan.rex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.type.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Base64;

/**
 * Reads the values of literals: numbers and booleans as JSON has them, all else as text.
 *
 * <p>Dates and times are read by place, {@code yyyy-MM-dd HH:mm:ss[.fraction]}; a TIMESTAMP_LTZ is
 * written in UTC, whatever the session's zone. Binaries are Base64, intervals months or
 * milliseconds.
 */
public final class RexLiterals {
  private static final int DATE_LENGTH = 10;
  private static final int SECONDS_LENGTH = 8;
  private static final int NANO_DIGITS = 9;

  private RexLiterals() {}

  /** The value as the Java object that {@link Values} has for the type; null for a JSON null. */
  public static Object value(JsonNode json, DataType type) {
    if (json.isNull() || json.isMissingNode()) {
      return null;
    }
    String text = json.asText();
    return switch (type.root()) {
      case BOOLEAN -> json.booleanValue();
      case TINYINT -> (byte) json.intValue();
      case SMALLINT -> (short) json.intValue();
      case INT -> json.intValue();
      case BIGINT -> json.longValue();
      case FLOAT -> new BigDecimal(text).floatValue();
      case DOUBLE -> new BigDecimal(text).doubleValue();
      case DECIMAL -> new BigDecimal(text).setScale(type.scale(), RoundingMode.HALF_UP);
      case CHAR, VARCHAR -> text;
      case BINARY, VARBINARY -> Base64.getDecoder().decode(text);
      case DATE -> date(text);
      case TIME -> time(text);
      case TIMESTAMP -> timestamp(text);
      case TIMESTAMP_LTZ -> timestamp(text).toInstant(ZoneOffset.UTC);
      case INTERVAL_YEAR_MONTH -> Period.ofMonths(new BigDecimal(text).intValueExact());
      case INTERVAL_DAY_TIME -> Duration.ofMillis(new BigDecimal(text).longValueExact());
      default -> throw new UnsupportedException("a literal of type " + type);
    };
  }

  private static LocalDateTime timestamp(String text) {
    return LocalDateTime.of(
        date(text.substring(0, DATE_LENGTH)), time(text.substring(DATE_LENGTH + 1)));
  }

  private static LocalDate date(String text) {
    return LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, DATE_LENGTH));
  }

  private static LocalTime time(String text) {
    return LocalTime.of(
        digits(text, 0, 2), digits(text, 3, 5), digits(text, 6, SECONDS_LENGTH), nanos(text));
  }

  private static int nanos(String time) {
    if (time.length() <= SECONDS_LENGTH + 1) {
      return 0;
    }
    String fraction = time.substring(SECONDS_LENGTH + 1);
    return Integer.parseInt(fraction + "0".repeat(NANO_DIGITS - fraction.length()));
  }

  private static int digits(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
