package dev.millrace.engine.runtime;

import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator.Assignment;
import dev.millrace.engine.runtime.SavedSplits.SavedSplit;
import dev.millrace.engine.time.Watermarks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Deals the splits of one source out to its readers. Thread-safe. */
final class SplitAssigner {
  private final int node;
  private final Assignment assignment;
  private final int readers;
  private final List<Queue<Split>> queues = new ArrayList<>();
  private final Map<String, Long> restoredWatermarks = new HashMap<>();

  /** All that were dealt out, as they were then, and those that were read before. */
  private final Map<String, SavedSplit> known = new LinkedHashMap<>();

  private int dealt;
  private volatile boolean discovered;
  private volatile boolean complete;

  SplitAssigner(int node, Assignment assignment, int readers) {
    this.node = node;
    this.assignment = assignment;
    this.readers = readers;
    int count = assignment == Assignment.EAGER ? readers : 1;
    for (int i = 0; i < count; i++) {
      queues.add(new ConcurrentLinkedQueue<>());
    }
  }

  /** Takes note of a split that was read to its end before; called before anything runs. */
  void addFinished(SavedSplit split) {
    known.put(split.id(), split);
  }

  /** Adds a split that was read in part before; called before anything runs. */
  void addRemaining(Split split, long watermark) {
    restoredWatermarks.put(split.id(), watermark);
    deal(split, watermark);
  }

  /** Adds splits; called by one thread. */
  void add(List<Split> splits) {
    for (Split split : splits) {
      deal(split, Watermarks.NONE);
    }
    discovered = true;
  }

  private void deal(Split split, long watermark) {
    // Known first: who takes it may be asked at once how far it is.
    synchronized (known) {
      known.put(split.id(), SavedSplit.of(split, false, watermark));
    }
    queues.get(dealt++ % queues.size()).add(split);
  }

  /** The watermark of a split's rows that were read before. */
  long watermark(Split split) {
    return restoredWatermarks.getOrDefault(split.id(), Watermarks.NONE);
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

  /** The source's parts among these. */
  List<SavedPart> of(List<SavedPart> parts) {
    return parts.stream().filter(part -> part.node() == node).toList();
  }

  /**
   * The splits that no reader had taken when the epoch ended, from what the readers then had. One
   * that was found only after that is among them, too: it is not read yet.
   */
  SavedPart unassigned(List<SavedPart> ofReaders) {
    Set<String> taken = new HashSet<>();
    for (SavedPart part : ofReaders) {
      for (SavedTable table : part.tables()) {
        SavedSplits.read(table.rows()).forEach(split -> taken.add(split.id()));
      }
    }
    List<SavedSplit> others;
    synchronized (known) {
      others = known.values().stream().filter(split -> !taken.contains(split.id())).toList();
    }
    return SavedPart.of(node, readers, List.of(SavedSplits.table(others)));
  }
}
