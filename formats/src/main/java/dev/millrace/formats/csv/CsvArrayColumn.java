package dev.millrace.formats.csv;

import dev.millrace.engine.batch.ArrayBuilder;
import dev.millrace.engine.batch.RowBuilder;
import dev.millrace.engine.batch.VectorBuilder;
import dev.millrace.engine.text.Blanks;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.Arrays;

/**
 * Turns fields into values of an ARRAY or ROW, whose parts a delimiter separates. A field without
 * any but blanks is an empty array, or a row that is null.
 */
final class CsvArrayColumn extends CsvColumn {
  private final String path;
  private final CsvOptions options;
  private final boolean row;
  private final CsvColumn[] parts;

  /** {@code parts} reads the fields of a ROW, or has one entry for the elements of an ARRAY. */
  CsvArrayColumn(String path, DataType type, CsvOptions options, CsvColumn[] parts) {
    super(path, type, options, null);
    this.path = path;
    this.options = options;
    this.row = type.is(TypeRoot.ROW);
    this.parts = parts;
  }

  @Override
  void read(byte[] data, int from, int length, VectorBuilder to) {
    int end = from + length;
    int count = 0;
    if (row) {
      ((RowBuilder) to).beginRow();
    }
    int start = from;
    int stop = delimiter(data, from, end);
    boolean empty = stop == end && Blanks.only(data, from, end);
    while (!empty && start <= end) {
      readPart(data, start, stop, count++, to);
      start = stop == end ? end + 1 : stop + options.elementDelimiter().length;
      stop = delimiter(data, Math.min(start, end), end);
    }
    end(to, count);
  }

  private void readPart(byte[] data, int start, int stop, int part, VectorBuilder to) {
    int first = options.trimSpaces() ? Blanks.start(data, start, stop) : start;
    int last = options.trimSpaces() ? Blanks.end(data, first, stop) : stop;
    if (!row) {
      parts[0].read(data, first, last - first, ((ArrayBuilder) to).elements());
    } else if (part < parts.length) {
      parts[part].read(data, first, last - first, ((RowBuilder) to).field(part));
    }
  }

  private void end(VectorBuilder to, int count) {
    if (!row) {
      ((ArrayBuilder) to).endArray();
    } else if (count == 0) {
      to.appendNull();
    } else {
      if (count < parts.length && !options.ignoreParseErrors()) {
        throw new CsvException(
            "field '%s' has %d parts, but its row has %d".formatted(path, count, parts.length));
      }
      ((RowBuilder) to).endRow();
    }
  }

  /** The position of the next delimiter, or the end. */
  private int delimiter(byte[] data, int from, int end) {
    byte[] delimiter = options.elementDelimiter();
    for (int i = from; i + delimiter.length <= end; i++) {
      if (Arrays.equals(data, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
        return i;
      }
    }
    return end;
  }
}
