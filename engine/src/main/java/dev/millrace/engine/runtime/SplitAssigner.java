package dev.millrace.engine.runtime;

import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Deals the splits of one source out to its readers. Thread-safe. */
final class SplitAssigner {
  private final Assignment assignment;
  private final List<Queue<Split>> queues = new ArrayList<>();
  private int dealt;
  private volatile boolean discovered;
  private volatile boolean complete;

  SplitAssigner(Assignment assignment, int readers) {
    this.assignment = assignment;
    int count = assignment == Assignment.EAGER ? readers : 1;
    for (int i = 0; i < count; i++) {
      queues.add(new ConcurrentLinkedQueue<>());
    }
  }

  /** Adds splits; called by one thread. */
  void add(List<Split> splits) {
    for (Split split : splits) {
      queues.get(dealt++ % queues.size()).add(split);
    }
    discovered = true;
  }

  /** Says that no split will be added any more. */
  void complete() {
    complete = true;
  }

  /** The next split for a reader that works on {@code active} ones, or null if it gets none now. */
  Split next(int reader, int active) {
    if (assignment == Assignment.ON_DEMAND) {
      return active > 0 ? null : queues.get(0).poll();
    }
    return queues.get(reader).poll();
  }

  /**
   * Whether splits have been looked for at all: until then a reader without any may still get one
   * with rows that others must wait for.
   */
  boolean discovered() {
    return discovered || complete;
  }

  /** Whether a reader without active splits will never get another one. */
  boolean exhausted(int reader) {
    // Read first: a split added before completion must be seen by the queue's test.
    boolean noMore = complete;
    return noMore && queues.get(reader % queues.size()).isEmpty();
  }
}
