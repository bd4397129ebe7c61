package dev.millrace.engine.function.temporal;

import dev.millrace.engine.expression.Literal;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.text.Dates;

/** A unit of time, as EXTRACT, FLOOR and CEIL name it. */
enum Unit {
  NANOSECOND,
  MICROSECOND,
  MILLISECOND(1),
  SECOND(1_000),
  MINUTE(60_000),
  HOUR(3_600_000),
  DAY(Unit.MILLIS_PER_DAY),
  WEEK(7 * Unit.MILLIS_PER_DAY),
  MONTH(1),
  QUARTER(3),
  YEAR(12),
  DECADE(120),
  CENTURY(1_200),
  MILLENNIUM(12_000),
  ISOYEAR,
  DOY,
  DOW,
  ISODOW,
  EPOCH;

  static final long MILLIS_PER_DAY = Dates.MILLIS_PER_DAY;

  private final long size;

  Unit() {
    this(0);
  }

  Unit(long size) {
    this.size = size;
  }

  /** The unit that a call names by a literal argument. */
  static Unit of(FunctionCall call, int argument) {
    String name = (String) ((Literal) call.argument(argument)).value();
    for (Unit unit : values()) {
      if (unit.name().equals(name)) {
        return unit;
      }
    }
    throw call.unsupported();
  }

  /** Its milliseconds from MILLISECOND to WEEK, its months from MONTH to MILLENNIUM, else 0. */
  long size() {
    return size;
  }

  /** Whether it divides a day. */
  boolean isTimeOfDay() {
    return compareTo(DAY) < 0;
  }

  /** What a value is to be taken modulo of before it is counted in this unit; 1 for not at all. */
  long modulus() {
    return switch (this) {
      case NANOSECOND, MICROSECOND, MILLISECOND -> SECOND.size;
      case SECOND -> MINUTE.size;
      case MINUTE -> HOUR.size;
      case HOUR -> MILLIS_PER_DAY;
      case MONTH, QUARTER -> YEAR.size;
      default -> 1;
    };
  }
}
