package dev.millrace.engine.runtime;

import dev.millrace.engine.metrics.Counter;
import org.jctools.queues.SpscArrayQueue;

/**
 * A bounded queue of batches and signals from one task instance to another. One task at a time
 * offers, one polls; its bound is the backpressure.
 */
final class Channel {
  private final SpscArrayQueue<Object> queue;
  private final Waker waker;
  private final Counter refusals = new Counter();
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
    refusals.add(1);
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

  /** Whether there is nothing in the channel; any thread may ask. */
  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** How full the channel is, from 0 to 1; any thread may ask. */
  double fill() {
    return queue.size() / (double) queue.capacity();
  }

  /** How often the channel had no room; any thread may ask. */
  long refusals() {
    return refusals.get();
  }
}
