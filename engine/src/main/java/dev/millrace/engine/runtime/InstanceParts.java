package dev.millrace.engine.runtime;

import dev.millrace.engine.checkpoint.PartWriter;
import dev.millrace.engine.checkpoint.SnapshotWriter;
import dev.millrace.engine.checkpoint.StoredPart;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of one instance in a snapshot: its tables and then what it was given since, in the
 * order of time. Immutable.
 *
 * <p>The last part with input is written anew with every snapshot until it is large enough, so that
 * there are not many small ones.
 *
 * @param parts all but the last
 * @param last null if there is none
 * @param lastEvents what is in the last one, if it is of input and small; else null
 * @param written bytes that were written for this snapshot
 */
record InstanceParts(
    List<StoredPart> parts, StoredPart last, List<byte[]> lastEvents, long written) {
  static final InstanceParts NONE = new InstanceParts(List.of(), null, null, 0);

  private static final long SMALL_BYTES = 1 << 20;

  /** Writes what is new of an instance, and takes over the rest. */
  InstanceParts with(SavedPart saved, SnapshotWriter to) {
    if (saved.log() == null) {
      return saved.rows() == 0 ? NONE : tables(saved, to);
    }
    List<byte[]> events = saved.log().events();
    if (events.isEmpty()) {
      all().forEach(to::keep);
      return new InstanceParts(parts, last, lastEvents, 0);
    }
    return lastEvents == null
        ? input(all(), saved, events, to)
        : input(parts, saved, concatenated(lastEvents, events), to);
  }

  private static InstanceParts tables(SavedPart saved, SnapshotWriter to) {
    PartWriter out = to.part(saved.node(), saved.subtask());
    try (out) {
      for (SavedTable table : saved.tables()) {
        out.table(table.info());
        table.forEach(out::rows);
      }
    }
    return new InstanceParts(List.of(), out.stored(), null, out.stored().bytes());
  }

  private static InstanceParts input(
      List<StoredPart> before, SavedPart saved, List<byte[]> events, SnapshotWriter to) {
    before.forEach(to::keep);
    PartWriter out = to.part(saved.node(), saved.subtask());
    try (out) {
      out.log(saved.log().inputs(), events);
    }
    boolean small = events.stream().mapToLong(block -> block.length).sum() < SMALL_BYTES;
    return new InstanceParts(before, out.stored(), small ? events : null, out.stored().bytes());
  }

  private List<StoredPart> all() {
    List<StoredPart> all = new ArrayList<>(parts);
    if (last != null) {
      all.add(last);
    }
    return List.copyOf(all);
  }

  private static <T> List<T> concatenated(List<T> one, List<T> other) {
    List<T> both = new ArrayList<>(one);
    both.addAll(other);
    return List.copyOf(both);
  }
}
