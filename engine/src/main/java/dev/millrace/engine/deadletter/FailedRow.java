package dev.millrace.engine.deadletter;

import java.util.function.Supplier;

/**
 * A row that cannot be processed.
 *
 * @param split of the source, or null
 * @param position in the split (an offset of Kafka, a byte of a file), or {@link #UNKNOWN}
 * @param message what is wrong
 * @param cause what was thrown, or null
 * @param line the message with the place of the row in front, for the log and for failing the job;
 *     may be dear to make
 * @param raw the record's bytes where the row was read, else the row as a JSON object
 */
public record FailedRow(
    FailedAt stage,
    String split,
    long position,
    String message,
    Throwable cause,
    Supplier<String> line,
    Supplier<byte[]> raw) {
  /** The position of a row that has none. */
  public static final long UNKNOWN = -1;

  String errorClass() {
    return stage.errorClass(cause);
  }
}
