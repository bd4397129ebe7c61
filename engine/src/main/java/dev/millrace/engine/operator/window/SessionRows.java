package dev.millrace.engine.operator.window;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.ByteVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.RowStore;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rows of sessions, in the order in which they came. As rows, version 1: the columns of the
 * row, its kind, its session's start and end in local milliseconds.
 */
final class SessionRows implements StateTable {
  private static final int NONE = -1;
  private static final int AT_ONCE = 4096;
  private static final DataType KIND = DataType.of(TypeRoot.TINYINT).withNullable(false);
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT).withNullable(false);

  /** Takes rows with the bounds of their sessions. */
  @FunctionalInterface
  interface Spans {
    void accept(Batch rows, long[] starts, long[] ends);
  }

  private final DataType row;
  private final List<Integer> key;
  private final Sessions sessions;
  private final RowStore store;

  /** Of each session its first and last row. */
  private int[] first = {};

  private int[] last = {};

  /** Of each row its address, and the row after it in its session. */
  private int[] addresses = {};

  private int[] next = {};
  private int limit;

  /** The rows that are gone, a list through {@code next}. */
  private int free = NONE;

  SessionRows(DataType row, List<Integer> key, Sessions sessions) {
    this.row = row;
    this.key = key;
    this.sessions = sessions;
    List<DataType> types = new ArrayList<>(row.children().stream().map(Field::type).toList());
    types.add(KIND);
    this.store = new RowStore(types);
  }

  private void reserve() {
    if (first.length < sessions.limit()) {
      int known = first.length;
      first = Arrays.copyOf(first, KeyTable.capacity(sessions.limit()));
      last = Arrays.copyOf(last, first.length);
      Arrays.fill(first, known, first.length, NONE);
      Arrays.fill(last, known, last.length, NONE);
    }
  }

  /** Gives the rows of absorbed sessions to those that absorbed them. */
  void mergeAbsorbed() {
    reserve();
    for (int session : sessions.takeAbsorbed()) {
      int into = sessions.resolve(session);
      if (first[session] != NONE) {
        append(into, first[session]);
        last[into] = last[session];
        first[session] = NONE;
        last[session] = NONE;
      }
    }
  }

  private void append(int session, int rowNumber) {
    if (last[session] == NONE) {
      first[session] = rowNumber;
    } else {
      next[last[session]] = rowNumber;
    }
    last[session] = rowNumber;
  }

  /** Keeps rows by the session of each; returns those that were not late. */
  Positions add(Batch batch, int[] assigned) {
    int count = batch.rowCount();
    Vector[] columns = new Vector[batch.columnCount() + 1];
    Arrays.setAll(columns, i -> i < batch.columnCount() ? batch.column(i) : kinds(batch));
    int[] kept = new int[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (assigned[i] != Sessions.LATE) {
        kept[n++] = i;
      }
    }
    for (int i = 0; n < count && i < columns.length; i++) {
      columns[i] = columns[i].take(kept, n);
    }
    int[] added = new int[n];
    store.add(columns, n, added);
    for (int i = 0; i < n; i++) {
      append(sessions.resolve(assigned[kept[i]]), number(added[i]));
    }
    return n == count ? Positions.all(count) : Positions.of(kept, n);
  }

  private static ByteVector kinds(Batch batch) {
    byte[] kinds = batch.rowKinds();
    return new ByteVector(
        batch.rowCount(), kinds == null ? new byte[batch.rowCount()] : kinds, null);
  }

  private int number(int address) {
    int number = free;
    if (number == NONE) {
      number = limit++;
      if (number == next.length) {
        next = Arrays.copyOf(next, KeyTable.capacity(limit));
        addresses = Arrays.copyOf(addresses, next.length);
      }
    } else {
      free = next[number];
    }
    addresses[number] = address;
    next[number] = NONE;
    return number;
  }

  /** Hands over the rows of sessions, and forgets them. */
  void take(int[] ofSessions, Spans to) {
    handOver(ofSessions, to);
    for (int session : ofSessions) {
      for (int number = first[session]; number != NONE; ) {
        store.remove(addresses[number]);
        int after = next[number];
        next[number] = free;
        free = number;
        number = after;
      }
      first[session] = NONE;
      last[session] = NONE;
    }
  }

  private void handOver(int[] ofSessions, Spans to) {
    int[] found = new int[AT_ONCE];
    long[] starts = new long[AT_ONCE];
    long[] ends = new long[AT_ONCE];
    int n = 0;
    for (int session : ofSessions) {
      for (int number = first[session]; number != NONE; number = next[number]) {
        found[n] = addresses[number];
        starts[n] = sessions.start(session);
        ends[n++] = sessions.end(session);
        if (n == AT_ONCE) {
          to.accept(rows(found, n), starts.clone(), ends.clone());
          n = 0;
        }
      }
    }
    if (n > 0) {
      to.accept(rows(found, n), Arrays.copyOf(starts, n), Arrays.copyOf(ends, n));
    }
  }

  private Batch rows(int[] found, int count) {
    Vector[] columns = store.get(found, count);
    byte[] kinds = ((ByteVector) columns[columns.length - 1]).values();
    boolean insertOnly = true;
    for (int i = 0; i < count; i++) {
      insertOnly &= kinds[i] == RowKind.INSERT.code();
    }
    return new Batch(
        count,
        Arrays.copyOf(columns, columns.length - 1),
        insertOnly ? null : Arrays.copyOf(kinds, count));
  }

  @Override
  public String name() {
    return "rows";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public DataType row() {
    List<Field> fields = new ArrayList<>(row.children());
    fields.add(new Field("$kind", KIND));
    fields.add(new Field("$start", BIGINT));
    fields.add(new Field("$end", BIGINT));
    return DataType.row(fields);
  }

  @Override
  public List<Integer> key() {
    return key;
  }

  @Override
  public long bytes() {
    return sessions.bytes() + store.bytes() + 2L * Integer.BYTES * (first.length + next.length);
  }

  @Override
  public long rowCount() {
    return store.size();
  }

  @Override
  public void save(Consumer<Batch> to) {
    handOver(
        sessions.numbers(),
        (rows, starts, ends) -> {
          int columns = rows.columnCount();
          Vector[] saved = new Vector[columns + 3];
          Arrays.setAll(saved, i -> i < columns ? rows.column(i) : null);
          saved[columns] = kinds(rows);
          saved[columns + 1] = new LongVector(starts.length, starts, null);
          saved[columns + 2] = new LongVector(ends.length, ends, null);
          to.accept(new Batch(rows.rowCount(), saved));
        });
  }

  @Override
  public void restore(Batch saved) {
    int columns = row.children().size();
    int count = saved.rowCount();
    Vector[] rows = new Vector[columns];
    Arrays.setAll(rows, saved::column);
    Vector[] keys = new Vector[key.size()];
    Arrays.setAll(keys, i -> saved.column(key.get(i)));
    long[] starts = ((LongVector) saved.column(columns + 1)).values();
    long[] ends = ((LongVector) saved.column(columns + 2)).values();
    int[] assigned = sessions.restore(keys, starts, ends, count);
    reserve();
    add(new Batch(count, rows, ((ByteVector) saved.column(columns)).values()), assigned);
  }
}
