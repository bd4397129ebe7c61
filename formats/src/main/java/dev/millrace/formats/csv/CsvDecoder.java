package dev.millrace.formats.csv;

import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.format.DecodeOutput;
import dev.millrace.engine.format.Decoder;
import dev.millrace.engine.text.Blanks;
import dev.millrace.formats.text.Utf8;

/**
 * Decodes CSV records, one row each, from bytes into columns; strings without doubled quotes or
 * escapes become ranges of the block. Fields of columns that are not wanted are passed over.
 */
final class CsvDecoder implements Decoder {
  private final CsvOptions options;
  private final CsvInput in;
  private final CsvColumn[] columns;
  private final int[] targets;
  private final int projected;

  /**
   * {@code columns} are in the order of the fields, null where one is not wanted, and {@code
   * targets} says which column of the output each goes to; {@code projected} is their number, the
   * unused ones included.
   */
  CsvDecoder(CsvOptions options, CsvColumn[] columns, int[] targets, int projected) {
    this.options = options;
    this.in = new CsvInput(options);
    this.columns = columns;
    this.targets = targets;
    this.projected = projected;
  }

  @Override
  public void decode(RecordBlock records, DecodeOutput output) {
    BatchBuilder rows = output.rows();
    boolean startsBatch = rows.isEmpty();
    if (startsBatch) {
      rows.useHeap(ByteHeap.wrap(records.data(), records.dataEnd()));
    }
    for (int record = 0; record < records.count(); record++) {
      if (records.isAbsent(record)) {
        continue;
      }
      int start = records.starts()[record];
      int end = start + records.lengths()[record];
      try {
        if (decode(records.data(), start, end, startsBatch, rows)) {
          output.endRow(record);
        }
      } catch (CsvException e) {
        if (options.ignoreParseErrors()) {
          output.skip(record, e.getMessage(), null);
        } else {
          output.fail(record, e.getMessage(), null);
        }
      }
    }
  }

  /** Appends the values of a record; false if it is a comment. */
  private boolean decode(byte[] data, int start, int end, boolean onHeap, BatchBuilder rows) {
    if (!Utf8.isValid(data, start, end)) {
      throw new CsvException("the record is not valid UTF-8");
    }
    if (!in.reset(data, start, end)) {
      return false;
    }
    int found = 0;
    while (found < columns.length && in.next()) {
      CsvColumn column = columns[found];
      if (column != null) {
        column.read(in, data, onHeap, rows.column(targets[found]));
      }
      found++;
    }
    if (found < columns.length) {
      checkMissing(found);
    } else {
      passOverRest();
    }
    return true;
  }

  private void checkMissing(int found) {
    if (options.failOnMissingColumns() || (found < projected && !options.ignoreParseErrors())) {
      throw new CsvException(
          "the record has %d fields, but the table has %d columns"
              .formatted(found, columns.length));
    }
  }

  /** After the last column: nothing, or what the options allow. */
  private void passOverRest() {
    if (!in.next()) {
      return;
    }
    boolean blank = Blanks.only(in.fieldData(), in.fieldStart(), in.fieldEnd());
    boolean more = in.next();
    if (options.ignoreTrailingUnmappable()) {
      while (more) {
        more = in.next();
      }
    } else if (more || !blank || !options.allowTrailingComma()) {
      throw new CsvException(
          "the record has more fields than the table's %d columns".formatted(columns.length));
    }
  }
}
