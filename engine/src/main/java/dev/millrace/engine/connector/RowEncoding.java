package dev.millrace.engine.connector;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.deadletter.FailedAt;
import dev.millrace.engine.deadletter.RowErrors;
import dev.millrace.engine.error.RefusedRowException;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Encodes batches as a whole. When one fails, and rows may fail without the job, it is encoded row
 * by row, and the rows that cannot be encoded are reported.
 *
 * @param <T> what a batch is encoded into
 */
public final class RowEncoding<T> {
  private final RowErrors errors;
  private final Function<Batch, T> encode;
  private final BiConsumer<Batch, T> output;

  /**
   * An encoding.
   *
   * @param encode throws {@link RefusedRowException} if a row cannot be encoded, and has done
   *     nothing then
   * @param output takes a batch, or one row of it, and what it was encoded into, in the order of
   *     the rows
   */
  public RowEncoding(RowErrors errors, Function<Batch, T> encode, BiConsumer<Batch, T> output) {
    this.errors = errors;
    this.encode = encode;
    this.output = output;
  }

  public void write(Batch batch) {
    T encoded;
    try {
      encoded = encode.apply(batch);
    } catch (RefusedRowException e) {
      if (errors.fail()) {
        throw e;
      }
      writeRows(batch);
      return;
    }
    output.accept(batch, encoded);
  }

  private void writeRows(Batch batch) {
    for (int row = 0; row < batch.rowCount(); row++) {
      Batch one = batch.take(Positions.of(new int[] {row}, 1));
      T encoded;
      try {
        encoded = encode.apply(one);
      } catch (RefusedRowException e) {
        errors.reject(FailedAt.SINK, 0, batch, row, e.getMessage(), e.getCause());
        continue;
      }
      output.accept(one, encoded);
    }
  }
}
