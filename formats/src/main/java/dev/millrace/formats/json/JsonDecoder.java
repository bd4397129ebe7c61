package dev.millrace.formats.json;

import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.format.DecodeOutput;
import dev.millrace.engine.format.Decoder;

/**
 * Decodes JSON objects, or arrays of them, straight from bytes into columns.
 *
 * <p>Each record is read once, front to back: a name picks the reader of its field, which appends
 * to its column; strings without escapes become ranges of the block. What no operator looks at is
 * passed over by the same tokenizer, so it is checked as JSON but never turned into a value. What
 * follows the value of a record is not looked at, as in Flink.
 */
final class JsonDecoder implements Decoder {
  private final JsonInput in = new JsonInput();
  private final ObjectReader object;
  private final boolean ignoreErrors;
  private DecodeOutput bound;

  JsonDecoder(ObjectReader object, boolean ignoreErrors) {
    this.object = object;
    this.ignoreErrors = ignoreErrors;
  }

  @Override
  public void decode(RecordBlock records, DecodeOutput output) {
    BatchBuilder rows = output.rows();
    if (output != bound) {
      for (int i = 0; i < object.size(); i++) {
        object.bind(i, rows.column(i));
      }
      bound = output;
    }
    boolean startsBatch = rows.isEmpty();
    if (startsBatch) {
      rows.useHeap(ByteHeap.wrap(records.data(), records.dataEnd()));
    }
    in.block(records.data(), startsBatch);
    for (int record = 0; record < records.count(); record++) {
      int length = records.lengths()[record];
      if (length > 0) {
        in.record(records.starts()[record], records.starts()[record] + length);
        decode(record, output);
      }
    }
  }

  private void decode(int record, DecodeOutput output) {
    try {
      int position = in.contentStart();
      int first = in.at(position);
      if (first == '{') {
        readRow(position, record, output);
      } else if (first == '[') {
        readRows(position, record, output);
      } else {
        throw in.wrong("an object or an array of objects", position);
      }
    } catch (JsonException e) {
      broken(record, e, output);
    }
  }

  private int readRow(int position, int record, DecodeOutput output) {
    int end = object.read(in, position + 1, output.rows().rowCount());
    output.endRow(record);
    return end;
  }

  private void readRows(int position, int record, DecodeOutput output) {
    int at = in.skipSpace(position + 1);
    if (in.at(at) == ']') {
      return;
    }
    while (true) {
      at = in.skipSpace(readElement(at, record, output));
      int next = in.at(at);
      if (next == ']') {
        return;
      }
      if (next != ',') {
        throw in.wrong("',' or ']'", at);
      }
      at = in.skipSpace(at + 1);
    }
  }

  private int readElement(int position, int record, DecodeOutput output) {
    int first = in.at(position);
    if (first == '{') {
      return readRow(position, record, output);
    }
    int end = in.skipValue(position);
    if (first != 'n') {
      JsonException noObject =
          new JsonException(
              "%s stands in an array of rows, but is no object"
                  .formatted(in.excerpt(position, end)));
      if (!ignoreErrors) {
        throw noObject;
      }
      broken(record, noObject, output);
    }
    return end;
  }

  private void broken(int record, JsonException error, DecodeOutput output) {
    if (ignoreErrors) {
      output.skip(record, error.getMessage(), null);
    } else {
      output.fail(record, error.getMessage(), null);
    }
  }
}
