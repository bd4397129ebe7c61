package dev.millrace.formats.raw;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.format.DecodeOutput;
import dev.millrace.engine.format.Decoder;

/** Makes each record a row of one column; one that is absent is null, one that is empty is not. */
final class RawDecoder implements Decoder {
  private final RawType type;
  private final boolean projected;

  /** {@code projected} says whether the column is wanted at all. */
  RawDecoder(RawType type, boolean projected) {
    this.type = type;
    this.projected = projected;
  }

  @Override
  public void decode(RecordBlock records, DecodeOutput output) {
    boolean startsBatch = output.rows().isEmpty();
    if (startsBatch) {
      output.rows().useHeap(ByteHeap.wrap(records.data(), records.dataEnd()));
    }
    for (int record = 0; record < records.count(); record++) {
      int length = records.lengths()[record];
      if (projected && !records.isAbsent(record)) {
        if (type.width() != RawType.ANY && type.width() != length) {
          output.fail(record, wrongWidth(length), null);
          continue;
        }
        type.reader()
            .read(
                records.data(),
                records.starts()[record],
                length,
                startsBatch,
                output.rows().column(0));
      }
      output.endRow(record);
    }
  }

  private String wrongWidth(int length) {
    return "field '%s' is a %s of %d bytes, but the record has %d"
        .formatted(type.column(), type.type().withNullable(true), type.width(), length);
  }
}
