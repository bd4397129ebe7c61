package dev.millrace.formats.json;

import dev.millrace.engine.batch.DecimalBuilder;
import dev.millrace.engine.batch.DoubleBuilder;
import dev.millrace.engine.batch.FloatBuilder;
import dev.millrace.engine.batch.VectorBuilder;
import dev.millrace.engine.type.DataType;
import dev.millrace.formats.text.NumberParser;
import java.nio.charset.StandardCharsets;

/** Reads numbers that may have a fraction; the subclasses are the types. */
abstract class NumberReader extends ScalarReader {
  final NumberParser parser = new NumberParser();

  private NumberReader(Place place) {
    super(place);
  }

  /** Appends what the range writes, or throws NumberFormatException. */
  abstract void append(byte[] data, int from, int to);

  @Override
  final boolean number(JsonInput in, int from, int to) {
    append(in.data(), from, to);
    return true;
  }

  @Override
  final boolean string(JsonInput in, int from, int stringEnd) {
    try {
      if (stringEnd >= 0) {
        appendTrimmed(in.data(), from, stringEnd);
      } else {
        byte[] text = in.string(from, stringEnd).getBytes(StandardCharsets.UTF_8);
        appendTrimmed(text, 0, text.length);
      }
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Without the bytes up to space at both ends, as {@link String#trim}. */
  private void appendTrimmed(byte[] data, int from, int to) {
    int first = from;
    int last = to;
    while (first < last && data[first] >= 0 && data[first] <= ' ') {
      first++;
    }
    while (first < last && data[last - 1] >= 0 && data[last - 1] <= ' ') {
      last--;
    }
    append(data, first, last);
  }

  /** FLOAT. */
  static final class OfFloat extends NumberReader {
    private FloatBuilder builder;

    OfFloat(Place place) {
      super(place);
    }

    @Override
    void append(byte[] data, int from, int to) {
      builder.append(parser.parseFloat(data, from, to));
    }

    @Override
    VectorBuilder builder() {
      return builder;
    }

    @Override
    void bind(VectorBuilder to) {
      builder = (FloatBuilder) to;
    }
  }

  /** DOUBLE. */
  static final class OfDouble extends NumberReader {
    private DoubleBuilder builder;

    OfDouble(Place place) {
      super(place);
    }

    @Override
    void append(byte[] data, int from, int to) {
      builder.append(parser.parseDouble(data, from, to));
    }

    @Override
    VectorBuilder builder() {
      return builder;
    }

    @Override
    void bind(VectorBuilder to) {
      builder = (DoubleBuilder) to;
    }
  }

  /** DECIMAL. */
  static final class OfDecimal extends NumberReader {
    private final int precision;
    private final int scale;
    private DecimalBuilder builder;

    OfDecimal(Place place, DataType type) {
      super(place);
      this.precision = type.precision();
      this.scale = type.scale();
    }

    @Override
    void append(byte[] data, int from, int to) {
      parser.appendDecimal(builder, data, from, to, precision, scale);
    }

    @Override
    VectorBuilder builder() {
      return builder;
    }

    @Override
    void bind(VectorBuilder to) {
      builder = (DecimalBuilder) to;
    }
  }
}
