package dev.millrace.formats.csv;

import dev.millrace.engine.batch.BooleanBuilder;
import dev.millrace.engine.batch.ByteBuilder;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.DecimalBuilder;
import dev.millrace.engine.batch.DoubleBuilder;
import dev.millrace.engine.batch.FloatBuilder;
import dev.millrace.engine.batch.IntBuilder;
import dev.millrace.engine.batch.LongBuilder;
import dev.millrace.engine.batch.ShortBuilder;
import dev.millrace.engine.batch.TimestampBuilder;
import dev.millrace.engine.batch.VectorBuilder;
import dev.millrace.engine.text.Blanks;
import dev.millrace.engine.text.Dates;
import dev.millrace.engine.text.Decimals;
import dev.millrace.engine.text.IsoDates;
import dev.millrace.engine.text.IsoTimestampParser;
import dev.millrace.engine.text.Numbers;
import dev.millrace.engine.type.DataType;
import dev.millrace.formats.text.Base64Text;
import dev.millrace.formats.text.TimeText;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Turns texts into values of one type that has no parts. Not thread-safe. */
interface TextParser {
  /** Appends the value that the range writes; false, with nothing appended, if it is none. */
  boolean append(VectorBuilder to, byte[] data, int from, int length);

  /** The parser of a type, or null if CSV can't hold it. */
  static TextParser of(DataType type) {
    return switch (type.root()) {
      case CHAR, VARCHAR -> TextParser::appendString;
      case BINARY, VARBINARY ->
          trimmed(
              (to, data, from, length) -> Base64Text.append((BytesBuilder) to, data, from, length));
      case BOOLEAN -> trimmed(TextParser::appendBoolean);
      case TINYINT ->
          integer(Byte.MIN_VALUE, Byte.MAX_VALUE, (to, v) -> ((ByteBuilder) to).append((byte) v));
      case SMALLINT ->
          integer(
              Short.MIN_VALUE, Short.MAX_VALUE, (to, v) -> ((ShortBuilder) to).append((short) v));
      case INT ->
          integer(
              Integer.MIN_VALUE, Integer.MAX_VALUE, (to, v) -> ((IntBuilder) to).append((int) v));
      case BIGINT ->
          integer(Long.MIN_VALUE, Long.MAX_VALUE, (to, v) -> ((LongBuilder) to).append(v));
      case FLOAT -> trimmed(new FloatParser());
      case DOUBLE -> trimmed(new DoubleParser());
      case DECIMAL -> new DecimalParser(type.precision(), type.scale());
      case DATE -> new DateParser();
      case TIME -> new TimeParser(type.precision());
      case TIMESTAMP -> trimmed(new TimestampParser(false));
      case TIMESTAMP_LTZ -> trimmed(new TimestampParser(true));
      case NULL ->
          (to, data, from, length) -> {
            to.appendNull();
            return true;
          };
      default -> null;
    };
  }

  private static String string(byte[] data, int from, int length) {
    return new String(data, from, length, StandardCharsets.UTF_8);
  }

  /** Without the bytes up to space at both ends, as {@link String#trim}. */
  private static TextParser trimmed(TextParser parser) {
    return (to, data, from, length) -> {
      int first = Blanks.start(data, from, from + length);
      return parser.append(to, data, first, Blanks.end(data, first, from + length) - first);
    };
  }

  private static boolean appendString(VectorBuilder to, byte[] data, int from, int length) {
    ((BytesBuilder) to).append(data, from, length);
    return true;
  }

  private static boolean appendBoolean(VectorBuilder to, byte[] data, int from, int length) {
    ((BooleanBuilder) to).append(Boolean.parseBoolean(string(data, from, length)));
    return true;
  }

  /** Appends an integer that is in range. */
  interface LongAppender {
    void append(VectorBuilder to, long value);
  }

  private static TextParser integer(long min, long max, LongAppender appender) {
    long[] parsed = new long[1];
    return trimmed(
        (to, data, from, length) -> {
          if (!Numbers.parseLong(data, from, length, parsed, 0)
              && !parseOtherDigits(string(data, from, length), parsed)) {
            return false;
          }
          if (parsed[0] < min || parsed[0] > max) {
            return false;
          }
          appender.append(to, parsed[0]);
          return true;
        });
  }

  /** Java takes the digits of other scripts too, and so does Flink. */
  private static boolean parseOtherDigits(String text, long[] parsed) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return false;
    }
    try {
      parsed[0] = Long.parseLong(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** FLOAT. */
  final class FloatParser implements TextParser {
    private final float[] parsed = new float[1];

    @Override
    public boolean append(VectorBuilder to, byte[] data, int from, int length) {
      if (!Numbers.parseFloat(data, from, length, parsed, 0)) {
        return false;
      }
      ((FloatBuilder) to).append(parsed[0]);
      return true;
    }
  }

  /** DOUBLE. */
  final class DoubleParser implements TextParser {
    private final double[] parsed = new double[1];

    @Override
    public boolean append(VectorBuilder to, byte[] data, int from, int length) {
      if (!Numbers.parseDouble(data, from, length, parsed, 0)) {
        return false;
      }
      ((DoubleBuilder) to).append(parsed[0]);
      return true;
    }
  }

  /** DECIMAL; null if there are more digits than the type has. */
  final class DecimalParser implements TextParser {
    private final int precision;
    private final int scale;
    private final long[] high = new long[1];
    private final long[] low = new long[1];

    DecimalParser(int precision, int scale) {
      this.precision = precision;
      this.scale = scale;
    }

    @Override
    public boolean append(VectorBuilder to, byte[] data, int from, int length) {
      int outcome = Decimals.parse(data, from, length, precision, scale, high, low, 0);
      if (outcome == Decimals.OK) {
        ((DecimalBuilder) to).append(high[0], low[0]);
      } else if (outcome == Decimals.OVERFLOW) {
        to.appendNull();
      }
      return outcome != Decimals.INVALID;
    }
  }

  /** DATE, as {@link java.sql.Date#valueOf(String)} reads it: {@code 2024-1-31} is one too. */
  final class DateParser implements TextParser {
    /** 1583-01-01: before that year java.sql.Date counts in the Julian calendar. */
    private static final int FIRST_GREGORIAN_DAY = -141_349;

    private final int[] day = new int[1];

    @Override
    public boolean append(VectorBuilder to, byte[] data, int from, int length) {
      if (!IsoDates.parseDate(data, from, length, day, 0) || day[0] < FIRST_GREGORIAN_DAY) {
        try {
          day[0] =
              (int) java.sql.Date.valueOf(string(data, from, length)).toLocalDate().toEpochDay();
        } catch (IllegalArgumentException | DateTimeException e) {
          return false;
        }
      }
      ((IntBuilder) to).append(day[0]);
      return true;
    }
  }

  /** TIME, of which as many digits are kept as the type has. */
  final class TimeParser implements TextParser {
    private static final int[] UNITS = {1000, 100, 10, 1};

    private final int unit;
    private final long[] nanoOfDay = new long[1];

    TimeParser(int precision) {
      this.unit = UNITS[precision];
    }

    @Override
    public boolean append(VectorBuilder to, byte[] data, int from, int length) {
      if (!IsoDates.parseTime(data, from, length, nanoOfDay, 0)) {
        try {
          nanoOfDay[0] = LocalTime.parse(string(data, from, length)).toNanoOfDay();
        } catch (DateTimeException e) {
          return false;
        }
      }
      int millis = (int) (nanoOfDay[0] / Dates.NANOS_PER_MILLI);
      ((IntBuilder) to).append(millis / unit * unit);
      return true;
    }
  }

  /** TIMESTAMP and, with a Z behind it, TIMESTAMP_LTZ; all digits of the fraction are kept. */
  final class TimestampParser implements TextParser {
    private final boolean utc;
    private final DateTimeFormatter formatter;
    private final IsoTimestampParser usual = new IsoTimestampParser(' ');

    TimestampParser(boolean utc) {
      this.utc = utc;
      this.formatter = utc ? TimeText.SQL_TIMESTAMP_UTC : TimeText.SQL_TIMESTAMP;
    }

    @Override
    public boolean append(VectorBuilder to, byte[] data, int from, int length) {
      int shown = utc ? length - 1 : length;
      if ((!utc || (length > 0 && data[from + shown] == 'Z')) && usual.parse(data, from, shown)) {
        ((TimestampBuilder) to).append(usual.millis(), usual.nanos());
        return true;
      }
      return appendOther((TimestampBuilder) to, string(data, from, length));
    }

    private boolean appendOther(TimestampBuilder to, String text) {
      try {
        LocalDateTime time = LocalDateTime.parse(text, formatter);
        long nanoOfDay = time.toLocalTime().toNanoOfDay();
        to.append(
            time.toInstant(ZoneOffset.UTC).toEpochMilli(),
            (int) (nanoOfDay % Dates.NANOS_PER_MILLI));
        return true;
      } catch (DateTimeException e) {
        return false;
      }
    }
  }
}
