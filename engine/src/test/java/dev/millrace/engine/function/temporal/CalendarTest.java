package dev.millrace.engine.function.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import org.junit.jupiter.api.Test;

class CalendarTest {
  private static final int FIRST = (int) LocalDate.of(1, 1, 1).toEpochDay();
  private static final int LAST = (int) LocalDate.of(9999, 12, 31).toEpochDay();

  @Test
  void agreesWithJavaOnEveryDay() {
    for (int days = FIRST; days <= LAST; days++) {
      LocalDate date = LocalDate.ofEpochDay(days);
      long read = Calendar.fromDays(days);
      if (Calendar.year(read) != date.getYear()
          || Calendar.month(read) != date.getMonthValue()
          || Calendar.day(read) != date.getDayOfMonth()
          || Calendar.toDays(date.getYear(), date.getMonthValue(), date.getDayOfMonth()) != days
          || Calendar.extract(Unit.WEEK, days) != date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)
          || Calendar.extract(Unit.ISOYEAR, days) != date.get(IsoFields.WEEK_BASED_YEAR)
          || Calendar.extract(Unit.DOY, days) != date.getDayOfYear()) {
        throw new AssertionError("differs on " + date);
      }
    }
  }

  @Test
  void addsMonthsToTheEndOfAMonth() {
    int january = (int) LocalDate.of(2024, 1, 31).toEpochDay();
    assertThat(Calendar.addMonths(january, 1)).isEqualTo(january + 29);
    assertThat(Calendar.addMonths(january, 13)).isEqualTo(LocalDate.of(2025, 2, 28).toEpochDay());
    assertThat(Calendar.addMonths(january, -2)).isEqualTo(LocalDate.of(2023, 11, 30).toEpochDay());
  }

  @Test
  void countsWholeMonths() {
    LocalDate from = LocalDate.of(2023, 3, 15);
    for (int days = -800; days < 800; days++) {
      LocalDate to = from.plusDays(days);
      assertThat(Calendar.monthsBetween((int) from.toEpochDay(), (int) to.toEpochDay()))
          .isEqualTo((int) ChronoUnit.MONTHS.between(from, to));
    }
  }
}
