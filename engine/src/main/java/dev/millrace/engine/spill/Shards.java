package dev.millrace.engine.spill;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.key.KeyHash;
import java.util.Arrays;

/** Which shard a key belongs to. */
final class Shards {
  static final int COUNT = 64;

  /** Knuth, "The Art of Computer Programming", 6.4: the fraction of the golden ratio. */
  private static final int GOLDEN = 0x9E3779B9;

  private static final int SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(COUNT);

  private Shards() {}

  private static int of(int keyHash) {
    return (keyHash * GOLDEN) >>> SHIFT;
  }

  /** Takes the rows of one shard. */
  @FunctionalInterface
  interface Part {
    void accept(int shard, Batch rows);
  }

  /** Hands over the rows of each shard that has any. */
  static void split(Batch batch, KeyHash key, Part to) {
    int[] hashes = key.hash(batch);
    int rows = batch.rowCount();
    int[] ends = new int[COUNT + 1];
    for (int i = 0; i < rows; i++) {
      ends[of(hashes[i]) + 1]++;
    }
    for (int shard = 0; shard < COUNT; shard++) {
      ends[shard + 1] += ends[shard];
    }
    int[] next = ends.clone();
    int[] ordered = new int[rows];
    for (int i = 0; i < rows; i++) {
      ordered[next[of(hashes[i])]++] = i;
    }
    for (int shard = 0; shard < COUNT; shard++) {
      int count = ends[shard + 1] - ends[shard];
      if (count > 0) {
        int[] own = Arrays.copyOfRange(ordered, ends[shard], ends[shard + 1]);
        to.accept(shard, batch.take(Positions.of(own, count)));
      }
    }
  }
}
