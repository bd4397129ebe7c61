package dev.millrace.engine.operator.sink;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Changelog;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.Vectors;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.operator.window.Progress;
import dev.millrace.engine.state.Arena;
import dev.millrace.engine.state.DistinctKeys;
import dev.millrace.engine.state.KeyedRows;
import dev.millrace.engine.state.StateTable;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/**
 * Makes a changelog by the sink's primary key of one whose rows that key does not tell apart, and
 * sees where several rows have the same: ON CONFLICT DO NOTHING keeps the first, DO ERROR fails.
 *
 * <p>What comes between two watermarks is taken together, so that a row which is replaced is no
 * conflict whatever the order in which the two changes arrive (FLIP-558). Then the changes of a key
 * are applied to the row that was emitted last.
 *
 * <p>Memory per key: {@link KeyedRows}, and 4 bytes for marks; per change between two watermarks:
 * {@link PendingChanges}.
 */
public final class ConflictMaterializer extends ForwardingOperator {
  private final PrimaryKeyRows.Spec spec;
  private final List<String> keyNames;
  private final boolean fail;
  private final PendingChanges pending;
  private final KeyedRows current;
  private final Progress progress = new Progress();
  private final DistinctKeys touched;

  /**
   * {@code keyNames} are those of the primary key's columns; {@code fail} if there is a conflict.
   */
  public ConflictMaterializer(PrimaryKeyRows.Spec spec, List<String> keyNames, boolean fail) {
    this.spec = spec;
    this.keyNames = List.copyOf(keyNames);
    this.fail = fail;
    this.pending = new PendingChanges(spec.types(), spec.primaryKey());
    this.current = new KeyedRows("current", spec.types(), spec.primaryKey(), spec.ttlMillis());
    this.touched = current.touched();
  }

  @Override
  public void process(int input, Batch batch) {
    pending.add(batch);
  }

  @Override
  public void watermark(long timestamp) {
    if (progress.advance(timestamp) && !pending.isEmpty()) {
      apply(pending.takeAll());
    }
    super.watermark(timestamp);
  }

  private void apply(Batch changes) {
    long now = context().clock().millis();
    int[] keyOfChange = current.locate(changes);
    int[] keys = touched.find(keyOfChange, current.limit());
    current.dropExpired(keys, now);
    int[] old = new int[keys.length];
    int[] placeOfOld = new int[keys.length];
    int oldCount = 0;
    for (int i = 0; i < keys.length; i++) {
      placeOfOld[i] = -1;
      if (current.address(keys[i]) != Arena.NONE) {
        placeOfOld[i] = changes.rowCount() + oldCount;
        old[oldCount++] = current.address(keys[i]);
      }
    }
    Batch all = followedBy(changes, old, oldCount);
    current.locate(all);
    Conflicts conflicts = new Conflicts(changes, all, spec.upsertKey(), spec.types());
    int[][] changesOfKey = changesOfKey(keyOfChange, keys.length);
    Changelog result = new Changelog(keys.length, false);
    int[] replaced = new int[keys.length];
    int replacedCount = 0;
    for (int i = 0; i < keys.length; i++) {
      int before = placeOfOld[i];
      int after = after(conflicts, before, changesOfKey[i], all);
      if (after == before || (after >= 0 && before >= 0 && conflicts.areEqual(before, after))) {
        continue;
      }
      if (before >= 0) {
        replaced[replacedCount++] = current.address(keys[i]);
      }
      emitTo(result, before, after);
      if (after >= 0) {
        current.put(keys[i], after, now);
      } else {
        current.clear(keys[i]);
      }
    }
    Vector[] columns = columns(all);
    emit(result.build(new Vector[0], columns, columns));
    current.free(replaced, replacedCount);
    current.forgetEmpty(keys);
  }

  /** The changes, and behind them rows that are kept. */
  private Batch followedBy(Batch changes, int[] kept, int count) {
    if (count == 0) {
      return changes;
    }
    Vector[] rows = current.get(kept, count);
    Vector[] columns = columns(changes);
    for (int i = 0; i < columns.length; i++) {
      columns[i] =
          Vectors.concat(new Vector[] {columns[i], rows[i]}, new int[] {changes.rowCount(), count});
    }
    return new Batch(changes.rowCount() + count, columns);
  }

  private Vector[] columns(Batch batch) {
    Vector[] columns = new Vector[spec.types().size()];
    Arrays.setAll(columns, batch::column);
    return columns;
  }

  /** The positions of each key's changes, in their order; keys as they were found. */
  private int[][] changesOfKey(int[] keyOfChange, int keyCount) {
    int[] counts = new int[keyCount];
    for (int key : keyOfChange) {
      counts[touched.indexOf(key)]++;
    }
    int[][] changes = new int[keyCount][];
    Arrays.setAll(changes, i -> new int[counts[i]]);
    int[] next = new int[keyCount];
    for (int row = 0; row < keyOfChange.length; row++) {
      int i = touched.indexOf(keyOfChange[row]);
      changes[i][next[i]++] = row;
    }
    return changes;
  }

  /** The position of the row that a key has after its changes; -1 stands for none. */
  private int after(Conflicts conflicts, int before, int[] changes, Batch all) {
    int count = conflicts.apply(before, changes);
    if (count > 1 && fail) {
      throw MillraceException.job(
          ("%s: Primary key constraint violation: multiple distinct records with the same primary"
                  + " key detected. Conflicting key: [%s]. Use ON CONFLICT DO NOTHING to keep the"
                  + " first record.")
              .formatted(context().name(), key(all, changes[0])));
    }
    if (count == 0) {
      return -1;
    }
    return count > 1 && before >= 0 ? before : conflicts.first();
  }

  private String key(Batch batch, int row) {
    StringJoiner key = new StringJoiner(", ");
    for (int i = 0; i < keyNames.size(); i++) {
      int column = spec.primaryKey().get(i);
      Object value = Values.get(batch.column(column), spec.types().get(column), row);
      key.add(keyNames.get(i) + "=" + value);
    }
    return key.toString();
  }

  private static void emitTo(Changelog result, int before, int after) {
    if (before < 0) {
      result.insert(after);
    } else if (after < 0) {
      result.delete(before);
    } else {
      result.update(before, after);
    }
  }

  @Override
  public void tick() {
    current.sweep(context().clock().millis());
  }

  @Override
  public List<StateTable> state() {
    return List.of(pending, current, progress);
  }
}
