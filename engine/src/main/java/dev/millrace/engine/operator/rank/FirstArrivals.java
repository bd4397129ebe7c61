package dev.millrace.engine.operator.rank;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.state.DistinctKeys;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.SavedKeys;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.state.TimeToLive;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Lets the first row of each key pass, and no other.
 *
 * <p>Memory per key: that of the {@link KeyTable} (16 to 24 bytes for a BIGINT) and 5 for marks; 8
 * more with a time to live.
 *
 * <p>State as rows, version 1: the key, and the time of its row if keys expire.
 */
public final class FirstArrivals extends ForwardingOperator implements StateTable {

  private final List<Integer> key;
  private final List<DataType> keyTypes;
  private final KeyTable keys;
  private final TimeToLive ttl;
  private final DistinctKeys touched = new DistinctKeys();
  private boolean[] live = {};

  /** {@code ttlMillis} is how long a key is remembered; 0 for ever. */
  public FirstArrivals(List<Integer> key, List<DataType> keyTypes, long ttlMillis) {
    this.key = key;
    this.keyTypes = keyTypes;
    this.keys = KeyTable.of(keyTypes);
    this.ttl = new TimeToLive(ttlMillis);
  }

  @Override
  public void process(int input, Batch batch) {
    long now = context().clock().millis();
    int[] numbers =
        locate(key.stream().map(batch::column).toArray(Vector[]::new), batch.rowCount());
    for (int number : touched.find(numbers, keys.limit())) {
      live[number] = live[number] && !ttl.isOver(number, now);
    }
    int[] passed = new int[numbers.length];
    int count = 0;
    for (int row = 0; row < numbers.length; row++) {
      int number = numbers[row];
      if (!live[number]) {
        live[number] = true;
        ttl.write(number, now);
        passed[count++] = row;
      }
    }
    emit(batch.take(Positions.of(passed, count)));
  }

  private int[] locate(Vector[] columns, int count) {
    int[] numbers = new int[count];
    keys.locate(columns, count, numbers);
    if (live.length < keys.limit()) {
      live = Arrays.copyOf(live, KeyTable.capacity(keys.limit()));
    }
    return numbers;
  }

  @Override
  public void tick() {
    for (int number : ttl.sweep(keys.limit(), context().clock().millis())) {
      if (live[number]) {
        live[number] = false;
        keys.remove(number);
      }
    }
  }

  @Override
  public List<StateTable> state() {
    return List.of(this);
  }

  @Override
  public String name() {
    return "keys";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public DataType row() {
    return ttl.savedRow(keyTypes);
  }

  @Override
  public List<Integer> key() {
    return IntStream.range(0, key.size()).boxed().toList();
  }

  @Override
  public long bytes() {
    return keys.bytes() + ttl.bytes() + touched.bytes() + live.length;
  }

  @Override
  public long rowCount() {
    return keys.size();
  }

  @Override
  public void save(Consumer<Batch> to) {
    SavedKeys.forEachPart(keys, part -> to.accept(ttl.saved(keys.keys(part, part.length), part)));
  }

  @Override
  public void restore(Batch saved) {
    int[] numbers =
        locate(key().stream().map(saved::column).toArray(Vector[]::new), saved.rowCount());
    ttl.restore(saved, key.size(), numbers);
    for (int number : numbers) {
      live[number] = true;
    }
  }
}
