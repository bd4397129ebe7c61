package dev.millrace.engine.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The counters of one job, by the name of their owner (a node of the dataflow, with its subtask)
 * and their own name. Thread-safe.
 */
public final class Metrics {
  /** What identifies a counter; {@code subtask} is the parallel instance, from 0. */
  public record Key(String owner, int subtask, String name) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byOwner = owner.compareTo(other.owner);
      if (byOwner != 0) {
        return byOwner;
      }
      int bySubtask = Integer.compare(subtask, other.subtask);
      return bySubtask != 0 ? bySubtask : name.compareTo(other.name);
    }
  }

  /** Names that the runtime and connectors share. */
  public static final String ROWS_IN = "rows_in";

  public static final String ROWS_OUT = "rows_out";

  /** Input records that were skipped because they could not be decoded. */
  public static final String ROWS_SKIPPED = "rows_skipped";

  /** Input rows that came after the watermark had passed all their windows, and were dropped. */
  public static final String ROWS_LATE = "rows_late";

  /** Input rows that lie in no window because their row time is null, and were dropped. */
  public static final String ROWS_WITHOUT_TIME = "rows_without_time";

  public static final String BYTES_IN = "bytes_in";
  public static final String BYTES_OUT = "bytes_out";

  /** The current event-time watermark, in milliseconds since the epoch. */
  public static final String WATERMARK = "watermark";

  private final Map<Key, Counter> counters = new ConcurrentSkipListMap<>();

  /** The counter of this key, made on first use. */
  public Counter counter(String owner, int subtask, String name) {
    return counters.computeIfAbsent(new Key(owner, subtask, name), key -> new Counter());
  }

  /** All counters, live. */
  public Map<Key, Counter> all() {
    return Map.copyOf(counters);
  }

  /** The sum of the counters of this name over all owners and subtasks. */
  public long total(String name) {
    long sum = 0;
    for (Map.Entry<Key, Counter> entry : counters.entrySet()) {
      if (entry.getKey().name().equals(name)) {
        sum += entry.getValue().get();
      }
    }
    return sum;
  }

  /** The sum of the counters of this owner and name over all its subtasks. */
  public long total(String owner, String name) {
    long sum = 0;
    for (Map.Entry<Key, Counter> entry : counters.entrySet()) {
      Key key = entry.getKey();
      if (key.owner().equals(owner) && key.name().equals(name)) {
        sum += entry.getValue().get();
      }
    }
    return sum;
  }
}
