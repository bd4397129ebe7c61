package dev.millrace.engine.runtime;

import java.util.Queue;
import org.jctools.queues.SpscArrayQueue;

/**
 * A bounded queue of batches and signals from one task instance to another. One task at a time
 * offers, one polls; its bound is the backpressure.
 */
final class Channel {
  private final Queue<Object> queue;
  private final Waker waker;
  private volatile boolean refused;

  Channel(int capacity, Waker waker) {
    this.queue = new SpscArrayQueue<>(capacity);
    this.waker = waker;
  }

  boolean offer(Object element) {
    if (queue.offer(element)) {
      waker.wake();
      return true;
    }
    refused = true;
    return false;
  }

  Object poll() {
    Object element = queue.poll();
    if (refused && element != null) {
      refused = false;
      waker.wake();
    }
    return element;
  }
}
