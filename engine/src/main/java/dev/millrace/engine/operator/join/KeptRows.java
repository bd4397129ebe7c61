package dev.millrace.engine.operator.join;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.RowCodec;
import dev.millrace.engine.state.RowStore;
import dev.millrace.engine.state.SavedKeys;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.state.TimeToLive;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The rows that a {@link StreamJoin} keeps of one input, chained by key.
 *
 * <p>A row has a slot. If the join key contains a unique key, that is the number of the join key,
 * and there are no chains. Otherwise slots are given out in the order of arrival as long as rows
 * only come and never go. From the first row on that is to be taken back, and always if rows
 * expire, a row's slot is the number of what tells it from others: its unique key and its join key,
 * or, if it has no unique key, all of it; then equal rows are counted.
 *
 * <p>As rows, version 1: the columns of the row; the number of copies if there is no unique key;
 * the number of matches if it is kept; the time of the last write if rows expire.
 */
final class KeptRows implements StateTable {
  static final int NONE = -1;

  private static final DataType INT = DataType.of(TypeRoot.INT).withNullable(false);
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT).withNullable(false);

  /** Marks a slot that has no row and is free. */
  private static final int FREE = -1;

  private final JoinSpec spec;
  private final int input;
  private final JoinKeys keys;
  private final boolean tracksMatches;
  private final TimeToLive ttl;

  private final List<DataType> types;

  /** Whether all columns tell a row from others, so that equal rows are one with a count. */
  private final boolean counted;

  /** Whether a row's slot is the number of its join key. */
  private final boolean byKey;

  private final int[] identityColumns;

  /** Numbers what tells rows from each other; null if that is the join key, or while none goes. */
  private KeyTable identities;

  /** The rows; null if the identities are the rows. */
  private RowStore store;

  private final RowCodec codec;

  /** How many slots have been given out in the order of arrival. */
  private int arrived;

  /**
   * By slot the address of its row, or the number of its copies if the identities are the rows; 0
   * if there is none any more, or {@link #FREE}.
   */
  private int[] held = {};

  /** By key the first slot of its chain, plus one. */
  private int[] first = {};

  /** By slot the next one of its chain, plus one. */
  private int[] next = {};

  /**
   * By slot the one before in its chain, plus one; for the first the complement of its key. Empty
   * while no row goes.
   */
  private int[] previous = {};

  private int[] matches = {};

  /**
   * @param uniqueKey columns whose values no two rows share; empty if there are none
   * @param tracksMatches whether to keep how many rows of the other input each row matches
   */
  KeptRows(
      JoinSpec spec,
      int input,
      JoinKeys keys,
      List<Integer> uniqueKey,
      boolean tracksMatches,
      long ttlMillis) {
    this.spec = spec;
    this.input = input;
    this.keys = keys;
    this.tracksMatches = tracksMatches;
    this.ttl = new TimeToLive(ttlMillis);
    this.counted = uniqueKey.isEmpty();
    this.types = spec.row(input).children().stream().map(Field::type).toList();
    List<Integer> joinKey = spec.keys(input);
    this.byKey = !counted && joinKey.containsAll(uniqueKey);
    this.identityColumns =
        counted
            ? IntStream.range(0, types.size()).toArray()
            : IntStream.concat(
                    joinKey.stream().mapToInt(Integer::intValue),
                    uniqueKey.stream().mapToInt(Integer::intValue))
                .distinct()
                .toArray();
    this.codec = new RowCodec(types);
    this.store = new RowStore(types);
    if (ttl.isLimited() && !byKey) {
      index();
    }
  }

  private boolean byArrival() {
    return !byKey && identities == null;
  }

  private boolean holdsCopies() {
    return counted && identities != null;
  }

  /** Gives slots by identity from here on, also to the rows that are there. */
  private void index() {
    List<Batch> rows = new ArrayList<>();
    save(rows::add);
    identities = KeyTable.of(IntStream.of(identityColumns).mapToObj(types::get).toList());
    store = counted ? null : new RowStore(types);
    held = new int[0];
    first = new int[0];
    next = new int[0];
    matches = new int[0];
    rows.forEach(this::restore);
  }

  /** The first slot of a key's chain, or {@link #NONE}. */
  int first(int key) {
    if (byKey) {
      return key < held.length && held[key] > 0 ? key : NONE;
    }
    return key < first.length ? first[key] - 1 : NONE;
  }

  /** The slot after this one in its chain, or {@link #NONE}. */
  int next(int slot) {
    return byKey ? NONE : next[slot] - 1;
  }

  /** How many equal rows a slot stands for. */
  int copies(int slot) {
    return holdsCopies() ? held[slot] : 1;
  }

  /** How many rows of the other input each slot's row matches; to be written to. */
  int[] matches() {
    return matches;
  }

  /** Whether {@link #matches} are kept. */
  boolean tracksMatches() {
    return tracksMatches;
  }

  Vector[] rows(int[] slots, int count) {
    if (holdsCopies()) {
      return identities.keys(slots, count);
    }
    int[] addresses = new int[count];
    for (int i = 0; i < count; i++) {
      addresses[i] = held[slots[i]];
    }
    return store.get(addresses, count);
  }

  /** Notes that a slot's matches were written to. */
  void touch(int slot, long now) {
    ttl.write(slot, now);
  }

  /** Forgets the rows of a key whose time is over. */
  void forgetExpired(int key, long now) {
    if (!ttl.isLimited()) {
      return;
    }
    int slot = first(key);
    while (slot != NONE) {
      int after = next(slot);
      if (ttl.isOver(slot, now)) {
        empty(slot);
        free(slot);
      }
      slot = after;
    }
  }

  /** Forgets some of the rows whose time is over; lists keys that may have none any more. */
  void sweep(long now, List<Integer> touchedKeys) {
    for (int slot : ttl.sweep(Math.min(slotLimit(), held.length), now)) {
      if (held[slot] > 0) {
        if (byKey || previous[slot] < 0) {
          touchedKeys.add(byKey ? slot : ~previous[slot]);
        }
        empty(slot);
        free(slot);
      }
    }
  }

  /**
   * Adds or takes back the rows of a batch; passes over those without a key, and those to be taken
   * back that are not there.
   */
  void apply(Batch batch, int[] keyOfRow, int[] matchesOfRow, long now) {
    if (byArrival() && !batch.insertOnly()) {
      index();
    }
    int[] rows = JoinKeys.rowsWithKey(keyOfRow, batch.rowCount());
    Batch kept = batch.take(JoinKeys.some(rows, rows.length, batch.rowCount()));
    int[] slots = locate(columns(kept), rows, keyOfRow);
    for (int i = 0; i < rows.length; i++) {
      int slot = slots[i];
      if (held[slot] > 0 && ttl.isOver(slot, now)) {
        empty(slot);
      }
      RowKind kind = kept.rowKind(i);
      if (kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER) {
        put(slot, keyOfRow[rows[i]], i);
        if (tracksMatches) {
          matches[slot] = matchesOfRow[rows[i]];
        }
      } else {
        takeBack(slot);
      }
      ttl.write(slot, now);
    }
    for (int slot : slots) {
      if (held[slot] == 0) {
        free(slot);
      }
    }
  }

  static Vector[] columns(Batch batch) {
    Vector[] columns = new Vector[batch.columnCount()];
    Arrays.setAll(columns, batch::column);
    return columns;
  }

  /** The slots of some rows; the columns hold just these. */
  private int[] locate(Vector[] columns, int[] rows, int[] keyOfRow) {
    int[] slots = new int[rows.length];
    if (byKey) {
      Arrays.setAll(slots, i -> keyOfRow[rows[i]]);
    } else if (identities == null) {
      Arrays.setAll(slots, i -> arrived++);
    } else {
      Vector[] identity = new Vector[identityColumns.length];
      Arrays.setAll(identity, i -> columns[identityColumns[i]]);
      identities.locate(identity, rows.length, slots);
    }
    if (store != null) {
      codec.encode(columns, rows.length);
    }
    reserve();
    return slots;
  }

  /** All slots are less than this. */
  private int slotLimit() {
    if (byKey) {
      return keys.limit();
    }
    return identities == null ? arrived : identities.limit();
  }

  private void reserve() {
    if (held.length < slotLimit()) {
      held = Arrays.copyOf(held, KeyTable.capacity(slotLimit()));
      matches = tracksMatches ? Arrays.copyOf(matches, held.length) : matches;
      next = byKey ? next : Arrays.copyOf(next, held.length);
      previous = identities == null ? previous : Arrays.copyOf(previous, held.length);
    }
    if (!byKey && first.length < keys.limit()) {
      first = Arrays.copyOf(first, KeyTable.capacity(keys.limit()));
    }
  }

  private void put(int slot, int key, int encodedRow) {
    boolean isNew = held[slot] <= 0;
    if (holdsCopies()) {
      held[slot] = isNew ? 1 : held[slot] + 1;
    } else {
      if (!isNew) {
        store.remove(held[slot]);
      }
      held[slot] = store.add(codec, encodedRow);
    }
    if (isNew && !byKey) {
      link(slot, key);
    }
  }

  private void link(int slot, int key) {
    next[slot] = first[key];
    if (identities != null) {
      if (first[key] > 0) {
        previous[first[key] - 1] = slot + 1;
      }
      previous[slot] = ~key;
    }
    first[key] = slot + 1;
  }

  private void takeBack(int slot) {
    if (holdsCopies() && held[slot] > 1) {
      held[slot]--;
    } else if (held[slot] > 0) {
      empty(slot);
    } else {
      held[slot] = 0;
    }
  }

  /** Takes the row out of its slot, and the slot out of its chain. */
  private void empty(int slot) {
    if (!holdsCopies()) {
      store.remove(held[slot]);
    }
    held[slot] = 0;
    if (byKey) {
      return;
    }
    if (previous[slot] > 0) {
      next[previous[slot] - 1] = next[slot];
    } else {
      first[~previous[slot]] = next[slot];
    }
    if (next[slot] > 0) {
      previous[next[slot] - 1] = previous[slot];
    }
  }

  /** Gives an empty slot to others. */
  private void free(int slot) {
    held[slot] = FREE;
    if (identities != null) {
      identities.remove(slot);
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
    if (counted) {
      fields.add(new Field("copies", INT));
    }
    if (tracksMatches) {
      fields.add(new Field("matches", INT));
    }
    if (ttl.isLimited()) {
      fields.add(new Field("written", BIGINT));
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
        + (identities == null ? 0 : identities.bytes())
        + (store == null ? 0 : store.bytes())
        + codec.bytes()
        + ttl.bytes()
        + (long) Integer.BYTES
            * (held.length + first.length + next.length + previous.length + matches.length);
  }

  @Override
  public long rowCount() {
    return store == null ? identities.size() : store.size();
  }

  @Override
  public void save(Consumer<Batch> to) {
    int[] slots =
        IntStream.range(0, Math.min(slotLimit(), held.length)).filter(i -> held[i] > 0).toArray();
    SavedKeys.forEachPart(slots, part -> to.accept(saved(part)));
  }

  private Batch saved(int[] slots) {
    List<Vector> columns = new ArrayList<>(List.of(rows(slots, slots.length)));
    if (counted) {
      columns.add(
          new IntVector(slots.length, IntStream.of(slots).map(this::copies).toArray(), null));
    }
    if (tracksMatches) {
      columns.add(taken(matches, slots));
    }
    if (ttl.isLimited()) {
      columns.add(SavedKeys.longs(slots, ttl::written));
    }
    return new Batch(slots.length, columns.toArray(new Vector[0]));
  }

  private static Vector taken(int[] values, int[] slots) {
    return new IntVector(slots.length, IntStream.of(slots).map(i -> values[i]).toArray(), null);
  }

  @Override
  public void restore(Batch rows) {
    int width = types.size();
    if (counted && byArrival() && hasCopies((IntVector) rows.column(width))) {
      index();
    }
    Vector[] columns = Arrays.copyOf(columns(rows), width);
    int[] keyOfRow = keys.locate(input, columns, rows.rowCount());
    int[] all = IntStream.range(0, rows.rowCount()).toArray();
    int[] slots = locate(columns, all, keyOfRow);
    for (int i = 0; i < slots.length; i++) {
      put(slots[i], keyOfRow[i], i);
    }
    int column = width;
    if (counted) {
      int[] copies = ((IntVector) rows.column(column++)).values();
      for (int i = 0; holdsCopies() && i < slots.length; i++) {
        held[slots[i]] += copies[i] - 1;
      }
    }
    if (tracksMatches) {
      int[] counts = ((IntVector) rows.column(column++)).values();
      for (int i = 0; i < slots.length; i++) {
        matches[slots[i]] = counts[i];
      }
    }
    if (ttl.isLimited()) {
      long[] written = ((LongVector) rows.column(column)).values();
      for (int i = 0; i < slots.length; i++) {
        ttl.write(slots[i], written[i]);
      }
    }
  }

  private static boolean hasCopies(IntVector copies) {
    return IntStream.range(0, copies.size()).anyMatch(i -> copies.values()[i] > 1);
  }
}
