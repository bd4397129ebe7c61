package dev.millrace.engine.operator.window;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.operator.aggregate.GroupInput;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The slices that windows are still made of, by their end, and the windows that are due next. As
 * rows, version 1: {@link SliceSpec#stateRow}, a row per key and slice.
 */
final class Slices implements StateTable {
  private final SliceSpec spec;
  private final Windows windows;
  private final NavigableMap<Long, Slice> slices = new TreeMap<>();

  /** Of every slice the first window that may not have been complete, at least. */
  private final TreeSet<Long> due = new TreeSet<>();

  /** What all slices take. */
  private long bytes;

  /** The keys of all slices. */
  private long rowCount;

  Slices(SliceSpec spec) {
    this.spec = spec;
    this.windows = spec.windows();
  }

  /** Adds rows of a batch to the slice with this end. */
  void add(long end, Batch batch, List<Integer> keyColumns, int[] rows, GroupInput input) {
    Slice slice = slices.get(end);
    if (slice == null) {
      slice = newSlice(end);
      due.add(windows.firstWindow(end));
    }
    long before = slice.bytes();
    int known = slice.size();
    slice.add(batch, keyColumns, rows, input);
    bytes += slice.bytes() - before;
    rowCount += slice.size() - known;
  }

  private Slice newSlice(long end) {
    Slice slice = spec.newSlice();
    slices.put(end, slice);
    bytes += slice.bytes();
    return slice;
  }

  /** The end of the window that is due first; null if there is none. */
  Long firstDue() {
    return due.isEmpty() ? null : due.first();
  }

  /** All that belongs to a window. */
  Slice merged(long windowEnd) {
    if (windows.kind() == Windows.Kind.CUMULATE && !windows.attached()) {
      return grown(windowEnd);
    }
    NavigableMap<Long, Slice> parts = partsOf(windowEnd);
    if (parts.size() == 1) {
      return parts.firstEntry().getValue();
    }
    Slice merged = spec.newSlice();
    // The last slice first, as Flink does: functions that keep an order show it.
    parts.descendingMap().values().forEach(merged::addAll);
    return merged;
  }

  /** The first slice of a window that grows, after it took in the window's last one. */
  private Slice grown(long windowEnd) {
    long first = windows.firstSlice(windowEnd);
    Slice base = slices.containsKey(first) ? slices.get(first) : newSlice(first);
    Slice last = windowEnd == first ? null : slices.remove(windowEnd);
    if (last != null) {
      long before = base.bytes() + last.bytes();
      int known = base.size() + last.size();
      base.addAll(last);
      bytes += base.bytes() - before;
      rowCount += base.size() - known;
    }
    return base;
  }

  private NavigableMap<Long, Slice> partsOf(long windowEnd) {
    long after = windows.attached() ? windowEnd - 1 : windows.windowStart(windowEnd);
    return slices.subMap(after, false, windowEnd, true);
  }

  /** Drops what only a window that is complete needed, and notes the next one as due. */
  void close(long windowEnd) {
    due.remove(windowEnd);
    Iterator<Map.Entry<Long, Slice>> parts = partsOf(windowEnd).entrySet().iterator();
    while (parts.hasNext()) {
      Map.Entry<Long, Slice> part = parts.next();
      if (windows.lastWindow(part.getKey()) <= windowEnd) {
        bytes -= part.getValue().bytes();
        rowCount -= part.getValue().size();
        parts.remove();
      }
    }
    long next = windowEnd + windows.step();
    if (!windows.attached() && reaches(next)) {
      due.add(next);
    }
  }

  /** Whether a slice that is there belongs to a window, after the window before it is closed. */
  private boolean reaches(long windowEnd) {
    for (long end : partsOf(windowEnd).keySet()) {
      if (windows.firstWindow(end) <= windowEnd && windowEnd <= windows.lastWindow(end)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String name() {
    return "slices";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public DataType row() {
    return spec.stateRow();
  }

  @Override
  public List<Integer> key() {
    return spec.stateGroup().subList(0, spec.keySize());
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public long rowCount() {
    return rowCount;
  }

  @Override
  public void save(Consumer<Batch> to) {
    slices.forEach((end, slice) -> to.accept(slice.state(end)));
  }

  @Override
  public void restore(Batch rows) {
    GroupInput input = spec.stateInput();
    int endColumn = spec.keyTypes().size();
    long[] ends = ((LongVector) rows.column(endColumn)).values();
    SliceRows parts = SliceRows.of(ends, rows.rowCount());
    for (int i = 0; i < parts.slices(); i++) {
      add(parts.end(i), rows, spec.stateGroup(), parts.rows(i), input);
    }
  }
}
