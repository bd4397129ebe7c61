package dev.millrace.engine.operator.rank;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.Changelog;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.operator.RowFailures;
import dev.millrace.engine.state.Arena;
import dev.millrace.engine.state.DistinctKeys;
import dev.millrace.engine.state.KeyedRows;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a complete changelog of one that only says what each key has now: of upserts, deletions
 * that hold no more than the key, and events that come twice. Keeps the last row of each key and
 * emits how it differs from the one before, one change per key and batch.
 *
 * <p>A row may have to pass a filter, which the planner has put here so that rows which fail it
 * need not be kept: one that fails is for its key as a deletion.
 *
 * <p>A row that equals the one before is passed over, unless rows expire: then it is emitted, so
 * that those who consume it keep theirs, too.
 *
 * <p>Memory per key: {@link KeyedRows}, and 4 bytes for marks.
 */
public final class ChangelogNormalize extends ForwardingOperator {
  private final boolean updateBefore;
  private final Expression filter;
  private final KeyedRows rows;
  private final DistinctKeys touched;

  /**
   * What to do.
   *
   * @param types of the input's columns
   * @param key the columns by which rows replace each other
   * @param updateBefore whether {@code -U} rows are wanted
   * @param ttlMillis how long a row is kept after it was written; 0 for ever
   */
  public record Spec(
      List<DataType> types, List<Integer> key, boolean updateBefore, long ttlMillis) {}

  /** {@code filter} is null when every row passes. */
  public ChangelogNormalize(Spec spec, Expression filter) {
    this.updateBefore = spec.updateBefore();
    this.filter = filter;
    this.rows = new KeyedRows("rows", spec.types(), spec.key(), spec.ttlMillis());
    this.touched = rows.touched();
  }

  @Override
  public void process(int input, Batch batch) {
    boolean[] stays = stays(batch);
    boolean[] failed =
        RowFailures.report(evaluation(), context().errors(), context().name(), input, batch);
    if (failed == null) {
      process(batch, stays);
    } else {
      // Their keys stay as they are.
      Batch others = RowFailures.others(batch, failed);
      process(others, stays(others));
    }
  }

  private void process(Batch batch, boolean[] stays) {
    long now = context().clock().millis();
    int[] keyOfRow = rows.locate(batch);
    int[] keys = touched.find(keyOfRow, rows.limit());
    rows.dropExpired(keys, now);
    int[] lastRow = new int[keys.length];
    for (int row = 0; row < keyOfRow.length; row++) {
      lastRow[touched.indexOf(keyOfRow[row])] = row;
    }
    Changelog changes = new Changelog(keys.length, updateBefore);
    int[] gone = new int[keys.length];
    int goneCount = change(keys, lastRow, stays, now, changes, gone);
    Vector[] after = new Vector[batch.columnCount()];
    Arrays.setAll(after, batch::column);
    emit(changes.build(new Vector[0], rows.get(gone, goneCount), after));
    rows.free(gone, goneCount);
    rows.forgetEmpty(keys);
  }

  /** Which rows are there after the event that they stand for. */
  private boolean[] stays(Batch batch) {
    int[] added = new int[batch.rowCount()];
    int count = 0;
    for (int row = 0; row < added.length; row++) {
      RowKind kind = batch.rowKind(row);
      if (kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER) {
        added[count++] = row;
      }
    }
    Positions passing = Positions.of(added, count);
    if (filter != null && count > 0) {
      passing =
          passing.select((BooleanVector) filter.evaluate(batch, passing, context().evaluation()));
    }
    boolean[] stays = new boolean[batch.rowCount()];
    for (int i = 0; i < passing.count(); i++) {
      stays[passing.get(i)] = true;
    }
    return stays;
  }

  /**
   * Keeps what each key has now. Rows that came are named in {@code changes} by their position in
   * the batch, those that are gone by theirs in {@code gone}, which is filled with addresses.
   */
  private int change(
      int[] keys, int[] lastRow, boolean[] stays, long now, Changelog changes, int[] gone) {
    int goneCount = 0;
    for (int i = 0; i < keys.length; i++) {
      int old = rows.address(keys[i]);
      int row = lastRow[i];
      if (stays[row]) {
        if (old == Arena.NONE) {
          changes.insert(row);
        } else if (rows.expire() || !rows.isEqual(old, row)) {
          changes.update(goneCount, row);
          gone[goneCount++] = old;
        } else {
          continue;
        }
        rows.put(keys[i], row, now);
      } else if (old != Arena.NONE) {
        changes.delete(goneCount);
        gone[goneCount++] = old;
        rows.clear(keys[i]);
      }
    }
    return goneCount;
  }

  @Override
  public void tick() {
    rows.sweep(context().clock().millis());
  }

  @Override
  public List<StateTable> state() {
    return List.of(rows);
  }
}
