package dev.millrace.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DatesTest {
  private static final DateTimeFormatter SQL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS", Locale.ROOT);

  @Test
  void civilDatesAreThoseOfTheJdk() {
    Random random = Texts.random();
    for (int i = 0; i < 100_000; i++) {
      int day = i < 1000 ? i - 500 : random.nextInt() >> random.nextInt(32);
      LocalDate date = LocalDate.ofEpochDay(day);
      long civil = Dates.civil(day);
      assertThat(LocalDate.of(Dates.year(civil), Dates.month(civil), Dates.day(civil)))
          .isEqualTo(date);
      assertThat(Dates.epochDay(date.getYear(), date.getMonthValue(), date.getDayOfMonth()))
          .isEqualTo(day);
      assertThat(Dates.monthLength(date.getYear(), date.getMonthValue()))
          .isEqualTo(date.lengthOfMonth());
      assertThat(Texts.printed(out -> IsoDates.appendDate(out, day))).isEqualTo(date.toString());
    }
  }

  @Test
  void timestampsArePrintedToTheirPrecision() {
    Random random = Texts.random();
    for (int i = 0; i < 50_000; i++) {
      LocalDateTime time = randomTime(random);
      long millis = time.toInstant(ZoneOffset.UTC).toEpochMilli();
      int nanos = (int) (time.toLocalTime().toNanoOfDay() % 1_000_000);
      String sql = SQL.format(time);
      for (int precision = 0; precision <= 9; precision++) {
        int digits = precision;
        String text = sql.substring(0, precision == 0 ? 19 : 20 + precision);
        assertThat(Texts.printed(out -> Dates.appendTimestamp(out, millis, nanos, digits)))
            .isEqualTo(text);
      }
      assertThat(parse(sql, ' ')).isEqualTo(time);
      assertThat(Texts.printed(out -> Dates.appendDate(out, (int) time.toLocalDate().toEpochDay())))
          .isEqualTo(sql.substring(0, 10));
    }
  }

  @Test
  void isoTextIsThatOfTheJdk() {
    Random random = Texts.random();
    for (int i = 0; i < 50_000; i++) {
      LocalDateTime time = randomTime(random);
      Instant instant = time.toInstant(ZoneOffset.UTC);
      long millis = instant.toEpochMilli();
      int nanos = (int) (time.toLocalTime().toNanoOfDay() % 1_000_000);
      assertThat(Texts.printed(out -> IsoDates.appendLocalDateTime(out, millis, nanos)))
          .isEqualTo(time.toString());
      assertThat(Texts.printed(out -> IsoDates.appendInstant(out, millis, nanos)))
          .isEqualTo(instant.toString());
      LocalTime timeOfDay = time.toLocalTime();
      assertThat(Texts.printed(out -> IsoDates.appendTime(out, timeOfDay.toNanoOfDay())))
          .isEqualTo(timeOfDay.toString());
      assertThat(parse(instant.toString().replace("Z", ""), 'T')).isEqualTo(time);
    }
  }

  @Test
  void isoParsersRefuseWhatIsNotTheCommonForm() {
    List<String> wrong =
        List.of(
            "",
            "2020-01-01",
            "2020-01-01T00:00",
            "2020-02-30T00:00:00",
            "2020-01-01 00:00:00",
            "2020-01-01T24:00:00",
            "2020-01-01T00:00:60",
            "2020-13-01T00:00:00",
            "2020-01-01T00:00:00.",
            "2020-01-01T00:00:00.1234567890",
            "2020-01-01T00:00:00Z",
            "2020-01-01T0a:00:00",
            "2020/01/01T00:00:00",
            "2020-01-01T00-00-00");
    for (String text : wrong) {
      assertThat(parse(text, 'T')).as(text).isNull();
    }
  }

  @Test
  void intervalsArePrintedWithTheirSign() {
    assertThat(Texts.printed(out -> Dates.appendYearMonth(out, -25))).isEqualTo("-2-01");
    assertThat(Texts.printed(out -> Dates.appendDayTime(out, 93_784_005)))
        .isEqualTo("+1 02:03:04.005");
  }

  /** Of the years 0000 to 9999, now and then with zeros at the end. */
  private static LocalDateTime randomTime(Random random) {
    long second = random.nextLong(-62_167_219_200L, 253_402_300_800L);
    int[] units = {1_000_000_000, 1_000_000, 1000, 1};
    int unit = units[random.nextInt(units.length)];
    int nano = random.nextInt(1_000_000_000) / unit * unit % 1_000_000_000;
    LocalDateTime time = LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC);
    return (random.nextInt(4) == 0 ? time.withSecond(0) : time)
        .plusYears(time.getYear() == 0 ? 1 : 0);
  }

  private static LocalDateTime parse(String text, char separator) {
    byte[] data = Texts.framed(text);
    long[] millis = new long[2];
    int[] nanos = new int[2];
    boolean valid = IsoDates.parseTimestamp(data, 1, data.length - 2, separator, millis, nanos, 1);
    return valid ? local(millis[1], nanos[1]) : null;
  }

  /** One after the other, neighbours in the same minute and spoilt ones among them. */
  @Test
  void timestampsInARowAreParsedAsEachAlone() {
    long seed = Long.getLong("millrace.random.seed", 13);
    Random random = new Random(seed);
    IsoTimestampParser parser = new IsoTimestampParser(' ');
    long millis = 1_700_000_000_000L;
    for (int n = 0; n < 20_000; n++) {
      millis += random.nextInt(random.nextInt(5) == 0 ? 100_000_000 : 3000);
      String text = local(millis, 0).toString().replace('T', ' ');
      if (random.nextInt(4) == 0) {
        int at = random.nextInt(text.length());
        text = text.substring(0, at) + "0:- .9Z".charAt(random.nextInt(7)) + text.substring(at + 1);
      }
      text = text.substring(0, text.length() - random.nextInt(2));
      byte[] data = Texts.framed(text);
      LocalDateTime parsed =
          parser.parse(data, 1, data.length - 2) ? local(parser.millis(), parser.nanos()) : null;
      assertThat(parsed).as("'%s', seed %d", text, seed).isEqualTo(parse(text, ' '));
    }
  }

  private static LocalDateTime local(long millis, int nanos) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis).plusNanos(nanos), ZoneOffset.UTC);
  }
}
