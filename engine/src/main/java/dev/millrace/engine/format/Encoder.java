package dev.millrace.engine.format;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RecordBlockBuilder;

/** Turns rows into encoded records. One instance per writer; not thread-safe. */
public interface Encoder {
  /** Bytes that stand at the start of a file of such records, for example a header line. */
  default byte[] fileHeader() {
    return new byte[0];
  }

  /**
   * Appends one record per row of the batch, in order. A row that cannot be encoded fails with a
   * user's error, unless the format's options say otherwise.
   */
  void encode(Batch batch, RecordBlockBuilder output);
}
