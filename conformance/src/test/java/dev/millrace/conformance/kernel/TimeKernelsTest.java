package dev.millrace.conformance.kernel;

import dev.millrace.engine.type.DataType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Functions of dates, times and intervals; names of months are those of US English. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimeKernelsTest extends KernelTests {
  private static final List<String> DATE_UNITS =
      List.of(
          "YEAR",
          "QUARTER",
          "MONTH",
          "WEEK",
          "DAY",
          "DOY",
          "DOW",
          "ISODOW",
          "ISOYEAR",
          "DECADE",
          "CENTURY",
          "MILLENNIUM",
          "EPOCH");
  private static final String MALFORMED = "yyyy-bb";
  private static final List<String> TIME_UNITS = List.of("HOUR", "MINUTE", "SECOND", "MILLISECOND");
  private static final List<String> ROUNDED =
      List.of("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "DECADE", "CENTURY", "MILLENNIUM");
  private static final List<String> ZONES = List.of("America/New_York", "Pacific/Chatham");

  private Locale machine;

  @BeforeAll
  void setKnownLocale() {
    machine = Locale.getDefault();
    Locale.setDefault(Locale.US);
  }

  @AfterAll
  void restoreLocale() {
    Locale.setDefault(machine);
  }

  @Override
  void expressions() {
    extraction();
    rounding();
    addition();
    differences();
    intervals();
    formatting();
    parsing();
    epochs();
    zones();
  }

  private void extraction() {
    for (String unit : DATE_UNITS) {
      check("EXTRACT(" + unit + " FROM x)", column("x", timestamp(3)));
      check("EXTRACT(" + unit + " FROM x)", column("x", timestampLtz(3)));
      check("EXTRACT(" + unit + " FROM x)", date("x"));
    }
    for (String unit : TIME_UNITS) {
      check("EXTRACT(" + unit + " FROM x)", column("x", timestamp(9)));
      check("EXTRACT(" + unit + " FROM x)", column("x", timestampLtz(6)));
      check("EXTRACT(" + unit + " FROM x)", date("x"));
      check("EXTRACT(" + unit + " FROM x)", column("x", TIME));
    }
    for (String unit : List.of("MICROSECOND", "NANOSECOND")) {
      check("EXTRACT(" + unit + " FROM x)", column("x", timestamp(9)));
      check("EXTRACT(" + unit + " FROM x)", column("x", timestampLtz(9)));
    }
    check("YEAR(x) + MONTH(x) + DAYOFMONTH(x)", column("x", notNull(timestamp(3))));
    check("WEEK(x) * 10 + DAYOFWEEK(x)", date("x"));
    check("HOUR(x) * 60 + MINUTE(x)", column("x", TIME));
    for (String unit : List.of("DAY", "HOUR", "MINUTE", "SECOND")) {
      check("EXTRACT(" + unit + " FROM INTERVAL '1' SECOND * n)", column("n", INT));
      check("EXTRACT(" + unit + " FROM (x - y) DAY TO SECOND)", timestamps(3));
    }
    for (String unit : List.of("YEAR", "QUARTER", "MONTH", "CENTURY", "MILLENNIUM")) {
      check("EXTRACT(" + unit + " FROM INTERVAL '1' MONTH * n)", column("n", INT));
    }
  }

  private void rounding() {
    for (String function : List.of("FLOOR", "CEIL")) {
      for (String unit : ROUNDED) {
        check(function + "(x TO " + unit + ")", column("x", timestamp(3)));
        check(function + "(x TO " + unit + ")", column("x", timestampLtz(3)));
        check(function + "(x TO " + unit + ")", date("x"));
      }
      for (String unit : TIME_UNITS) {
        check(function + "(x TO " + unit + ")", column("x", timestamp(9)));
        check(function + "(x TO " + unit + ")", column("x", timestampLtz(9)));
        check(function + "(x TO " + unit + ")", column("x", TIME));
      }
      check(function + "(x TO HOUR)", date("x"));
    }
  }

  private void addition() {
    for (String sign : List.of("+", "-")) {
      for (DataType type : List.of(timestamp(3), timestamp(9), timestampLtz(3), DATE, TIME)) {
        check("x " + sign + " INTERVAL '5' SECOND", column("x", type));
        check("x " + sign + " INTERVAL '26:03' HOUR TO MINUTE", column("x", type));
        check("x " + sign + " INTERVAL '13' MONTH", column("x", type));
        check("x " + sign + " INTERVAL '1' HOUR * n", column("x", type), column("n", INT));
        check("x " + sign + " INTERVAL '1' DAY * n", column("x", type), column("n", BIGINT));
        check("x " + sign + " INTERVAL '1' MONTH * n", column("x", type), column("n", TINYINT));
      }
    }
    check("INTERVAL '1' DAY + x", column("x", timestamp(3)));
    for (String unit : List.of("SECOND", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR")) {
      check("TIMESTAMPADD(" + unit + ", n, x)", column("n", SMALLINT), column("x", timestamp(3)));
      check("TIMESTAMPADD(" + unit + ", n, x)", column("n", SMALLINT), date("x"));
    }
  }

  private void differences() {
    for (String unit :
        List.of("SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR")) {
      check("TIMESTAMPDIFF(" + unit + ", x, y)", timestamps(3));
      check(
          "TIMESTAMPDIFF(" + unit + ", x, y)",
          column("x", timestampLtz(3)),
          column("y", timestampLtz(3)));
      check("TIMESTAMPDIFF(" + unit + ", x, y)", date("x"), date("y"));
      check("TIMESTAMPDIFF(" + unit + ", x, y)", date("x"), column("y", timestamp(3)));
      check("TIMESTAMPDIFF(" + unit + ", x, y)", column("x", timestamp(3)), date("y"));
    }
    check("TIMESTAMPDIFF(SECOND, x, y)", column("x", TIME), column("y", TIME));
    check(
        "z + (x - y) SECOND",
        column("x", timestamp(3)),
        column("y", timestamp(9)),
        column("z", timestamp(3)));
    check("z - (x - y) DAY", date("x"), date("y"), column("z", timestamp(3)));
    check("z + (x - y) MONTH", date("x"), date("y"), date("z"));
    check(
        "z + (x - y) MONTH", column("x", timestampLtz(3)), column("y", timestampLtz(3)), date("z"));
    check("z + (x - y) MINUTE", column("x", TIME), column("y", TIME), column("z", TIME));
  }

  private void intervals() {
    Column x = column("x", timestamp(3));
    Column n = column("n", INT);
    check("x + (INTERVAL '1' DAY + INTERVAL '2' HOUR * n)", x, n);
    check("x + (INTERVAL '1' MONTH - INTERVAL '2' YEAR * n)", x, column("n", TINYINT));
    check("x + (- (INTERVAL '1' DAY * n))", x, n);
    check("x + (- (INTERVAL '1' MONTH * n))", x, column("n", TINYINT));
  }

  private void formatting() {
    for (String pattern :
        List.of(
            "yyyy-MM-dd HH:mm:ss",
            "yyyy-MM-dd",
            "HH:mm",
            "yyyyMMddHHmmssSSS",
            "yyyy/MM/dd HH:mm:ss.SSSSSSSSS",
            "ss.S",
            "EEE, d MMM yyyy",
            "yy-M-d H:m:s a",
            "yyyy-MM-dd''T''HH:mm",
            "uuuu DDD e",
            "z",
            MALFORMED,
            "")) {
      check("DATE_FORMAT(x, '" + pattern + "')", column("x", timestamp(9)));
      check("DATE_FORMAT(x, '" + pattern + "')", column("x", timestampLtz(3)));
      check("DATE_FORMAT(x, '" + pattern + "')", text("x"));
    }
    check("DATE_FORMAT(x, p)", column("x", timestamp(3)), text("p", "yyyy-MM-dd", "HH", "QQ"));
    check("DATE_FORMAT(x, p)", text("x"), text("p", "yyyy-MM-dd", "HH", "zzz"));
  }

  private void parsing() {
    check("TO_TIMESTAMP(s)", text("s"));
    check("TO_TIMESTAMP_LTZ(s)", text("s"));
    check("TO_DATE(s)", text("s", "2024", "2024-2", "2024-02-30", "99999999999", "1-1-1 x", "-1"));
    for (String pattern :
        List.of(
            "yyyy-MM-dd HH:mm:ss",
            "yyyy-MM-dd HH:mm:ss.SSS",
            "yyyy-MM-dd HH:mm:ss.SSSSSS",
            "yyyy-MM-dd",
            "yyyyMMdd",
            "HH:mm",
            "MM-dd",
            "dd MMM yyyy",
            "yyyy-MM-dd hh:mm a",
            MALFORMED)) {
      check("TO_TIMESTAMP(s, '" + pattern + "')", text("s"));
      if (!pattern.equals(MALFORMED)) {
        check("TO_TIMESTAMP_LTZ(s, '" + pattern + "')", text("s"));
        check("TO_TIMESTAMP_LTZ(s, '" + pattern + "', 'Europe/Berlin')", text("s"));
      }
      check("TO_DATE(s, '" + pattern + "')", text("s"));
      check("UNIX_TIMESTAMP(s, '" + pattern + "')", text("s"));
    }
    check("UNIX_TIMESTAMP(s)", text("s"));
    check("TO_TIMESTAMP(s, p)", text("s"), text("p", "yyyy-MM-dd", "HH:mm"));
    check("TO_TIMESTAMP_LTZ(s, p, z)", text("s"), text("p", "yyyy-MM-dd"), text("z", "UTC", "+2"));
  }

  private void epochs() {
    Object[] seconds = {
      0L, -1L, 1_709_164_800L, 253_402_300_799L, 253_402_300_800L, 1_711_846_800L
    };
    check("FROM_UNIXTIME(n)", column("n", BIGINT, seconds));
    check("FROM_UNIXTIME(n)", column("n", INT));
    check("FROM_UNIXTIME(n, 'yyyy-MM-dd HH:mm:ss.SSS')", column("n", BIGINT, seconds));
    check("FROM_UNIXTIME(n, 'yyyyMMdd')", column("n", BIGINT, seconds));
    check("FROM_UNIXTIME(n, p)", column("n", BIGINT, seconds), text("p", "EEEE", "dd.MM.", "bb"));
    for (int precision : List.of(0, 3)) {
      for (DataType type : List.of(BIGINT, INT, SMALLINT, DOUBLE, FLOAT, decimal(20, 3))) {
        check("TO_TIMESTAMP_LTZ(n, " + precision + ")", column("n", type));
      }
    }
    check("TO_TIMESTAMP_LTZ(n)", column("n", BIGINT, seconds));
    check("TO_TIMESTAMP_LTZ(n, 9)", column("n", BIGINT, 1_709_164_800_123_456_789L));
    check("TO_TIMESTAMP_LTZ(n, p)", column("n", BIGINT, seconds), column("p", INT, 0, 3, 6, 9));
  }

  private void zones() {
    for (String zone : ZONES) {
      inZone(zone);
      Column ltz = column("x", timestampLtz(3), Instant.parse("1890-01-01T00:00:00Z"));
      for (String unit : List.of("YEAR", "DAY", "HOUR", "MINUTE", "EPOCH")) {
        check("EXTRACT(" + unit + " FROM x)", ltz);
      }
      for (String unit : List.of("HOUR", "DAY", "WEEK", "MONTH")) {
        check("FLOOR(x TO " + unit + ")", ltz);
        check("CEIL(x TO " + unit + ")", ltz);
      }
      check("DATE_FORMAT(x, 'yyyy-MM-dd HH:mm')", ltz);
      check("FROM_UNIXTIME(n)", column("n", BIGINT, -2_500_000_000L, 1_711_846_800L));
      check("UNIX_TIMESTAMP(s)", text("s"));
      check("x + INTERVAL '1' MONTH", ltz);
    }
    check("CONVERT_TZ(s, 'UTC', 'America/New_York')", text("s"));
    check(
        "CONVERT_TZ(s, f, t)",
        text("s"),
        text("f", "UTC", "Europe/Berlin"),
        text("t", "Asia/Tokyo", "x"));
  }

  private static Column date(String name) {
    return column(name, DATE, LocalDate.of(1582, 10, 14), LocalDate.of(2001, 1, 1));
  }

  private static Column[] timestamps(int precision) {
    Object[] examples = {
      LocalDateTime.of(2024, 1, 31, 12, 0), LocalDateTime.of(2024, 2, 29, 11, 59, 59)
    };
    return new Column[] {
      column("x", timestamp(precision), examples), column("y", timestamp(precision), examples)
    };
  }

  private static Column text(String name, Object... examples) {
    Object[] usual = {
      "2024-02-29 23:59:59",
      "2024-02-29 23:59:59.1",
      "2024-02-29 23:59:59.123",
      "2024-02-29 23:59:59.123456",
      "2023-02-29 12:00:00",
      "2023-02-31",
      "2024-2-9 1:2:3",
      "2024-03-31 02:30:00",
      "2024-10-27 02:30:00",
      "2024-01-01 24:00:00",
      "2024-13-01",
      "0000-01-01 00:00:00",
      "10000-01-01",
      "1500-02-28 00:00:00",
      "20240229",
      "23:59",
      "02-30",
      "29 Feb 2024",
      "2024-02-29 11:30 PM",
      " 2024-02-29 ",
      "2024-02-29 25:61:61",
      "2024-02-29T23:59:59"
    };
    return column(name, STRING, examples.length == 0 ? usual : examples);
  }
}
