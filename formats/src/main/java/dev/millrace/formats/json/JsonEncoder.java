package dev.millrace.formats.json;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.RecordBlockBuilder;
import dev.millrace.engine.format.Encoder;
import dev.millrace.engine.type.DataType;

/** Encodes each row as one JSON object; kinds of rows are not written. */
final class JsonEncoder implements Encoder {
  private final ObjectWriter object;

  JsonEncoder(DataType rowType, JsonOptions options, String owner) {
    this.object = new Writers(options, owner).object("", rowType);
  }

  @Override
  public void encode(Batch batch, RecordBlockBuilder output) {
    ByteHeap heap = output.heap();
    for (int row = 0; row < batch.rowCount(); row++) {
      object.begin(heap);
      for (int i = 0; i < batch.columnCount(); i++) {
        object.field(i, batch.column(i), row, heap);
      }
      object.end(heap);
      output.endRecord();
    }
  }
}
