package dev.millrace.engine.runtime;

import dev.millrace.engine.type.DataType;
import java.util.List;

/**
 * What one instance of a node kept when an epoch ended.
 *
 * @param tables all of it, unless there is a log
 * @param log what it was given since the epoch before, or null
 */
record SavedPart(int node, int subtask, List<SavedTable> tables, Log log) {
  /** Input as {@link dev.millrace.engine.checkpoint.InputLog} has it. */
  record Log(List<DataType> inputs, List<byte[]> events) {}

  static SavedPart of(int node, int subtask, List<SavedTable> tables) {
    return new SavedPart(node, subtask, tables, null);
  }

  long rows() {
    return tables.stream().mapToLong(SavedTable::rowCount).sum();
  }

  /** Nobody reads it any more. */
  void release() {
    tables.forEach(SavedTable::release);
  }
}
