package dev.millrace.engine.operator.rank;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Changelog;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.state.Arena;
import dev.millrace.engine.state.DistinctKeys;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.RowCodec;
import dev.millrace.engine.state.RowStore;
import dev.millrace.engine.state.SavedKeys;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.state.TimeToLive;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Keeps one row of each key: the first or the last by row time, or the last that came. Emits a row
 * as soon as it wins, one change per key and batch. Of equal times the first row that came is the
 * first, and the last the last; rows are never late.
 *
 * <p>Memory per key: that of the {@link KeyTable} (16 to 24 bytes for a BIGINT), 12 for marks, 8
 * for the row time; with {@code -U} rows the row itself, in units of 8 bytes, and 4 for its
 * address; 8 more with a time to live.
 *
 * <p>State as rows, version 1: the key, or the whole row if it is kept; the row time if it counts;
 * the time of the last write if keys expire.
 */
public final class Deduplicate extends ForwardingOperator implements StateTable {
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT).withNullable(false);

  /**
   * What to do.
   *
   * @param types of the input's columns
   * @param key the columns of the key
   * @param rowtime the column of the row time, or -1 to go by arrival
   * @param last whether to keep the last row, not the first
   * @param updateBefore whether {@code -U} rows are wanted
   * @param ttlMillis how long a key is kept after it was written; 0 for ever
   */
  public record Spec(
      List<DataType> types,
      List<Integer> key,
      int rowtime,
      boolean last,
      boolean updateBefore,
      long ttlMillis) {
    boolean hasRowtime() {
      return rowtime >= 0;
    }

    List<DataType> keyTypes() {
      return key.stream().map(types::get).toList();
    }

    Vector[] keyColumns(Batch batch) {
      return key.stream().map(batch::column).toArray(Vector[]::new);
    }
  }

  private final Spec spec;
  private final KeyTable keys;
  private final RowCodec codec;
  private final RowStore rows;
  private final TimeToLive ttl;
  private final DistinctKeys touched = new DistinctKeys();
  private boolean[] live = {};
  private long[] times = {};

  /** Of each key's row, if rows are kept. */
  private int[] addresses = {};

  public Deduplicate(Spec spec) {
    this.spec = spec;
    this.keys = KeyTable.of(spec.keyTypes());
    this.codec = new RowCodec(spec.types());
    this.rows = new RowStore(spec.types());
    this.ttl = new TimeToLive(spec.ttlMillis());
  }

  @Override
  public void process(int input, Batch batch) {
    long now = context().clock().millis();
    int[] numbers = locate(spec.keyColumns(batch), batch.rowCount());
    int[] distinct = touched.find(numbers, keys.limit());
    forgetExpired(distinct, now);
    int[] winners =
        spec.hasRowtime() ? winners(batch, numbers, distinct) : lastRows(numbers, distinct);
    int[] wonKeys = new int[distinct.length];
    int[] wonRows = new int[distinct.length];
    int won = 0;
    for (int i = 0; i < distinct.length; i++) {
      if (winners[i] >= 0) {
        wonKeys[won] = distinct[i];
        wonRows[won++] = winners[i];
        ttl.write(distinct[i], now);
      }
    }
    if (won > 0) {
      emitChanges(take(batch, wonRows, won), wonKeys, won);
    }
  }

  private int[] locate(Vector[] key, int count) {
    int[] numbers = new int[count];
    keys.locate(key, count, numbers);
    if (live.length < keys.limit()) {
      live = Arrays.copyOf(live, KeyTable.capacity(keys.limit()));
      times = spec.hasRowtime() ? Arrays.copyOf(times, live.length) : times;
      addresses = spec.updateBefore() ? Arrays.copyOf(addresses, live.length) : addresses;
    }
    return numbers;
  }

  private int[] lastRows(int[] numbers, int[] distinct) {
    int[] last = new int[distinct.length];
    for (int row = 0; row < numbers.length; row++) {
      last[touched.indexOf(numbers[row])] = row;
    }
    return last;
  }

  /** The row that each key keeps from now on, or -1 where that is the one it has. */
  private int[] winners(Batch batch, int[] numbers, int[] distinct) {
    long[] millis = ((TimestampVector) batch.column(spec.rowtime())).millis();
    int[] winners = new int[distinct.length];
    Arrays.fill(winners, -1);
    for (int row = 0; row < numbers.length; row++) {
      int key = numbers[row];
      int i = touched.indexOf(key);
      boolean none = winners[i] < 0 && !live[key];
      boolean wins = none || (spec.last() ? millis[row] >= times[key] : millis[row] < times[key]);
      if (wins) {
        winners[i] = row;
        times[key] = millis[row];
      }
    }
    return winners;
  }

  private static Vector[] take(Batch batch, int[] positions, int count) {
    Vector[] taken = new Vector[batch.columnCount()];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = batch.column(i).take(positions, count);
    }
    return taken;
  }

  private void emitChanges(Vector[] after, int[] wonKeys, int count) {
    Changelog changes = new Changelog(count, spec.updateBefore());
    Vector[] before = spec.updateBefore() ? replaceRows(after, wonKeys, count, changes) : after;
    for (int i = 0; i < count && !spec.updateBefore(); i++) {
      if (live[wonKeys[i]]) {
        changes.update(i);
      } else {
        changes.insert(i);
      }
    }
    for (int i = 0; i < count; i++) {
      live[wonKeys[i]] = true;
    }
    emit(changes.build(new Vector[0], before, after));
  }

  /** Keeps the new rows; returns the old ones, and any row where there was none. */
  private Vector[] replaceRows(Vector[] after, int[] wonKeys, int count, Changelog changes) {
    codec.encode(after, count);
    int[] replaced = new int[count];
    boolean[] first = new boolean[count];
    for (int i = 0; i < count; i++) {
      int key = wonKeys[i];
      int old = addresses[key];
      first[i] = !live[key];
      if (!first[i] && rows.isEqual(old, codec, i)) {
        replaced[i] = old;
        continue;
      }
      addresses[key] = rows.add(codec, i);
      replaced[i] = first[i] ? addresses[key] : old;
      if (first[i]) {
        changes.insert(i);
      } else {
        changes.update(i);
      }
    }
    Vector[] before = rows.get(replaced, count);
    for (int i = 0; i < count; i++) {
      if (replaced[i] != addresses[wonKeys[i]]) {
        rows.remove(replaced[i]);
      }
    }
    return before;
  }

  /** Nothing is emitted: the consumer's time is over, too. */
  private void forgetExpired(int[] numbers, long now) {
    for (int key : numbers) {
      if (live[key] && ttl.isOver(key, now)) {
        clear(key);
      }
    }
  }

  private void clear(int key) {
    live[key] = false;
    if (spec.updateBefore()) {
      rows.remove(addresses[key]);
      addresses[key] = Arena.NONE;
    }
  }

  @Override
  public void tick() {
    for (int key : ttl.sweep(keys.limit(), context().clock().millis())) {
      if (live[key]) {
        clear(key);
        keys.remove(key);
      }
    }
  }

  @Override
  public List<StateTable> state() {
    return List.of(this);
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
    List<DataType> columns = new ArrayList<>(spec.updateBefore() ? spec.types() : spec.keyTypes());
    if (spec.hasRowtime()) {
      columns.add(BIGINT);
    }
    if (ttl.isLimited()) {
      columns.add(BIGINT);
    }
    return DataType.rowOf(columns);
  }

  @Override
  public List<Integer> key() {
    return spec.updateBefore()
        ? spec.key()
        : IntStream.range(0, spec.key().size()).boxed().toList();
  }

  @Override
  public long bytes() {
    return keys.bytes()
        + codec.bytes()
        + rows.bytes()
        + ttl.bytes()
        + touched.bytes()
        + live.length
        + (long) Long.BYTES * times.length
        + (long) Integer.BYTES * addresses.length;
  }

  @Override
  public long rowCount() {
    return keys.size();
  }

  @Override
  public void save(Consumer<Batch> to) {
    SavedKeys.forEachPart(
        keys,
        part -> {
          List<Vector> columns = new ArrayList<>();
          if (spec.updateBefore()) {
            int[] kept = IntStream.of(part).map(key -> addresses[key]).toArray();
            columns.addAll(List.of(rows.get(kept, part.length)));
          } else {
            columns.addAll(List.of(keys.keys(part, part.length)));
          }
          if (spec.hasRowtime()) {
            columns.add(SavedKeys.longs(part, key -> times[key]));
          }
          if (ttl.isLimited()) {
            columns.add(SavedKeys.longs(part, ttl::written));
          }
          to.accept(new Batch(part.length, columns.toArray(new Vector[0])));
        });
  }

  @Override
  public void restore(Batch saved) {
    int count = saved.rowCount();
    int[] numbers = locate(key().stream().map(saved::column).toArray(Vector[]::new), count);
    int next = spec.updateBefore() ? spec.types().size() : spec.key().size();
    if (spec.updateBefore()) {
      Vector[] columns = new Vector[next];
      Arrays.setAll(columns, saved::column);
      codec.encode(columns, count);
    }
    Vector savedTimes = spec.hasRowtime() ? saved.column(next++) : null;
    Vector written = ttl.isLimited() ? saved.column(next) : null;
    for (int i = 0; i < count; i++) {
      int key = numbers[i];
      live[key] = true;
      if (spec.updateBefore()) {
        addresses[key] = rows.add(codec, i);
      }
      if (savedTimes instanceof LongVector longs) {
        times[key] = longs.values()[i];
      }
      if (written instanceof LongVector longs) {
        ttl.write(key, longs.values()[i]);
      }
    }
  }
}
