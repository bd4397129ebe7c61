package dev.millrace.engine.runtime;

import java.util.ArrayDeque;
import java.util.Queue;

/** The savepoints that a job was asked for and has not begun. Thread-safe. */
final class SavepointQueue {
  private final Queue<SavepointRequest> waiting = new ArrayDeque<>();
  private boolean closed;

  synchronized void add(SavepointRequest request) {
    if (closed) {
      failEnded(request);
    } else {
      waiting.add(request);
    }
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** The next one, or null. */
  synchronized SavepointRequest poll() {
    return waiting.poll();
  }

  /** Refuses those that wait and all that come. */
  synchronized void close() {
    closed = true;
    waiting.forEach(SavepointQueue::failEnded);
    waiting.clear();
  }

  static void failEnded(SavepointRequest request) {
    request.fail("the job has ended or failed before; its log says why.");
  }
}
