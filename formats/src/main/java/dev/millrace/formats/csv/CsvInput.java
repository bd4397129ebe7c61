package dev.millrace.formats.csv;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.text.Blanks;

/**
 * The fields of one CSV record, in the dialect of Flink's reader. Not thread-safe.
 *
 * <p>A field that begins with a quote ends with the next single one; a doubled one stands for
 * itself, and only blanks may follow it. Any other field ends with the delimiter; quotes within it
 * are ordinary. A record ends with its bytes or a line end outside quotes; what follows is ignored.
 */
final class CsvInput {
  private final CsvOptions options;
  private final ByteHeap scratch = new ByteHeap();
  private byte[] data;
  private int start;
  private int at;
  private int end;
  private boolean atEnd;

  private byte[] fieldData;
  private int fieldStart;
  private int fieldEnd;

  CsvInput(CsvOptions options) {
    this.options = options;
  }

  /** Points to a record; false if it holds a comment only. */
  boolean reset(byte[] bytes, int from, int to) {
    data = bytes;
    start = from;
    at = from;
    end = to;
    atEnd = false;
    skipMark();
    return !options.allowComments() || skipComments();
  }

  private void skipMark() {
    if (end - at >= 3
        && data[at] == (byte) 0xEF
        && data[at + 1] == (byte) 0xBB
        && data[at + 2] == (byte) 0xBF) {
      at += 3;
    }
  }

  /** Passes over blanks, line ends and comments; false if nothing follows. */
  private boolean skipComments() {
    while (at < end) {
      byte value = data[at];
      if (value == '#') {
        while (at < end && !isLineEnd(data[at])) {
          at++;
        }
      } else if (value == ' ' || isLineEnd(value)) {
        at++;
      } else {
        return true;
      }
    }
    return false;
  }

  /** Goes to the next field; false if there is none. */
  boolean next() {
    if (atEnd) {
      return false;
    }
    if (options.trimSpaces()) {
      skipBlanks();
    }
    if (at < end && data[at] == options.quote()) {
      readQuoted();
    } else {
      readUnquoted();
    }
    return true;
  }

  private void skipBlanks() {
    while (at < end
        && Blanks.isBlank(data[at])
        && data[at] != options.delimiter()
        && !isLineEnd(data[at])) {
      at++;
    }
  }

  private void readUnquoted() {
    byte[] bytes = data;
    byte delimiter = options.delimiter();
    int escape = options.escape();
    int from = at;
    int i = from;
    while (i < end && bytes[i] != delimiter && bytes[i] != escape && !isLineEnd(bytes[i])) {
      i++;
    }
    if (i < end && bytes[i] == escape) {
      readEscaped(i);
    } else {
      field(bytes, from, i);
      at = i;
    }
    if (options.trimSpaces()) {
      while (fieldEnd > fieldStart && Blanks.isBlank(fieldData[fieldEnd - 1])) {
        fieldEnd--;
      }
    }
    endField();
  }

  /** Reads on from the first escape, copying. */
  private void readEscaped(int firstEscape) {
    scratch.truncate(0);
    scratch.append(data, at, firstEscape - at);
    at = firstEscape;
    while (at < end && data[at] != options.delimiter() && !isLineEnd(data[at])) {
      if (data[at] == options.escape()) {
        appendEscaped();
      } else {
        scratch.append(data[at++]);
      }
    }
    field(scratch.data(), 0, scratch.length());
  }

  private void readQuoted() {
    int opening = at++;
    int from = at;
    while (at < end && data[at] != options.quote() && data[at] != options.escape()) {
      at++;
    }
    boolean plain =
        at < end
            && data[at] == options.quote()
            && (at + 1 == end || data[at + 1] != options.quote());
    if (plain) {
      field(data, from, at);
      at++;
    } else {
      scratch.truncate(0);
      scratch.append(data, from, at - from);
      readQuotedOn(opening);
    }
    skipToDelimiter();
    endField();
  }

  /** Reads on from the first quote or escape within quotes, copying. */
  private void readQuotedOn(int opening) {
    while (at < end) {
      byte value = data[at];
      if (value == options.quote()) {
        at++;
        if (at == end || data[at] != options.quote()) {
          field(scratch.data(), 0, scratch.length());
          return;
        }
        scratch.append(value);
        at++;
      } else if (value == options.escape()) {
        appendEscaped();
      } else {
        scratch.append(value);
        at++;
      }
    }
    throw new CsvException("the quote at byte %d is never closed".formatted(opening - start));
  }

  private void appendEscaped() {
    at++;
    if (at == end) {
      throw new CsvException("it ends with an escape character");
    }
    byte value = data[at++];
    scratch.append(
        (byte)
            switch (value) {
              case '0' -> 0;
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              default -> value;
            });
  }

  /** After a closing quote. */
  private void skipToDelimiter() {
    while (at < end && data[at] != options.delimiter() && !isLineEnd(data[at])) {
      if (!Blanks.isBlank(data[at])) {
        throw new CsvException(
            "expected '%c' or the end of the line after a closing quote at byte %d"
                .formatted((char) options.delimiter(), at - start));
      }
      at++;
    }
  }

  private void field(byte[] bytes, int from, int to) {
    fieldData = bytes;
    fieldStart = from;
    fieldEnd = to;
  }

  private void endField() {
    if (at < end && data[at] == options.delimiter()) {
      at++;
    } else {
      atEnd = true;
    }
  }

  private static boolean isLineEnd(byte value) {
    return value == '\n' || value == '\r';
  }

  /** The bytes that {@link #fieldStart} and {@link #fieldEnd} refer to: the record's, or a copy. */
  byte[] fieldData() {
    return fieldData;
  }

  int fieldStart() {
    return fieldStart;
  }

  int fieldEnd() {
    return fieldEnd;
  }
}
