package dev.millrace.engine.operator.rank;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.state.DistinctKeys;
import dev.millrace.engine.state.SortColumn;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * Top-N: keeps the rows of each partition in order and emits how those within a range of ranks
 * (ROW_NUMBER) change, once per partition and batch. Equal rows rank as they came. ORDER BY with
 * LIMIT is the same with one partition; LIMIT alone has no order either.
 *
 * <p>Memory per row: that of {@link dev.millrace.engine.state.SortedRows} and 4 to 6 bytes for its
 * place, 4 to 6 more where rows are updated by key. Per partition: that of the key table (16 to 24
 * bytes for a BIGINT), 4 bytes and its places with 24 and a header of 16 ({@link
 * dev.millrace.engine.state.TieredInts}); with updates by key twice that. 8 more if the last rank
 * is a column, 8 more with a time to live.
 */
public final class Rank extends ForwardingOperator {
  /** What can happen to the rows that come. */
  public enum Strategy {
    /** They are only added: rows beyond the last rank need not be kept. */
    APPEND,
    /** They are only added, and of equal rows the last that came is the first. */
    APPEND_NEWEST,
    /** They replace those with the same key, and never get a lower rank by that. */
    UPDATE,
    /** They are added and taken back: all are kept. */
    RETRACT
  }

  /**
   * What to do.
   *
   * @param types of the input's columns
   * @param partition the columns that name a partition
   * @param order the columns to order by
   * @param strategy what can happen to rows
   * @param rowKey the columns that name a row, for {@link Strategy#UPDATE}; else empty
   * @param start the first rank that is emitted, from 1
   * @param end the last one
   * @param endColumn the column whose value in a partition's first row is the last rank; else -1
   * @param rowNumber whether the rank is emitted, as the last column
   * @param updateBefore whether {@code -U} rows are wanted
   * @param ttlMillis how long a partition is kept after it was written; 0 for ever
   */
  public record Spec(
      List<DataType> types,
      List<Integer> partition,
      List<SortColumn> order,
      Strategy strategy,
      List<Integer> rowKey,
      long start,
      long end,
      int endColumn,
      boolean rowNumber,
      boolean updateBefore,
      long ttlMillis) {
    boolean hasEndColumn() {
      return endColumn >= 0;
    }

    /** Whether a partition has one row in the range at most, which a new one updates. */
    boolean isTopOne() {
      return start == end && !hasEndColumn();
    }
  }

  private final Spec spec;
  private final Ranking ranking;
  private final DistinctKeys touched;

  public Rank(Spec spec) {
    this.spec = spec;
    this.ranking = new Ranking(spec);
    this.touched = ranking.touched();
  }

  @Override
  public void process(int input, Batch batch) {
    long now = context().clock().millis();
    int[] partitionOfRow = ranking.locate(batch);
    int[] partitions = touched.find(partitionOfRow, ranking.limit());
    ranking.forgetExpired(partitions, now);
    ranking.readEnds(batch, partitionOfRow);
    int[][] before = inRange(partitions);
    change(batch, partitionOfRow);
    ranking.write(partitions, now);
    emitChanges(before, inRange(partitions));
    ranking.free(partitions);
  }

  private int[][] inRange(int[] partitions) {
    int[][] rows = new int[partitions.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = ranking.inRange(partitions[i]);
    }
    return rows;
  }

  private void change(Batch batch, int[] partitionOfRow) {
    for (int row = 0; row < partitionOfRow.length; row++) {
      RowKind kind = batch.rowKind(row);
      boolean added = kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER;
      if (added) {
        ranking.add(partitionOfRow[row], row);
      } else if (spec.strategy() == Strategy.RETRACT) {
        ranking.retract(partitionOfRow[row], row);
      }
    }
  }

  private void emitChanges(int[][] before, int[][] after) {
    RankChanges changes = new RankChanges(spec.updateBefore());
    for (int i = 0; i < before.length; i++) {
      if (!Arrays.equals(before[i], after[i])) {
        if (spec.rowNumber() || spec.isTopOne()) {
          addByRank(before[i], after[i], changes);
        } else {
          addByRow(before[i], after[i], changes);
        }
      }
    }
    if (!changes.isEmpty()) {
      emit(changes.build(ranking, spec.rowNumber()));
    }
  }

  private void addByRank(int[] before, int[] after, RankChanges changes) {
    for (int i = 0; i < Math.max(before.length, after.length); i++) {
      long rank = spec.start() + i;
      if (i >= after.length) {
        changes.delete(before[i], rank);
      } else if (i >= before.length) {
        changes.insert(after[i], rank);
      } else if (!isSame(before[i], after[i])) {
        changes.update(before[i], after[i], rank);
      }
    }
  }

  private boolean isSame(int one, int other) {
    return one == other || ranking.areEqual(one, other);
  }

  private void addByRow(int[] before, int[] after, RankChanges changes) {
    int[] gone = missing(before, after);
    int[] came = missing(after, before);
    boolean[] updated = new boolean[came.length];
    for (int old : gone) {
      int successor = successor(old, came);
      if (successor < 0) {
        changes.delete(old, 0);
      } else {
        updated[successor] = true;
        if (!ranking.areEqual(old, came[successor])) {
          changes.update(old, came[successor], 0);
        }
      }
    }
    for (int i = 0; i < came.length; i++) {
      if (!updated[i]) {
        changes.insert(came[i], 0);
      }
    }
  }

  /** Those of the rows that the others do not have, in order. */
  private static int[] missing(int[] rows, int[] others) {
    int[] sorted = others.clone();
    Arrays.sort(sorted);
    int[] missing = new int[rows.length];
    int count = 0;
    for (int row : rows) {
      if (Arrays.binarySearch(sorted, row) < 0) {
        missing[count++] = row;
      }
    }
    return Arrays.copyOf(missing, count);
  }

  /** Which of the rows has the key of an old one, if rows have keys; else -1. */
  private int successor(int old, int[] came) {
    for (int i = 0; spec.strategy() == Strategy.UPDATE && i < came.length; i++) {
      if (ranking.areIdentical(old, came[i])) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void tick() {
    ranking.sweep(context().clock().millis());
  }

  @Override
  public List<StateTable> state() {
    return spec.hasEndColumn() ? List.of(ranking, ranking.ends()) : List.of(ranking);
  }
}
