package dev.millrace.connectors.jdbc;

/** Brings the pending rows of one writer to the database. */
interface RowOutput extends AutoCloseable {
  /** Returns when they are committed, or part of the transaction of their epoch. */
  void write(PendingRows rows, long epoch);

  @Override
  void close();
}
