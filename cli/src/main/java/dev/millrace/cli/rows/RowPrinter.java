package dev.millrace.cli.rows;

import dev.millrace.engine.batch.Batch;

/** Writes the rows of a SELECT to standard output. Not thread-safe. */
public interface RowPrinter {
  void print(Batch batch);

  /** Writes what is held back; called when no row has come for a moment. */
  void flush();

  /** Writes what is held back and what ends the output. */
  void finish();
}
