package dev.millrace.engine.operator.rank;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Vector;
import java.util.Arrays;

/** Collects which kept rows are gone and which came, by address, each with its rank. */
final class RankChanges {
  private final boolean updateBefore;
  private final Rows gone = new Rows();
  private final Rows came = new Rows();

  RankChanges(boolean updateBefore) {
    this.updateBefore = updateBefore;
  }

  void insert(int address, long rank) {
    came.add(address, rank, RowKind.INSERT);
  }

  void update(int old, int address, long rank) {
    if (updateBefore) {
      gone.add(old, rank, RowKind.UPDATE_BEFORE);
    }
    came.add(address, rank, RowKind.UPDATE_AFTER);
  }

  void delete(int address, long rank) {
    gone.add(address, rank, RowKind.DELETE);
  }

  boolean isEmpty() {
    return gone.count + came.count == 0;
  }

  /** The rows that are gone, then those that came, followed by their ranks if wanted. */
  Batch build(Ranking ranking, boolean withRank) {
    int inserts = 0;
    for (int i = 0; i < came.count; i++) {
      inserts += came.kinds[i] == RowKind.INSERT.code() ? 1 : 0;
    }
    boolean insertOnly = inserts == gone.count + came.count;
    came.precede(gone);
    Vector[] columns = ranking.get(came.addresses, came.count);
    if (withRank) {
      columns = Arrays.copyOf(columns, columns.length + 1);
      columns[columns.length - 1] = new LongVector(came.count, came.ranks, null);
    }
    return new Batch(came.count, columns, insertOnly ? null : came.kinds);
  }

  /** Rows in arrays that grow. */
  private static final class Rows {
    private int[] addresses = new int[64];
    private long[] ranks = new long[64];
    private byte[] kinds = new byte[64];
    private int count;

    void add(int address, long rank, RowKind kind) {
      reserve(count + 1);
      addresses[count] = address;
      ranks[count] = rank;
      kinds[count++] = kind.code();
    }

    private void reserve(int size) {
      if (size > addresses.length) {
        int capacity = Math.max(size, 2 * addresses.length);
        addresses = Arrays.copyOf(addresses, capacity);
        ranks = Arrays.copyOf(ranks, capacity);
        kinds = Arrays.copyOf(kinds, capacity);
      }
    }

    /** Puts other rows before these. */
    void precede(Rows first) {
      reserve(count + first.count);
      System.arraycopy(addresses, 0, addresses, first.count, count);
      System.arraycopy(ranks, 0, ranks, first.count, count);
      System.arraycopy(kinds, 0, kinds, first.count, count);
      System.arraycopy(first.addresses, 0, addresses, 0, first.count);
      System.arraycopy(first.ranks, 0, ranks, 0, first.count);
      System.arraycopy(first.kinds, 0, kinds, 0, first.count);
      count += first.count;
    }
  }
}
