package dev.millrace.formats.raw;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RecordBlockBuilder;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.format.Encoder;

/** Makes the only column's values the records; null becomes an absent one. */
final class RawEncoder implements Encoder {
  private final RawType type;

  RawEncoder(RawType type) {
    this.type = type;
  }

  @Override
  public void encode(Batch batch, RecordBlockBuilder output) {
    Vector vector = batch.column(0);
    for (int row = 0; row < batch.rowCount(); row++) {
      if (vector.isNull(row)) {
        output.endAbsent();
      } else {
        type.writer().write(vector, row, output.heap());
        output.endRecord();
      }
    }
  }
}
