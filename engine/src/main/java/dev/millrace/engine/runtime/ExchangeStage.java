package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Hands everything to the channels of another node's instances; what a full channel refuses waits
 * here, and the task takes no more input until it is gone.
 */
final class ExchangeStage implements Stage {
  /** Decides which channel gets which rows of a batch. */
  interface Partitioner {
    /** Calls {@code send} with each part of the batch and the channel it is for. */
    void partition(Batch batch, Send send);

    /** Takes a part of a batch. */
    interface Send {
      void to(int channel, Batch part);
    }
  }

  private final Channel[] channels;
  private final Queue<Object>[] waiting;
  private final Partitioner partitioner;

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of queues of Object, never handed out
  ExchangeStage(Channel[] channels, Partitioner partitioner) {
    this.channels = channels;
    this.partitioner = partitioner;
    this.waiting = new Queue[channels.length];
    for (int i = 0; i < channels.length; i++) {
      waiting[i] = new ArrayDeque<>();
    }
  }

  private void send(int channel, Object element) {
    if (!waiting[channel].isEmpty() || !channels[channel].offer(element)) {
      waiting[channel].add(element);
    }
  }

  private void sendToAll(Signal signal) {
    for (int i = 0; i < channels.length; i++) {
      send(i, signal);
    }
  }

  @Override
  public void open() {}

  @Override
  public void process(int input, Batch batch) {
    partitioner.partition(batch, this::send);
  }

  @Override
  public void watermark(long timestamp) {
    sendToAll(new Signal.Watermark(timestamp));
  }

  @Override
  public void idle(boolean idle) {
    sendToAll(new Signal.Idle(idle));
  }

  @Override
  public void endOfInput(int input) {
    sendToAll(Signal.END);
  }

  @Override
  public void barrier(Barrier barrier) {
    if (!barrier.isEnd()) {
      sendToAll(new Signal.EndOfEpoch(barrier.epoch()));
    }
  }

  @Override
  public void tick() {}

  @Override
  public boolean drain() {
    boolean drained = true;
    for (int i = 0; i < channels.length; i++) {
      Queue<Object> queue = waiting[i];
      while (!queue.isEmpty() && channels[i].offer(queue.peek())) {
        queue.remove();
      }
      drained &= queue.isEmpty();
    }
    return drained;
  }

  @Override
  public void close() {}
}
