package dev.millrace.formats.json;

import dev.millrace.engine.batch.DecimalBuilder;
import dev.millrace.engine.batch.DoubleBuilder;
import dev.millrace.engine.batch.FloatBuilder;
import dev.millrace.engine.batch.VectorBuilder;
import dev.millrace.engine.text.Blanks;
import dev.millrace.engine.text.Decimals;
import dev.millrace.engine.text.Numbers;
import dev.millrace.engine.type.DataType;
import java.nio.charset.StandardCharsets;

/** Reads numbers that may have a fraction; the subclasses are the types. */
abstract class NumberReader extends ScalarReader {
  private NumberReader(Place place) {
    super(place);
  }

  /** Appends what the range writes; false, with nothing appended, if that is no number. */
  abstract boolean append(byte[] data, int from, int length);

  @Override
  final boolean number(JsonInput in, int from, int to) {
    return append(in.data(), from, to - from);
  }

  @Override
  final boolean string(JsonInput in, int from, int stringEnd) {
    if (stringEnd >= 0) {
      return appendTrimmed(in.data(), from, stringEnd);
    }
    byte[] text = in.string(from, stringEnd).getBytes(StandardCharsets.UTF_8);
    return appendTrimmed(text, 0, text.length);
  }

  /** Without the bytes up to space at both ends, as {@link String#trim}. */
  private boolean appendTrimmed(byte[] data, int from, int to) {
    int first = Blanks.start(data, from, to);
    return append(data, first, Blanks.end(data, first, to) - first);
  }

  /** FLOAT. */
  static final class OfFloat extends NumberReader {
    private final float[] parsed = new float[1];
    private FloatBuilder builder;

    OfFloat(Place place) {
      super(place);
    }

    @Override
    boolean append(byte[] data, int from, int length) {
      if (!Numbers.parseFloat(data, from, length, parsed, 0)) {
        return false;
      }
      builder.append(parsed[0]);
      return true;
    }

    @Override
    void bind(VectorBuilder to) {
      super.bind(to);
      builder = (FloatBuilder) to;
    }
  }

  /** DOUBLE. */
  static final class OfDouble extends NumberReader {
    private final double[] parsed = new double[1];
    private DoubleBuilder builder;

    OfDouble(Place place) {
      super(place);
    }

    @Override
    boolean append(byte[] data, int from, int length) {
      if (!Numbers.parseDouble(data, from, length, parsed, 0)) {
        return false;
      }
      builder.append(parsed[0]);
      return true;
    }

    @Override
    void bind(VectorBuilder to) {
      super.bind(to);
      builder = (DoubleBuilder) to;
    }
  }

  /** DECIMAL; null if there are more digits than the type has. */
  static final class OfDecimal extends NumberReader {
    private final int precision;
    private final int scale;
    private final long[] high = new long[1];
    private final long[] low = new long[1];
    private DecimalBuilder builder;

    OfDecimal(Place place, DataType type) {
      super(place);
      this.precision = type.precision();
      this.scale = type.scale();
    }

    @Override
    boolean append(byte[] data, int from, int length) {
      int outcome = Decimals.parse(data, from, length, precision, scale, high, low, 0);
      if (outcome == Decimals.OK) {
        builder.append(high[0], low[0]);
      } else if (outcome == Decimals.OVERFLOW) {
        builder.appendNull();
      }
      return outcome != Decimals.INVALID;
    }

    @Override
    void bind(VectorBuilder to) {
      super.bind(to);
      builder = (DecimalBuilder) to;
    }
  }
}
