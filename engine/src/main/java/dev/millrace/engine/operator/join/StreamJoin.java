package dev.millrace.engine.operator.join;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.StateTable;
import java.util.ArrayList;
import java.util.List;

/**
 * A join of two changing tables: keeps the rows of both and emits how the result changes with every
 * row.
 *
 * <p>Rows whose key has a null that equals nothing are never kept. What a row adds or takes back is
 * decided by the rows of the other input alone, so a batch is paired with those as a whole, however
 * its rows follow each other; its own rows are kept afterwards. A preserved row is emitted padded
 * with nulls while it has no match, a row of a semi or anti join while it has one or none; for that
 * the number of its matches is kept, as in Flink's {@code StreamingJoinOperator} and {@code
 * StreamingSemiAntiJoinOperator}. With a time to live each row expires by itself, silently.
 *
 * <p>Memory per key: that of the {@link KeyTable} (about 16 bytes for a BIGINT), 4 for each input's
 * chain. Memory per row: its bytes in units of 8, 4 for its address and, unless the join key
 * contains a unique key, 4 for the link of its chain; once rows are taken back, 4 more for the link
 * back and what the {@link KeyTable} takes for what tells a row from others (13 to 19 bytes if that
 * is all of the row: it is kept only once, with the number of its copies); 4 more if matches are
 * counted, 8 more with a time to live; times the slack of arrays that grow by half.
 */
public final class StreamJoin extends ForwardingOperator {
  /**
   * An input.
   *
   * @param uniqueKey columns whose values no two rows share; empty if there are none
   * @param ttlMillis how long a row is kept after it was written; 0 for ever
   */
  public record Side(List<Integer> uniqueKey, long ttlMillis) {}

  private final JoinSpec spec;
  private final JoinKeys keys;
  private final KeptRows[] sides;
  private final Pairs pairs;
  private final JoinedRows joined;

  /** {@code condition} is null if equal keys are enough. */
  public StreamJoin(JoinSpec spec, Side left, Side right, JoinCondition condition) {
    this.spec = spec;
    this.keys = new JoinKeys(spec);
    this.sides = new KeptRows[] {side(0, left), side(1, right)};
    this.pairs = new Pairs(condition);
    this.joined = new JoinedRows(spec);
  }

  private KeptRows side(int input, Side side) {
    boolean tracksMatches =
        spec.type().preserves(input) || (input == 0 && spec.type().isLeftOnly());
    return new KeptRows(spec, input, keys, side.uniqueKey(), tracksMatches, side.ttlMillis());
  }

  @Override
  public void process(int input, Batch batch) {
    long now = context().clock().millis();
    int rows = batch.rowCount();
    Vector[] columns = KeptRows.columns(batch);
    int[] keyOfRow = keys.locate(input, columns, rows);
    KeptRows other = sides[1 - input];
    Probe probe = new Probe(input, batch, columns, now);
    for (int row = 0; row < rows; row++) {
      int key = keyOfRow[row];
      if (key == KeyTable.NONE) {
        continue;
      }
      other.forgetExpired(key, now);
      for (int slot = other.first(key); slot != KeptRows.NONE; slot = other.next(slot)) {
        pairs.add(row, slot);
        if (pairs.isFull()) {
          probe.joinPairs();
        }
      }
    }
    probe.joinPairs();
    probe.finishRows(rows);
    probe.flush();
    sides[input].apply(batch, keyOfRow, probe.matches, now);
    removeUnused(keyOfRow);
  }

  /** Forgets those of the keys that no row has any more. */
  private void removeUnused(int[] touched) {
    keys.removeIf(
        touched,
        key -> sides[0].first(key) == KeptRows.NONE && sides[1].first(key) == KeptRows.NONE);
  }

  @Override
  public void tick() {
    long now = context().clock().millis();
    List<Integer> touched = new ArrayList<>();
    sides[0].sweep(now, touched);
    sides[1].sweep(now, touched);
    removeUnused(touched.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public List<StateTable> state() {
    return List.of(sides[0], sides[1]);
  }

  /** What a batch meets among the rows kept of the other input. */
  private final class Probe {
    private final int input;
    private final KeptRows other;
    private final Batch batch;
    private final Vector[] columns;
    private final long now;

    /** For each row of the batch how many kept rows it matches. */
    private final int[] matches;

    /** The columns of the kept rows in {@link #pairs}; null until there are some. */
    private Vector[] kept;

    /** All rows before this one have been emitted. */
    private int finished;

    Probe(int input, Batch batch, Vector[] columns, long now) {
      this.input = input;
      this.other = sides[1 - input];
      this.batch = batch;
      this.columns = columns;
      this.now = now;
      this.matches = new int[batch.rowCount()];
    }

    /** Emits what the collected pairs bring, and all before them. */
    void joinPairs() {
      if (pairs.count() == 0) {
        return;
      }
      flush();
      kept = other.rows(pairs.slots(), pairs.slotCount());
      pairs.filter(input == 0, columns, kept, spec, context());
      int[] rows = pairs.rows();
      int[] indexes = pairs.indexes();
      int[] slots = pairs.slots();
      for (int i = 0; i < pairs.count(); i++) {
        finishRows(rows[i]);
        join(rows[i], indexes[i], slots[indexes[i]]);
      }
      pairs.clear();
    }

    private void join(int row, int index, int slot) {
      int copies = other.copies(slot);
      matches[row] += copies;
      boolean added = isAdded(row);
      boolean changes = other.tracksMatches() && changesMatch(slot, added);
      if (spec.type().isLeftOnly()) {
        if (changes) {
          emitKept(index, copies, added == (spec.type() == JoinType.SEMI));
        }
        return;
      }
      if (changes && added) {
        emitKept(index, copies, false);
      }
      byte kind = kind(row);
      for (int i = 0; i < copies; i++) {
        joined.add(input, row, index, kind);
        flushIfFull();
      }
      if (changes && !added) {
        emitKept(index, copies, true);
      }
    }

    /** Counts a match of a kept row; returns whether it is the first, or was the last. */
    private boolean changesMatch(int slot, boolean added) {
      int[] counts = other.matches();
      int before = counts[slot];
      counts[slot] = added ? before + 1 : before - 1;
      other.touch(slot, now);
      return before == (added ? 0 : 1);
    }

    /** Emits a kept row alone, as added or taken back. */
    private void emitKept(int index, int copies, boolean added) {
      byte kind = (added ? RowKind.INSERT : RowKind.DELETE).code();
      for (int i = 0; i < copies; i++) {
        joined.addAlone(1 - input, index, kind);
        flushIfFull();
      }
    }

    /**
     * Emits those rows before {@code end} alone that are to be, now that their matches are known.
     */
    void finishRows(int end) {
      JoinType type = spec.type();
      boolean ifUnmatched = type.preserves(input) || (type == JoinType.ANTI && input == 0);
      boolean ifMatched = type == JoinType.SEMI && input == 0;
      if (!ifUnmatched && !ifMatched) {
        return;
      }
      for (; finished < end; finished++) {
        if (matches[finished] == 0 ? ifUnmatched : ifMatched) {
          joined.addAlone(input, finished, kind(finished));
          flushIfFull();
        }
      }
    }

    private boolean isAdded(int row) {
      RowKind kind = batch.rowKind(row);
      return kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER;
    }

    /** An outer join knows no updates: padding makes inserts and deletes of them, as in Flink. */
    private byte kind(int row) {
      JoinType type = spec.type();
      if (type == JoinType.INNER || type.isLeftOnly()) {
        return batch.rowKind(row).code();
      }
      return (isAdded(row) ? RowKind.INSERT : RowKind.DELETE).code();
    }

    private void flushIfFull() {
      if (joined.isFull()) {
        flush();
      }
    }

    void flush() {
      emit(input == 0 ? joined.build(columns, kept) : joined.build(kept, columns));
    }
  }
}
