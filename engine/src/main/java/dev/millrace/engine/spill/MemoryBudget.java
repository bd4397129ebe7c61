package dev.millrace.engine.spill;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The memory that the state of a job may take, shared by all operators. Thread-safe. */
public final class MemoryBudget {
  private final long bytes;
  private final AtomicLong used = new AtomicLong();
  private final AtomicInteger shares = new AtomicInteger();

  public MemoryBudget(long bytes) {
    this.bytes = bytes;
  }

  /** What is in use, in bytes. */
  public long used() {
    return used.get();
  }

  /** The part of one more operator. */
  Share share() {
    shares.incrementAndGet();
    return new Share();
  }

  /** What one operator takes. Used by one thread. */
  final class Share implements AutoCloseable {
    private long own;

    /** Says how much it is now, in bytes. */
    void set(long newOwn) {
      used.addAndGet(newOwn - own);
      own = newOwn;
    }

    /** How much it may be: what the others leave, at least an equal part; in bytes. */
    long limit() {
      return Math.max(fair(), bytes - (used.get() - own));
    }

    private long fair() {
      return bytes / shares.get();
    }

    /** Whether all together take too much, and this operator more than its part. */
    boolean isOver() {
      return used.get() > bytes && own > fair();
    }

    @Override
    public void close() {
      set(0);
      shares.decrementAndGet();
    }
  }
}
