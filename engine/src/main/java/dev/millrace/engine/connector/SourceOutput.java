package dev.millrace.engine.connector;

import dev.millrace.engine.batch.Batch;

/** Where a reader hands its batches, told apart by split because each split has its watermark. */
public interface SourceOutput {
  /** Hands on rows of one split, in the split's order. */
  void emit(Split split, Batch batch);

  /** The split is read to its end and will bring no more rows. */
  void finished(Split split);
}
