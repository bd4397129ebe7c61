package dev.millrace.engine.operator.join;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.RowStore;
import dev.millrace.engine.state.SavedKeys;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rows that an {@link IntervalJoin} keeps of one input, chained by key, and in a heap by their
 * time.
 *
 * <p>As rows, version 1: the columns of the row; its time, a BIGINT of milliseconds; whether it has
 * a match if it is preserved.
 */
final class TimedRows implements StateTable, InsertJoin.Kept {
  static final int NONE = -1;

  private final JoinSpec spec;
  private final int input;
  private final JoinKeys keys;
  private final boolean preserved;
  private final RowStore store;

  /** By key the first slot of its chain, plus one. */
  private int[] first = {};

  /** By slot the next one of its chain, plus one. */
  private int[] next = {};

  /** By slot the one before in its chain, plus one; for the first the complement of its key. */
  private int[] previous = {};

  private int[] addresses = {};
  private long[] times = {};
  private boolean[] matched = {};

  /** All slots with a row: a binary heap, the earliest first. */
  private int[] heap = {};

  private int count;

  /** All slots are less than this. */
  private int limit;

  private int[] freed = {};
  private int freedCount;

  TimedRows(JoinSpec spec, int input, JoinKeys keys) {
    this.spec = spec;
    this.input = input;
    this.keys = keys;
    this.preserved = spec.type().preserves(input);
    this.store = new RowStore(spec.row(input).children().stream().map(Field::type).toList());
  }

  /** The first slot of a key's chain, or {@link #NONE}. */
  int first(int key) {
    return key < first.length ? first[key] - 1 : NONE;
  }

  /** The slot after this one in its chain, or {@link #NONE}. */
  int next(int slot) {
    return next[slot] - 1;
  }

  /** The time of the row in a slot, in milliseconds. */
  long time(int slot) {
    return times[slot];
  }

  boolean isMatched(int slot) {
    return matched[slot];
  }

  @Override
  public Vector[] rows(int[] slots, int n) {
    int[] found = new int[n];
    for (int i = 0; i < n; i++) {
      found[i] = addresses[slots[i]];
    }
    return store.get(found, n);
  }

  @Override
  public void mark(Pairs matches) {
    if (preserved) {
      int[] slots = matches.slots();
      int[] indexes = matches.indexes();
      for (int i = 0; i < matches.count(); i++) {
        matched[slots[indexes[i]]] = true;
      }
    }
  }

  /** Keeps rows; the columns hold just these. */
  void add(Vector[] columns, int[] rowKeys, long[] rowTimes, boolean[] rowMatched) {
    int rows = rowKeys.length;
    int[] added = new int[rows];
    store.add(columns, rows, added);
    reserve(rows);
    for (int i = 0; i < rows; i++) {
      int slot = freedCount > 0 ? freed[--freedCount] : limit++;
      addresses[slot] = added[i];
      times[slot] = rowTimes[i];
      if (preserved) {
        matched[slot] = rowMatched[i];
      }
      link(slot, rowKeys[i]);
      push(slot);
    }
  }

  private void reserve(int more) {
    int needed = limit + more;
    if (addresses.length < needed) {
      int capacity = KeyTable.capacity(needed);
      addresses = Arrays.copyOf(addresses, capacity);
      times = Arrays.copyOf(times, capacity);
      next = Arrays.copyOf(next, capacity);
      previous = Arrays.copyOf(previous, capacity);
      heap = Arrays.copyOf(heap, capacity);
      freed = Arrays.copyOf(freed, capacity);
      matched = preserved ? Arrays.copyOf(matched, capacity) : matched;
    }
    if (first.length < keys.limit()) {
      first = Arrays.copyOf(first, KeyTable.capacity(keys.limit()));
    }
  }

  private void link(int slot, int key) {
    next[slot] = first[key];
    if (first[key] > 0) {
      previous[first[key] - 1] = slot + 1;
    }
    previous[slot] = ~key;
    first[key] = slot + 1;
  }

  private void push(int slot) {
    int at = count++;
    while (at > 0) {
      int parent = (at - 1) / 2;
      if (times[heap[parent]] <= times[slot]) {
        break;
      }
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = slot;
  }

  private int pop() {
    int top = heap[0];
    int last = heap[--count];
    int at = 0;
    for (int child = 1; child < count; child = 2 * at + 1) {
      if (child + 1 < count && times[heap[child + 1]] < times[heap[child]]) {
        child++;
      }
      if (times[last] <= times[heap[child]]) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return top;
  }

  /**
   * Takes up to {@code max} rows whose time is not later than this out of their chains; they can be
   * read until they are {@link #forget forgotten}.
   */
  int[] expire(long time, int max) {
    int[] expired = new int[Math.min(count, max)];
    int n = 0;
    while (n < expired.length && times[heap[0]] <= time) {
      expired[n++] = pop();
    }
    return Arrays.copyOf(expired, n);
  }

  /** Forgets rows that are expired; returns the keys that lost their last row here. */
  int[] forget(int[] expired) {
    int[] emptied = new int[expired.length];
    int n = 0;
    for (int slot : expired) {
      if (previous[slot] < 0 && next[slot] == 0) {
        emptied[n++] = ~previous[slot];
      }
      unlink(slot);
      store.remove(addresses[slot]);
      freed[freedCount++] = slot;
    }
    return Arrays.copyOf(emptied, n);
  }

  private void unlink(int slot) {
    if (previous[slot] > 0) {
      next[previous[slot] - 1] = next[slot];
    } else {
      first[~previous[slot]] = next[slot];
    }
    if (next[slot] > 0) {
      previous[next[slot] - 1] = previous[slot];
    }
  }

  @Override
  public String name() {
    return input == 0 ? "left" : "right";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public DataType row() {
    List<Field> fields = new ArrayList<>(spec.row(input).children());
    fields.add(new Field("time", DataType.of(TypeRoot.BIGINT).withNullable(false)));
    if (preserved) {
      fields.add(new Field("matched", DataType.of(TypeRoot.BOOLEAN).withNullable(false)));
    }
    return DataType.row(fields);
  }

  @Override
  public List<Integer> key() {
    return spec.keys(input);
  }

  /** The keys belong to both inputs: those of the left count them. */
  @Override
  public long bytes() {
    return (input == 0 ? keys.bytes() : 0)
        + store.bytes()
        + (5L * Integer.BYTES + Long.BYTES) * addresses.length
        + matched.length
        + (long) Integer.BYTES * first.length;
  }

  @Override
  public long rowCount() {
    return count;
  }

  @Override
  public void save(Consumer<Batch> to) {
    SavedKeys.forEachPart(Arrays.copyOf(heap, count), part -> to.accept(saved(part)));
  }

  private Batch saved(int[] slots) {
    List<Vector> columns = new ArrayList<>(List.of(rows(slots, slots.length)));
    long[] savedTimes = new long[slots.length];
    boolean[] savedMatched = new boolean[slots.length];
    for (int i = 0; i < slots.length; i++) {
      savedTimes[i] = times[slots[i]];
      savedMatched[i] = preserved && matched[slots[i]];
    }
    columns.add(new LongVector(slots.length, savedTimes, null));
    if (preserved) {
      columns.add(new BooleanVector(slots.length, savedMatched, null));
    }
    return new Batch(slots.length, columns.toArray(new Vector[0]));
  }

  @Override
  public void restore(Batch rows) {
    int width = spec.row(input).children().size();
    Vector[] columns = Arrays.copyOf(KeptRows.columns(rows), width);
    add(
        columns,
        keys.locate(input, columns, rows.rowCount()),
        ((LongVector) rows.column(width)).values(),
        preserved ? ((BooleanVector) rows.column(width + 1)).values() : null);
  }
}
