package dev.millrace.conformance.kernel;

import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.planner.functions.casting.CastRuleProvider;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeCasts;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;

/** CAST and TRY_CAST of each pair of types that Flink casts. */
class CastKernelsTest extends KernelTests {
  private static final DataType DECIMAL = decimal(4, 2);

  private static final List<DataType> TYPES =
      List.of(
          BOOLEAN,
          TINYINT,
          SMALLINT,
          INT,
          BIGINT,
          FLOAT,
          DOUBLE,
          decimal(1, 0),
          DECIMAL,
          decimal(18, 6),
          decimal(20, 0),
          decimal(38, 18),
          STRING,
          varchar(4),
          character(7),
          BYTES,
          DataType.of(TypeRoot.VARBINARY, 3),
          DataType.of(TypeRoot.BINARY, 5),
          DATE,
          TIME,
          DataType.of(TypeRoot.TIME, 3),
          timestamp(0),
          timestamp(3),
          timestamp(9),
          timestampLtz(0),
          timestampLtz(3),
          timestampLtz(9));

  private static final List<DataType> ZONED =
      List.of(STRING, DATE, TIME, timestamp(3), timestampLtz(3));

  private static final Object[] NUMBERS = {
    "",
    " ",
    "0",
    "-0",
    "+1",
    "1 ",
    " 12",
    "\t12",
    "12\n",
    "-",
    "+",
    ".",
    "-.",
    "+.5",
    "5.",
    "1.5",
    "12.9x",
    "x",
    "xy",
    "1x",
    "1xy",
    "127",
    "128",
    "-128",
    "-129",
    "32767",
    "32768",
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "99999999999999999999",
    "9223372036854775807.9",
    "1e3",
    "1E-3",
    "1e",
    "1e+",
    "-1e+5",
    "1.2.3",
    "1e400",
    "1e-400",
    "NaN",
    "Infinity",
    "-Infinity",
    "nan",
    "0x1p3",
    "1d",
    "1f",
    "00012",
    "000000000000000000012",
    "9.99",
    "9.5",
    "9.4",
    "-9.5",
    "99.995",
    "99.994",
    "0.005",
    "1e37",
    "1e38",
    "1e-30",
    "1e-17",
    "123456789012345678",
    "1234567890123456789",
    "12345678901234567890.123456789012345678",
    "\u0661\u0662",
    "\u0661\u0662\u0661\u0662\u0661\u0662\u0661\u0662\u0661\u0662",
    "3.4028235e38",
    "1e-45",
    "0.1",
    "16777217",
    "9007199254740993",
    "1e5x",
    "1e5 ",
    "1e5 x",
    "--1",
    "1-",
    "e5",
    ".e5"
  };

  private static final Object[] BOOLEANS = {
    "t",
    "T",
    "true",
    "TRUE",
    "TrUe",
    "y",
    "yes",
    "YES",
    "1",
    "f",
    "false",
    "FALSE",
    "n",
    "no",
    "NO",
    "0",
    " true",
    "true ",
    "on",
    "yE\u017F",
    "tru",
    "falsy",
    "f\u00E4lse"
  };

  private static final Object[] TIMES = {
    "2020-01-01",
    "2020-1-1",
    " 2020-01-01",
    "2020-01-01 ",
    "2020-01-01 x",
    "2020",
    "2020-02",
    "2020-",
    "2020--",
    "-2020-01-01",
    "2021-02-29",
    "2020-02-29",
    "2021-02-31",
    "2020-04-31",
    "2020-13-01",
    "2020-00-01",
    "2020-01-00",
    "2020-01-32",
    "0000-01-01",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "+10000-01-01",
    "+2020-01-01",
    "12345-01-01",
    "+12345-06-07",
    "2020-0101-01",
    "2020-0202-0303",
    "2020-011-01",
    "99999999999-01-01",
    "2020-01-01T00:00:00",
    "2020-01-01 00:00:00",
    "2020-01-01 24:00:00",
    "2020-01-01 24:00:00.0",
    "2020-01-01 24:00:01",
    "2020-12-31 24::",
    "2020-12-31 24::0",
    "2020-12-31 24:0:",
    "2020-12-31 24:0:.0",
    "2020-12- 24:00:00",
    "2020-- 10:00:00",
    "2020-05- 1:2:3",
    "2020-01-01 ::",
    "2020-01-01 ::5",
    "2020-01-01 :5:",
    "2020-01-01 5::5.5",
    "2020-01-01 ::.5",
    "2020-01-01 23:59:60",
    "2020-01-01 23:60:00",
    "2020-01-01 25:00:00",
    "2020-01-01 1:2:3.",
    "2020-01-01 1:2:3.4",
    "2020-01-01 01:02:03.123456789",
    "2020-01-01 01:02:03.1234567891",
    "2020-01-01 010:02:03",
    "2020-01-01 0101:0202:0303",
    "2020-01-01 01:02",
    "2020-01-01  01:02:03",
    "2020-01-01 -1:02:03",
    "2020-01-01 01:02:03Z",
    "2020-01-01 01:02:03 ",
    "1969-12-31 23:59:59.999999999",
    "2024-03-31 02:30:00",
    "2024-03-31 01:59:59.999",
    "2024-10-27 02:30:00",
    "2024-10-27 03:00:00",
    "2024-04-07 02:45:00",
    "2024-09-29 02:50:00",
    "1890-01-01 00:00:00",
    "12:34:56",
    "1:2:3",
    "12:34",
    "12",
    "24:00:00",
    "12:60:00",
    "12:34:60",
    "12:34:56.7",
    "12:34:56.7895",
    "12:34:56.x5",
    "23:59:59.9999",
    "12:34:56.\u00E95",
    "12:34:56.12\uD83D\uDE00",
    "12:34:56.123\uD83D\uDE00",
    "12:34:56.1\uD83D\uDE009",
    "12:34:56+01",
    "12:34:56-01:30",
    "12:34:56+01:30",
    "12:34-01:30",
    "12+01:30",
    "12-5",
    "-5:00:00",
    "00:00:00-1",
    "23:00:00+5",
    "12:34:56.5-1",
    "12:34:56-1.5",
    "12:34:56 ",
    " 12 : 34 : 56 ",
    ":",
    "::",
    "12::",
    "12:34:",
    "12:34:56:78",
    "12:34:56."
  };

  @Override
  void expressions() {
    for (DataType source : TYPES) {
      for (DataType target : TYPES) {
        checkCast(source, target);
      }
    }
    for (String zone :
        List.of("America/New_York", "Pacific/Chatham", "Asia/Kolkata", "+05:30", "UTC")) {
      inZone(zone);
      for (DataType source : ZONED) {
        for (DataType target : ZONED) {
          if (source.is(TypeRoot.TIMESTAMP_LTZ) || target.is(TypeRoot.TIMESTAMP_LTZ)) {
            checkCast(source, target);
          }
        }
      }
    }
    inZone("Europe/Berlin");
    intervals();
    nested();
  }

  private void checkCast(DataType source, DataType target) {
    if (isCastInFlink(source, target)) {
      Column column = column("a", source, examples(source, target));
      check("CAST(a AS " + target + ")", column);
      if (CastRuleProvider.canFail(logical(source), logical(target)) || target.equals(DECIMAL)) {
        check("TRY_CAST(a AS " + target + ")", column);
      }
    }
  }

  /** Also false for a cast that the planner drops. */
  private static boolean isCastInFlink(DataType source, DataType target) {
    LogicalType from = logical(source);
    LogicalType to = logical(target);
    return !from.equals(to)
        && LogicalTypeCasts.supportsExplicitCast(from, to)
        && !isRefused(source, target)
        && CastRuleProvider.exists(from, to);
  }

  /** Whether these are a number and a timestamp: Flink has rules for them, which just refuse. */
  private static boolean isRefused(DataType source, DataType target) {
    if (source.is(TypeRoot.ARRAY) && target.is(TypeRoot.ARRAY)) {
      return isRefused(source.element(), target.element());
    }
    return (source.isNumeric() && target.isTimestamp())
        || (source.isTimestamp() && target.isNumeric());
  }

  /** No column can have an interval type, so one is made of a number. */
  private void intervals() {
    for (String unit : List.of("MONTH", "DAY")) {
      for (DataType source : List.of(TINYINT, SMALLINT, INT, BIGINT)) {
        String interval = "CAST(a AS INTERVAL " + unit + ")";
        check("CAST(" + interval + " AS STRING)", column("a", source));
        check("CAST(" + interval + " AS VARCHAR(4))", column("a", source));
      }
    }
  }

  private void nested() {
    DataType ints = DataType.array(INT);
    DataType strings = DataType.array(STRING);
    DataType doubles = DataType.array(DOUBLE);
    DataType decimals = DataType.array(decimal(20, 5));
    DataType times = DataType.array(timestampLtz(3));
    for (DataType source : List.of(ints, strings, doubles, decimals, times)) {
      for (DataType target : List.of(ints, strings, doubles, decimals, times)) {
        checkCast(source, target);
      }
      checkCast(source, STRING);
      checkCast(source, varchar(6));
      checkCast(source, character(12));
    }
    DataType map = DataType.map(STRING, DOUBLE);
    checkCast(map, DataType.map(STRING, INT));
    checkCast(map, DataType.map(varchar(1), DOUBLE));
    checkCast(map, DataType.map(INT, STRING));
    checkCast(map, STRING);
    checkCast(DataType.map(DOUBLE, DATE), DataType.map(INT, timestamp(3)));
    checkCast(DataType.map(timestampLtz(3), BYTES), varchar(20));
    DataType row = row(STRING, timestampLtz(3), decimal(10, 3));
    checkCast(row, row(INT, DATE, DOUBLE));
    checkCast(row, row(DATE, STRING, decimal(4, 2)));
    checkCast(row, STRING);
    checkCast(row, varchar(10));
    checkCast(row, character(60));
    DataType deep = DataType.array(row(strings, map));
    checkCast(deep, DataType.array(row(ints, DataType.map(STRING, BIGINT))));
    checkCast(deep, STRING);
  }

  private static DataType row(DataType... types) {
    List<DataType.Field> fields = new ArrayList<>();
    for (DataType type : types) {
      fields.add(new DataType.Field("f" + fields.size(), type));
    }
    return DataType.row(fields);
  }

  private static LogicalType logical(DataType type) {
    return LogicalTypeParser.parse(type.toString(), CastKernelsTest.class.getClassLoader());
  }

  /** For text, what the target could make of it; for others, what is likely to be lost. */
  private static Object[] examples(DataType type, DataType target) {
    if (type.isString() && type.length() == DataType.MAX_LENGTH) {
      return target.isNumeric() ? NUMBERS : target.is(TypeRoot.BOOLEAN) ? BOOLEANS : TIMES;
    }
    LocalDateTime far = LocalDateTime.of(12345, 6, 7, 8, 9, 10);
    LocalDateTime before = LocalDateTime.of(-44, 3, 15, 12, 0, 0);
    return switch (type.root()) {
      case DATE -> new Object[] {far.toLocalDate(), before.toLocalDate()};
      case TIMESTAMP -> new Object[] {far, before, far.plusNanos(123_000_000)};
      case TIMESTAMP_LTZ -> new Object[] {instant(far), instant(before), Instant.EPOCH};
      case FLOAT -> new Object[] {127.9f, 128f, -129f, 0x1p31f, 0x1p63f, 0.1f, 1e-5f};
      case DOUBLE ->
          new Object[] {
            127.9,
            128d,
            2147483647.5,
            2147483648d,
            0x1.0p63,
            1e-5,
            0.1,
            123.455,
            9.5,
            99.995,
            1e7,
            1.0E-3,
            Double.valueOf("1e23"),
            2e-3,
            1e18 / 7
          };
      default -> new Object[0];
    };
  }

  private static Instant instant(LocalDateTime time) {
    return time.toInstant(ZoneOffset.UTC);
  }
}
