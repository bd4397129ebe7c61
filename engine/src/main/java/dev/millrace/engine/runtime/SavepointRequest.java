package dev.millrace.engine.runtime;

import dev.millrace.engine.checkpoint.SnapshotInfo;
import dev.millrace.engine.checkpoint.SnapshotStore;
import dev.millrace.engine.error.MillraceException;
import java.util.concurrent.CompletableFuture;

/**
 * A savepoint that somebody waits for.
 *
 * @param target where it goes
 * @param stop whether the job ends with it
 * @param done completed when it is there and the results before it are outside
 */
record SavepointRequest(SnapshotStore target, boolean stop, CompletableFuture<SnapshotInfo> done) {
  static SavepointRequest to(SnapshotStore target, boolean stop) {
    return new SavepointRequest(target, stop, new CompletableFuture<>());
  }

  void fail(String why) {
    done.completeExceptionally(MillraceException.job("No savepoint was taken: " + why));
  }
}
