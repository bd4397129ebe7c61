package dev.millrace.formats.json;

import dev.millrace.engine.batch.ByteBuilder;
import dev.millrace.engine.batch.IntBuilder;
import dev.millrace.engine.batch.LongBuilder;
import dev.millrace.engine.batch.ShortBuilder;
import dev.millrace.engine.batch.VectorBuilder;

/** Reads integers of one width; the subclasses are the widths. */
abstract class IntegerReader extends ScalarReader {
  /** As many digits as surely fit into a long. */
  private static final int MAX_SAFE_DIGITS = 18;

  private final long min;
  private final long max;
  private final boolean takesFractions;

  /** {@code takesFractions} says whether {@code 1.9} is read as 1; else it is a mismatch. */
  private IntegerReader(Place place, long min, long max, boolean takesFractions) {
    super(place);
    this.min = min;
    this.max = max;
    this.takesFractions = takesFractions;
  }

  abstract void append(long value);

  @Override
  final int read(JsonInput in, int position) {
    byte[] data = in.data();
    int end = in.end();
    int first = in.at(position) == '-' ? position + 1 : position;
    int at = first;
    long value = 0;
    if (at + Long.BYTES <= end) {
      // Up to eight digits at once: their number decides about a shift, not about branches.
      long word = (long) JsonInput.LONG.get(data, at);
      int digits = DigitWords.count(word);
      value = DigitWords.value(word, digits);
      at += digits;
    }
    while (at < end && JsonInput.isDigit(data[at])) {
      value = value * 10 + (data[at] - '0');
      at++;
    }
    int digits = at - first;
    int next = in.at(at);
    if (digits == 0
        || digits > MAX_SAFE_DIGITS
        || (digits > 1 && data[first] == '0')
        || next == '.'
        || (next | 0x20) == 'e') {
      return super.read(in, position);
    }
    return appendIfInRange(first > position ? -value : value) ? at : mismatch(in, position, at);
  }

  private boolean appendIfInRange(long value) {
    if (value < min || value > max) {
      return false;
    }
    append(value);
    return true;
  }

  @Override
  boolean number(JsonInput in, int from, int to) {
    if (in.integral()) {
      return parse(in.string(from, to));
    }
    if (!takesFractions) {
      return false;
    }
    double value = Double.parseDouble(in.string(from, to));
    // The cast cuts the fraction off; Long.MAX_VALUE as a double is 2^63, which it brings back.
    return value >= min && value <= max && appendIfInRange((long) value);
  }

  @Override
  boolean string(JsonInput in, int from, int stringEnd) {
    return parse(in.string(from, stringEnd).trim());
  }

  private boolean parse(String text) {
    try {
      return appendIfInRange(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** TINYINT. */
  static final class OfByte extends IntegerReader {
    private ByteBuilder builder;

    OfByte(Place place) {
      super(place, Byte.MIN_VALUE, Byte.MAX_VALUE, false);
    }

    @Override
    void append(long value) {
      builder.append((byte) value);
    }

    @Override
    void bind(VectorBuilder to) {
      super.bind(to);
      builder = (ByteBuilder) to;
    }
  }

  /** SMALLINT. */
  static final class OfShort extends IntegerReader {
    private ShortBuilder builder;

    OfShort(Place place) {
      super(place, Short.MIN_VALUE, Short.MAX_VALUE, false);
    }

    @Override
    void append(long value) {
      builder.append((short) value);
    }

    @Override
    void bind(VectorBuilder to) {
      super.bind(to);
      builder = (ShortBuilder) to;
    }
  }

  /** INT and year-month intervals. */
  static final class OfInt extends IntegerReader {
    private IntBuilder builder;

    OfInt(Place place) {
      super(place, Integer.MIN_VALUE, Integer.MAX_VALUE, true);
    }

    @Override
    void append(long value) {
      builder.append((int) value);
    }

    @Override
    void bind(VectorBuilder to) {
      super.bind(to);
      builder = (IntBuilder) to;
    }
  }

  /** BIGINT and day-time intervals. */
  static final class OfLong extends IntegerReader {
    private LongBuilder builder;

    OfLong(Place place) {
      super(place, Long.MIN_VALUE, Long.MAX_VALUE, true);
    }

    @Override
    void append(long value) {
      builder.append(value);
    }

    @Override
    void bind(VectorBuilder to) {
      super.bind(to);
      builder = (LongBuilder) to;
    }
  }
}
