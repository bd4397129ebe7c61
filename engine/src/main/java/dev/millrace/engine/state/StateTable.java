package dev.millrace.engine.state;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.type.DataType;
import java.util.List;
import java.util.function.Consumer;

/**
 * What an operator instance keeps from batch to batch, as rows: a snapshot saves them, a restore
 * brings them back, perhaps at another parallelism.
 *
 * <p>Called by the thread that runs the operator, between its other calls. A restore comes after
 * {@code open} and before any input, watermark or tick.
 */
public interface StateTable {
  /** A name that is unique within the operator; by it a snapshot's rows find their table again. */
  String name();

  /** The version of what the rows mean, counted up with every change of it. */
  int version();

  /** The ROW of the columns. */
  DataType row();

  /**
   * The columns that the operator's input is distributed by, in that order: their hash decides the
   * key group of a row, and so the instance that it is restored to. Empty if all rows are kept by
   * one instance.
   */
  List<Integer> key();

  /**
   * Whether the rows of every instance are restored to all of them, instead of each row to one; for
   * a few rows that tell how far an instance was.
   */
  default boolean shared() {
    return false;
  }

  /**
   * Bytes of memory that the table takes, about, at any moment. Cheap, as it is asked after every
   * batch: in the order of the number of arrays, not of rows. Tables of one operator that share
   * memory leave it to one of them.
   */
  long bytes();

  /** How many rows {@link #save} would hand over, or a few more; as cheap as {@link #bytes}. */
  long rowCount();

  /** Hands over all rows, in batches of any size. */
  void save(Consumer<Batch> to);

  /** Takes rows that were saved by this or other instances; called any number of times. */
  void restore(Batch rows);
}
