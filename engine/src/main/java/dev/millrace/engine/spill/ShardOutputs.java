package dev.millrace.engine.spill;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.operator.Output;
import dev.millrace.engine.time.Watermarks;
import java.util.Arrays;

/** Brings together what the shards of an operator emit. Not thread-safe. */
final class ShardOutputs {
  private final Output output;
  private final long[] watermarks = new long[Shards.COUNT];
  private long lowest = Watermarks.NONE;
  private Boolean idle;

  ShardOutputs(Output output) {
    this.output = output;
    Arrays.fill(watermarks, Watermarks.NONE);
  }

  Output of(int shard) {
    return new Output() {
      @Override
      public void emit(Batch batch) {
        output.emit(batch);
      }

      @Override
      public void emitWatermark(long timestamp) {
        watermarks[shard] = timestamp;
        long now = Arrays.stream(watermarks).min().orElseThrow();
        if (now > lowest) {
          lowest = now;
          output.emitWatermark(now);
        }
      }

      /** Handed on when all shards are. */
      @Override
      public void emitIdle(boolean nowIdle) {
        idle = nowIdle;
      }
    };
  }

  /** Hands on that all shards became idle or active, if they did. */
  void handOnIdle() {
    if (idle != null) {
      output.emitIdle(idle);
      idle = null;
    }
  }
}
