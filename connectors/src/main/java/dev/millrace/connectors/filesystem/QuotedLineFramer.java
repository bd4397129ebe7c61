package dev.millrace.connectors.filesystem;

import dev.millrace.engine.format.Quoting;

/** One record a line, but line ends within quoted fields belong to the record. */
final class QuotedLineFramer extends RecordFramer {
  private final byte delimiter;
  private final byte quote;
  private final byte escape;

  QuotedLineFramer(Quoting quoting) {
    this.delimiter = quoting.delimiter();
    this.quote = quoting.quote();
    this.escape = quoting.escape();
  }

  @Override
  int frame(byte[] data, int length, int startLimit, int[] starts, int[] lengths) {
    int max = Math.min(starts.length, startLimit <= 0 ? 0 : Integer.MAX_VALUE);
    int count = 0;
    int start = 0;
    int position = 0;
    while (position < length && count < max && start < startLimit) {
      byte value = data[position];
      if (value == '\n') {
        starts[count] = start;
        lengths[count] = withoutReturn(data, start, position);
        count++;
        start = position + 1;
      } else if (value == quote && opensField(data, start, position)) {
        position = closingQuote(data, position + 1, length);
      }
      position++;
    }
    return framed(count, start);
  }

  private boolean opensField(byte[] data, int recordStart, int position) {
    return position == recordStart || data[position - 1] == delimiter;
  }

  /** The position of the quote that closes the field, or {@code length} if it is not there yet. */
  private int closingQuote(byte[] data, int from, int length) {
    int position = from;
    while (position < length) {
      byte value = data[position];
      if (value == quote) {
        if (position + 1 == length || data[position + 1] != quote) {
          return position;
        }
        position++;
      } else if (value == escape) {
        position++;
      }
      position++;
    }
    return length;
  }
}
