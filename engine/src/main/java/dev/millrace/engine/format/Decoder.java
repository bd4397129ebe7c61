package dev.millrace.engine.format;

import dev.millrace.engine.batch.RecordBlock;

/** Turns encoded records into rows. One instance per reader; not thread-safe. */
public interface Decoder {
  /**
   * Decodes every record of the block, in order, each into no, one or several rows. Strings may
   * point into the block's bytes. A record that is broken is reported to {@link DecodeOutput#fail}
   * or {@link DecodeOutput#skip} as the format's options say, and the next one is decoded; it never
   * throws for bad data.
   */
  void decode(RecordBlock records, DecodeOutput output);
}
