package dev.millrace.engine.connector;

import dev.millrace.engine.deadletter.FailedRow;

/** Says where the records of a block came from. */
public interface RecordOrigin {
  /** The id of the split that a record is of, or null if that is not known. */
  String split(int record);

  /**
   * A record's position in the split (an offset of Kafka, a byte of a file), or {@link
   * FailedRow#UNKNOWN}.
   */
  long position(int record);

  /** Begins the messages about broken content if it is but a part of the record: {@code key: }. */
  default String part() {
    return "";
  }

  /** Split and position for messages: {@code file f, line 3}; may be dear to find out. */
  String describe(int record);
}
