package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.List;

/**
 * What one aggregate function knows of every group, in arrays by the group's number. Results are
 * Flink's, in type and to the bit. Not thread-safe.
 *
 * <p>A group's knowledge can be taken out as a row of state columns, and merged into another group:
 * that is how it gets into a snapshot and back, from a local to a global aggregate, and from slices
 * into windows.
 */
public interface Accumulator {
  /** The types of the columns that hold all that is known of a group. */
  List<DataType> stateTypes();

  /** Makes room for groups with numbers less than {@code limit}; new ones know of no row. */
  void reserve(int limit);

  /** Forgets all that is known of a group. */
  void clear(int group);

  /** Adds rows, or takes them back; {@code arguments} are the call's argument columns. */
  void add(Vector[] arguments, GroupedRows rows);

  /**
   * Adds what state columns know: their row {@code rows[i]} to group {@code groups[i]}. To a group
   * that knows of no row it brings just that state.
   */
  void merge(Vector[] state, int[] rows, int[] groups, int count);

  /** What is known of each group, a vector per state type. */
  Vector[] state(int[] groups, int count);

  /** The result for each group. */
  Vector result(int[] groups, int count);

  /** Bytes of memory that are taken. */
  long bytes();
}
