package dev.millrace.api;

import dev.millrace.engine.batch.Batch;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The rows of a SELECT between the job and its reader; bounded, so that a slow reader slows the
 * job.
 */
final class BatchQueue {
  private static final int CAPACITY = 16;

  private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(CAPACITY);
  private volatile boolean ended;
  private volatile boolean abandoned;

  /** Waits for room; drops the batch once nobody reads any more. */
  void put(Batch batch) {
    try {
      while (!abandoned && !batches.offer(batch, 100, TimeUnit.MILLISECONDS)) {
        // Asked again: the reader may have gone meanwhile.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nothing more comes. */
  void end() {
    ended = true;
  }

  /** Nobody reads any more. */
  void abandon() {
    abandoned = true;
    batches.clear();
  }

  /** The next batch, or null if none came within the time. */
  Batch poll(long millis) throws InterruptedException {
    return batches.poll(millis, TimeUnit.MILLISECONDS);
  }

  /** Whether everything has been read. */
  boolean exhausted() {
    // Read first: what was put before the end must be seen by the queue's test.
    boolean complete = ended;
    return complete && batches.isEmpty();
  }
}
