package dev.millrace.connectors.filesystem;

import dev.millrace.engine.format.DecodingFormat;

/** Finds where records begin and end. Not thread-safe. */
abstract class RecordFramer {
  private int end;

  static RecordFramer of(DecodingFormat format) {
    return switch (format.framing()) {
      case LINES -> new LineFramer();
      case QUOTED_LINES -> new QuotedLineFramer(format.quoting());
    };
  }

  /**
   * Finds the records that are complete in the first {@code length} bytes and begin before {@code
   * startLimit}, as many as the arrays can take; a record begins at 0. Returns their number.
   */
  abstract int frame(byte[] data, int length, int startLimit, int[] starts, int[] lengths);

  /** Where the first record begins that the last call did not return. */
  final int end() {
    return end;
  }

  /** Returns {@code count} and takes note of {@link #end}. */
  final int framed(int count, int newEnd) {
    end = newEnd;
    return count;
  }

  /** The length of a line without its carriage return, if it ends in one. */
  static int withoutReturn(byte[] data, int start, int end) {
    return end > start && data[end - 1] == '\r' ? end - 1 - start : end - start;
  }
}
