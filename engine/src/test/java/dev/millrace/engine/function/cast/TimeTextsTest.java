package dev.millrace.engine.function.cast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.text.Texts;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What casts take for dates and times; the conformance tests compare the same with Flink. */
class TimeTextsTest {
  /** The formatter that Flink parses with. */
  private static final DateTimeFormatter FLINK =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-[MM][M]-[dd][d]")
          .optionalStart()
          .appendPattern(" [HH][H]:[mm][m]:[ss][s]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private static final String[] FIELDS = {
    "",
    "",
    "0",
    "1",
    "2",
    "00",
    "01",
    "02",
    "12",
    "24",
    "29",
    "30",
    "31",
    "59",
    "60",
    "011",
    "0101",
    "1212",
    "2424",
    "2020",
    "-1",
    "+1",
    "-0",
    "99999999999999999999"
  };
  private static final String[] YEARS = {
    "2020",
    "2021",
    "0000",
    "0001",
    "9999",
    "999",
    "12345",
    "+12345",
    "+2020",
    "-2020",
    "",
    "+200000000",
    "+1000000000"
  };
  private static final String[] ENDINGS = {
    "", "", "", ".", ".0", ".5", ".123456789", ".1234567890", ".x", " ", "Z", ":"
  };

  @Test
  void readsTimestampsAsTheFormatterDoes() {
    Random random = Texts.random();
    int valid = 0;
    for (int i = 0; i < 200_000; i++) {
      String text = pick(random, YEARS) + "-" + pick(random, FIELDS) + "-" + pick(random, FIELDS);
      if (random.nextBoolean()) {
        text +=
            " " + pick(random, FIELDS) + ":" + pick(random, FIELDS) + ":" + pick(random, FIELDS);
      }
      text += pick(random, ENDINGS);
      LocalDateTime expected = formatted(text);
      assertThat(timestamp(text)).as("'%s'", text).isEqualTo(expected);
      valid += expected == null ? 0 : 1;
    }
    assertThat(valid).isGreaterThan(1000);
  }

  private static String pick(Random random, String[] texts) {
    return texts[random.nextInt(texts.length)];
  }

  private static LocalDateTime formatted(String text) {
    try {
      TemporalAccessor parsed = FLINK.parse(text);
      return LocalDateTime.of(
              field(parsed, ChronoField.YEAR, 1970),
              field(parsed, ChronoField.MONTH_OF_YEAR, 1),
              field(parsed, ChronoField.DAY_OF_MONTH, 1),
              field(parsed, ChronoField.HOUR_OF_DAY, 0),
              field(parsed, ChronoField.MINUTE_OF_HOUR, 0))
          .withSecond(field(parsed, ChronoField.SECOND_OF_MINUTE, 0))
          .withNano(field(parsed, ChronoField.NANO_OF_SECOND, 0));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int field(TemporalAccessor parsed, ChronoField field, int missing) {
    return parsed.isSupported(field) ? parsed.get(field) : missing;
  }

  @Test
  void cutsTheFractionToThePrecision() {
    assertThat(timestamp("2020-01-01 00:00:00.987654321", 0)).isEqualTo(timestamp("2020-1-1"));
    assertThat(timestamp("2020-01-01 00:00:00.987654321", 2))
        .isEqualTo(timestamp("2020-01-01 00:00:00.98"));
    assertThat(timestamp("1960-01-01 00:00:00.987654321", 7))
        .isEqualTo(timestamp("1960-01-01 00:00:00.9876543"));
  }

  @Test
  void readsDates() {
    assertThat(date(" 2021-2 ")).isEqualTo(LocalDate.of(2021, 2, 1));
    assertThat(date("2021-02-03 and more")).isEqualTo(LocalDate.of(2021, 2, 3));
    assertThat(date("0")).isEqualTo(LocalDate.of(0, 1, 1));
    assertThat(date("2021-02-29")).isNull();
    assertThat(date("10000-01-01")).isNull();
    assertThat(date("")).isNull();
  }

  @Test
  void readsTimesOfDay() {
    assertThat(time("1:2:3.4567")).isEqualTo(3_723_457);
    assertThat(time("12:00:00+01")).isEqualTo(13 * 3_600_000);
    assertThat(time("00:00:00-00:30")).isEqualTo(-1_800_000);
    assertThat(time("24:00:00")).isNull();
    assertThat(time("12:00-1.5")).isNull();
  }

  private static LocalDateTime timestamp(String text) {
    return timestamp(text, 9);
  }

  private static LocalDateTime timestamp(String text, int precision) {
    byte[] data = Texts.framed(text);
    long[] millis = new long[2];
    int[] nanos = precision > 3 ? new int[2] : null;
    if (!TimestampText.parse(data, 1, data.length - 2, precision, millis, nanos, 1)) {
      return null;
    }
    Instant instant = Instant.ofEpochMilli(millis[1]).plusNanos(nanos == null ? 0 : nanos[1]);
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  private static LocalDate date(String text) {
    byte[] data = Texts.framed(text);
    int[] to = new int[1];
    return DateText.parse(data, 1, data.length - 2, to, 0) ? LocalDate.ofEpochDay(to[0]) : null;
  }

  private static Integer time(String text) {
    byte[] data = Texts.framed(text);
    int[] to = new int[1];
    return TimeText.parse(data, 1, data.length - 2, to, 0) ? to[0] : null;
  }
}
