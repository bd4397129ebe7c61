package dev.millrace.formats.csv;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.RecordBlockBuilder;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.format.Encoder;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;

/**
 * Encodes each row as the fields of one line; kinds of rows are not written.
 *
 * <p>Texts are quoted as Flink's writer does it: if they are longer than 24 characters, or hold one
 * that is not above both delimiter and quote, among them space.
 */
final class CsvEncoder implements Encoder {
  private static final int MAX_UNQUOTED = 24;
  private static final byte[] NOTHING = new byte[0];

  private final CsvOptions options;
  private final TextWriter[] writers;
  private final byte[] nullText;
  private final int firstSafe;
  private final ByteHeap text = new ByteHeap();

  CsvEncoder(DataType rowType, CsvOptions options) {
    this.options = options;
    this.nullText = options.nullLiteral() == null ? NOTHING : options.nullLiteral();
    this.writers =
        rowType.children().stream()
            .map(column -> TextWriter.of(column.type(), options, nullText))
            .toArray(TextWriter[]::new);
    this.firstSafe = Math.max(options.delimiter(), options.quote()) + 1;
  }

  @Override
  public void encode(Batch batch, RecordBlockBuilder output) {
    ByteHeap heap = output.heap();
    for (int row = 0; row < batch.rowCount(); row++) {
      for (int column = 0; column < writers.length; column++) {
        if (column > 0) {
          heap.append(options.delimiter());
        }
        write(batch.column(column), row, writers[column], heap);
      }
      output.endRecord();
    }
  }

  private void write(Vector vector, int row, TextWriter writer, ByteHeap to) {
    if (vector.isNull(row)) {
      to.append(nullText);
    } else if (!writer.mayNeedQuotes()) {
      writer.write(vector, row, to);
    } else {
      text.truncate(0);
      writer.write(vector, row, text);
      if (options.quote() != CsvOptions.NONE && needsQuotes()) {
        writeQuoted(to);
      } else {
        to.append(text.data(), 0, text.length());
      }
    }
  }

  private boolean needsQuotes() {
    byte[] data = text.data();
    int units = 0;
    for (int i = 0; i < text.length(); i++) {
      byte value = data[i];
      if (value >= 0
          && (value < firstSafe
              || value == options.escape()
              || (value == '\\' && options.escape() == CsvOptions.NONE))) {
        return true;
      }
      // In UTF-16, where characters of four bytes count twice.
      units += (value & 0xC0) == 0x80 ? 0 : (value & 0xF8) == 0xF0 ? 2 : 1;
    }
    return units > MAX_UNQUOTED;
  }

  private void writeQuoted(ByteHeap to) {
    byte quote = (byte) options.quote();
    byte[] data = text.data();
    to.append(quote);
    for (int i = 0; i < text.length(); i++) {
      if (data[i] == quote) {
        to.append(quote);
      } else if (data[i] == options.escape()) {
        to.append((byte) options.escape());
      }
      to.append(data[i]);
    }
    to.append(quote);
  }

  /** Whether values of a type are written as texts, which may need quotes. */
  static boolean isText(DataType type) {
    return !type.isNumeric() && !type.is(TypeRoot.BOOLEAN) && !type.is(TypeRoot.NULL);
  }
}
