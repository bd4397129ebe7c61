package dev.millrace.engine.function.text;

import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.text.Utf8;

/** REPLACE, REVERSE, REPEAT, OVERLAY, LPAD and RPAD. */
final class Rewrite {
  private Rewrite() {}

  static Vector reverse(Vector[] arguments, Result result) {
    BytesVector text = (BytesVector) arguments[0];
    BytesBuilder values = TextResult.builder();
    for (int i = 0; i < result.count(); i++) {
      int length = result.isNull(i) ? 0 : text.lengths()[i];
      int at = values.heap().length();
      Utf8.reverse(text.data(), text.starts()[i], length, values.heap().reserve(length), at);
      values.heap().advance(length);
      values.appendRange(at, length);
    }
    return TextResult.finish(values, result);
  }

  static Vector repeat(Vector[] arguments, Result result) {
    BytesVector text = (BytesVector) arguments[0];
    int[] times = NumericArrays.ints(arguments[1], result.count());
    BytesBuilder values = TextResult.builder();
    for (int i = 0; i < result.count(); i++) {
      int start = values.heap().length();
      int length = text.lengths()[i];
      if (!result.isNull(i) && start + (long) length * times[i] > Integer.MAX_VALUE) {
        result.fail(i, "REPEAT: " + length + " bytes " + times[i] + " times are too long", null);
      }
      for (int n = 0; n < times[i] && length > 0 && !result.isNull(i); n++) {
        values.heap().append(text.data(), text.starts()[i], length);
      }
      TextResult.endValue(values, start);
    }
    return TextResult.finish(values, result);
  }

  /** REPLACE(text, sought, replacement); an empty sought string is found between all characters. */
  static Vector replace(Vector[] arguments, Result result) {
    BytesVector text = (BytesVector) arguments[0];
    BytesVector sought = (BytesVector) arguments[1];
    BytesVector replacement = (BytesVector) arguments[2];
    BytesBuilder values = TextResult.builder();
    for (int i = 0; i < result.count(); i++) {
      if (result.isNull(i)) {
        TextResult.skip(values);
      } else if (sought.lengths()[i] == 0) {
        values.append(text.string(i).replace("", replacement.string(i)));
      } else {
        replace(values, text, sought, replacement, i);
      }
    }
    return TextResult.finish(values, result);
  }

  private static void replace(
      BytesBuilder to, BytesVector text, BytesVector sought, BytesVector replacement, int row) {
    byte[] data = text.data();
    int from = text.starts()[row];
    int end = from + text.lengths()[row];
    int soughtStart = sought.starts()[row];
    int soughtLength = sought.lengths()[row];
    int start = to.heap().length();
    int at;
    while ((at = Utf8.indexOf(data, from, end, sought.data(), soughtStart, soughtLength)) >= 0) {
      to.heap().append(data, from, at - from);
      to.heap().append(replacement.data(), replacement.starts()[row], replacement.lengths()[row]);
      from = at + soughtLength;
    }
    to.heap().append(data, from, end - from);
    TextResult.endValue(to, start);
  }

  /** OVERLAY(text, replacement, from[, length]), counted in UTF-16 units from 1. */
  static Vector overlay(Vector[] arguments, Result result) {
    BytesVector text = (BytesVector) arguments[0];
    BytesVector replacement = (BytesVector) arguments[1];
    long[] from = NumericArrays.longs(arguments[2], result.count());
    long[] length = arguments.length > 3 ? NumericArrays.longs(arguments[3], result.count()) : null;
    return TextResult.compute(
        result,
        i -> {
          String with = replacement.string(i);
          int count = length == null ? with.length() : (int) length[i];
          return overlay(text.string(i), with, from[i], count, i, result);
        });
  }

  private static String overlay(
      String text, String with, long from, int length, int row, Result result) {
    if (from <= 0 || from > text.length()) {
      return text;
    }
    String replaced = text.substring(0, (int) from - 1) + with;
    long rest = from - 1 + length;
    if (rest > Integer.MAX_VALUE - 1) {
      result.fail(row, "OVERLAY: the length " + length + " is too large", null);
      return null;
    }
    return length > 0 && rest < text.length() ? replaced + text.substring((int) rest) : replaced;
  }

  static Vector padLeft(Vector[] arguments, Result result) {
    return pad(arguments, result, true);
  }

  static Vector padRight(Vector[] arguments, Result result) {
    return pad(arguments, result, false);
  }

  /** Fills up, or cuts, to a length in UTF-16 units; null for a negative length or an empty pad. */
  private static Vector pad(Vector[] arguments, Result result, boolean left) {
    BytesVector text = (BytesVector) arguments[0];
    int[] lengths = NumericArrays.ints(arguments[1], result.count());
    BytesVector pad = (BytesVector) arguments[2];
    BytesBuilder values = TextResult.builder();
    for (int i = 0; i < result.count(); i++) {
      int length = lengths[i];
      if (!result.isNull(i) && (length < 0 || pad.lengths()[i] == 0)) {
        result.setNull(i);
      }
      if (result.isNull(i)) {
        TextResult.skip(values);
      } else if (isAscii(text, i) && isAscii(pad, i)) {
        padAscii(values, text, pad, length, left, i);
      } else {
        values.append(pad(text.string(i), pad.string(i), length, left));
      }
    }
    return TextResult.finish(values, result);
  }

  private static boolean isAscii(BytesVector text, int row) {
    return Utf8.isAscii(text.data(), text.starts()[row], text.lengths()[row]);
  }

  private static void padAscii(
      BytesBuilder to, BytesVector text, BytesVector pad, int length, boolean left, int row) {
    int kept = Math.min(text.lengths()[row], length);
    int padded = length - kept;
    byte[] data = to.heap().reserve(length);
    int at = to.heap().length();
    int textAt = left ? at + padded : at;
    int padAt = left ? at : at + kept;
    System.arraycopy(text.data(), text.starts()[row], data, textAt, kept);
    for (int k = 0; k < padded; k++) {
      data[padAt + k] = pad.data()[pad.starts()[row] + k % pad.lengths()[row]];
    }
    to.heap().advance(length);
    to.appendRange(at, length);
  }

  private static String pad(String text, String pad, int length, boolean left) {
    String kept = text.substring(0, Math.min(text.length(), length));
    int padded = length - kept.length();
    String filling = pad.repeat(padded / pad.length() + 1).substring(0, padded);
    return left ? filling + kept : kept + filling;
  }
}
