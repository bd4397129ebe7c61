package dev.millrace.engine.runtime;

import dev.millrace.engine.time.Watermarks;
import java.util.Arrays;

/**
 * The minimum watermark over several inputs, leaving out those that are idle or have ended. Never
 * goes back. When all are idle, the highest of any counts, so that nothing is held up. An input
 * that is complete says nothing of the others, idle or not: all is complete when each of them is.
 */
final class WatermarkMerger {
  private final long[] watermarks;
  private final boolean[] idle;
  private final boolean[] ended;
  private long current = Watermarks.NONE;

  WatermarkMerger(int inputs) {
    watermarks = new long[inputs];
    Arrays.fill(watermarks, Watermarks.NONE);
    idle = new boolean[inputs];
    ended = new boolean[inputs];
  }

  /** The merged watermark. */
  long current() {
    return current;
  }

  /** Whether every input that has not ended is idle, and at least one is. */
  boolean allIdle() {
    boolean any = false;
    for (int i = 0; i < idle.length; i++) {
      if (!ended[i] && !idle[i]) {
        return false;
      }
      any |= !ended[i];
    }
    return any;
  }

  /** Each method returns whether the merged watermark rose. */
  boolean watermark(int input, long timestamp) {
    watermarks[input] = Math.max(watermarks[input], timestamp);
    idle[input] = false;
    return merge();
  }

  boolean idle(int input, boolean nowIdle) {
    idle[input] = nowIdle;
    return merge();
  }

  boolean ended(int input) {
    ended[input] = true;
    return merge();
  }

  private boolean merge() {
    long lowest = Watermarks.END;
    long highestIdle = Watermarks.NONE;
    boolean active = false;
    boolean complete = true;
    for (int i = 0; i < watermarks.length; i++) {
      if (watermarks[i] == Watermarks.END) {
        continue;
      }
      complete = false;
      if (ended[i]) {
        continue;
      }
      if (idle[i]) {
        highestIdle = Math.max(highestIdle, watermarks[i]);
      } else {
        active = true;
        lowest = Math.min(lowest, watermarks[i]);
      }
    }
    long merged = active || complete ? lowest : highestIdle;
    boolean rose = merged > current;
    current = Math.max(current, merged);
    return rose;
  }
}
