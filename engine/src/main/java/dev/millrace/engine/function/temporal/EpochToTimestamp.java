package dev.millrace.engine.function.temporal;

import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.TimestampBuilder;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.text.Dates;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** TO_TIMESTAMP_LTZ(epoch[, precision]): null outside of the years 0 to 9999. */
final class EpochToTimestamp {
  private static final long MIN_SECONDS = -62_167_219_200L;
  private static final long MAX_SECONDS = 253_402_300_799L;
  private static final int DEFAULT_PRECISION = 3;
  private static final int NANOS_PRECISION = 9;

  private final String name;
  private final DataType type;

  private EpochToTimestamp(FunctionCall call) {
    this.name = call.name();
    this.type = call.argumentType(0);
  }

  static Expression create(FunctionCall call) {
    DataType type = call.argumentType(0);
    boolean precisionFits = call.arity() == 1 || call.argumentType(1).is(TypeRoot.INT);
    if (!type.isNumeric() || call.arity() > 2 || !precisionFits) {
      throw call.unsupported();
    }
    return new StrictCall(call.type(), call.arguments(), new EpochToTimestamp(call)::compute);
  }

  private Vector compute(Vector[] arguments, Result result) {
    int[] precisions =
        arguments.length > 1 ? NumericArrays.ints(arguments[1], result.count()) : null;
    long[] integers = type.isInteger() ? NumericArrays.longs(arguments[0], result.count()) : null;
    TimestampBuilder values = new TimestampBuilder();
    for (int i = 0; i < result.count(); i++) {
      int precision = precisions == null ? DEFAULT_PRECISION : precisions[i];
      if (result.isNull(i)) {
        values.append(0);
      } else if (precision < 0) {
        values.append(0);
        result.fail(i, name + ": the precision must not be negative, but is " + precision, null);
      } else if (integers != null) {
        append(integers[i], precision, i, values, result);
      } else {
        append(arguments[0], precision, i, values, result);
      }
    }
    return values.build().withNulls(result.nulls());
  }

  private void append(Vector epochs, int precision, int row, TimestampBuilder to, Result result) {
    if (epochs instanceof DoubleVector doubles) {
      appendDouble(doubles.values()[row], precision, row, to, result);
    } else if (epochs instanceof FloatVector floats) {
      appendDouble(floats.values()[row], precision, row, to, result);
    } else {
      BigDecimal epoch = ((DecimalVector) epochs).decimal(row, type.scale());
      append(epoch.setScale(0, RoundingMode.DOWN).longValue(), precision, row, to, result);
    }
  }

  private static void appendDouble(
      double epoch, int precision, int row, TimestampBuilder to, Result result) {
    double seconds = epoch / Math.pow(10, precision);
    if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) {
      to.append(0);
      result.setNull(row);
      return;
    }
    long nanos = (long) (epoch * Math.pow(10, NANOS_PRECISION - precision));
    append(nanos, NANOS_PRECISION, row, to, result);
  }

  private static void append(
      long epoch, int precision, int row, TimestampBuilder to, Result result) {
    long perSecond = (long) Math.pow(10, precision);
    long seconds = Math.floorDiv(epoch, perSecond);
    if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) {
      to.append(0);
      result.setNull(row);
      return;
    }
    long nanosPerUnit = (long) Math.pow(10, NANOS_PRECISION - precision);
    int nanos = (int) (Math.floorMod(epoch, perSecond) * nanosPerUnit);
    to.append(seconds * 1_000 + nanos / Dates.NANOS_PER_MILLI, nanos % Dates.NANOS_PER_MILLI);
  }
}
