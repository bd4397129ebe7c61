package dev.millrace.connectors.kafka;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Hands fetches from the thread that polls Kafka to the task, and holds that thread up while the
 * task is behind: then the next poll brings more at once, so that batches grow under load.
 *
 * <p>It is full when it holds a few fetches or many bytes, whichever comes first; so it never holds
 * more than {@link #MAX_BYTES} and one fetch.
 */
final class FetchQueue {
  static final int MAX_FETCHES = 4;
  static final long MAX_BYTES = 32L << 20;

  private final Queue<Fetch> fetches = new ArrayDeque<>();
  private long bytes;
  private boolean closed;
  private RuntimeException failure;

  /** Adds a fetch once there is room; returns false if the queue is closed. */
  synchronized boolean put(Fetch fetch) throws InterruptedException {
    while (!closed && (fetches.size() >= MAX_FETCHES || bytes >= MAX_BYTES)) {
      wait();
    }
    if (closed) {
      return false;
    }
    fetches.add(fetch);
    bytes += fetch.bytes();
    return true;
  }

  /** The next fetch, or null if none is there; throws the reader's failure after the last one. */
  synchronized Fetch take() {
    Fetch fetch = fetches.poll();
    if (fetch == null) {
      if (failure != null) {
        throw failure;
      }
      return null;
    }
    bytes -= fetch.bytes();
    notifyAll();
    return fetch;
  }

  /** No more fetches will come, for this reason. */
  synchronized void fail(RuntimeException reason) {
    failure = reason;
  }

  /** Drops everything and lets a waiting {@link #put} return. */
  synchronized void close() {
    closed = true;
    fetches.clear();
    notifyAll();
  }
}
