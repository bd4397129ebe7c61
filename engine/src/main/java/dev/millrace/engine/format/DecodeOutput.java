package dev.millrace.engine.format;

import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a decoder puts rows: append the values of a row to {@link #rows}'s columns, then call
 * {@link #endRow} with the record it came from. Not thread-safe.
 */
public final class DecodeOutput {
  /** A record that could not be decoded, by its place in the block; {@code cause} may be null. */
  public record Failure(int record, String message, Throwable cause) {}

  private final BatchBuilder rows;
  private int[] records = new int[64];
  private List<Failure> failures = new ArrayList<>();
  private List<Failure> skipped = new ArrayList<>();

  public DecodeOutput(DataType rowType) {
    this.rows = new BatchBuilder(rowType);
  }

  public BatchBuilder rows() {
    return rows;
  }

  public void endRow(int record) {
    endRow(record, RowKind.INSERT);
  }

  public void endRow(int record, RowKind kind) {
    int row = rows.rowCount();
    if (row == records.length) {
      records = Arrays.copyOf(records, row * 2);
    }
    records[row] = record;
    rows.endRow(kind);
  }

  /** Drops the row under construction and reports its record as broken. */
  public void fail(int record, String message, Throwable cause) {
    rows.discardRow();
    failures.add(new Failure(record, message, cause));
  }

  /** Drops the row under construction; the user wants such records counted and passed over. */
  public void skip(int record, String message, Throwable cause) {
    rows.discardRow();
    skipped.add(new Failure(record, message, cause));
  }

  /** The record that each row came from, ascending; valid until the next block is decoded. */
  public int[] records() {
    return records;
  }

  /** The failures since the last call. */
  public List<Failure> takeFailures() {
    List<Failure> taken = failures;
    failures = new ArrayList<>();
    return taken;
  }

  /** The skipped records since the last call. */
  public List<Failure> takeSkipped() {
    List<Failure> taken = skipped;
    skipped = new ArrayList<>();
    return taken;
  }
}
