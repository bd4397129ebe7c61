package dev.millrace.engine.operator.rank;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.state.Arena;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.RowCodec;
import dev.millrace.engine.state.RowStore;
import dev.millrace.engine.state.SavedKeys;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.state.TimeToLive;
import dev.millrace.engine.state.Timers;
import dev.millrace.engine.time.Watermarks;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Keeps the first row of each key by row time and emits it, once, when the watermark has reached
 * it. Of equal times the row that came first counts. Rows before the watermark are dropped and
 * counted, as are none after a restore until the next watermark.
 *
 * <p>Memory per key: that of the {@link KeyTable} (16 to 24 bytes for a BIGINT) and 13; until it is
 * emitted its row, in units of 8 bytes, and 12 for its timer; 8 more with a time to live.
 *
 * <p>State as rows, version 1. Table {@code waiting}: rows not yet emitted. Table {@code emitted}:
 * the keys of the others, and when they were if that expires.
 */
public final class FirstInTime extends ForwardingOperator {

  private final Deduplicate.Spec spec;
  private final KeyTable keys;
  private final RowCodec codec;
  private final RowStore rows;
  private final Timers timers = new Timers();

  /** How long a key is remembered after its row was emitted. */
  private final TimeToLive ttl;

  private long watermark = Watermarks.NONE;
  private boolean[] emitted = {};
  private long[] times = {};

  /** Of the row that waits, or {@link Arena#NONE}. */
  private int[] addresses = {};

  public FirstInTime(Deduplicate.Spec spec) {
    this.spec = spec;
    this.keys = KeyTable.of(spec.keyTypes());
    this.codec = new RowCodec(spec.types());
    this.rows = new RowStore(spec.types());
    this.ttl = new TimeToLive(spec.ttlMillis());
  }

  @Override
  public void process(int input, Batch batch) {
    Positions timely = timely(batch);
    lateOthers(input, batch, timely);
    keepFirst(batch.take(timely));
  }

  private Positions timely(Batch batch) {
    long[] millis = millis(batch);
    int[] timely = new int[batch.rowCount()];
    int count = 0;
    for (int row = 0; row < timely.length; row++) {
      if (millis[row] >= watermark) {
        timely[count++] = row;
      }
    }
    return Positions.of(timely, count);
  }

  private long[] millis(Batch batch) {
    return ((TimestampVector) batch.column(spec.rowtime())).millis();
  }

  private void keepFirst(Batch batch) {
    long now = context().clock().millis();
    Vector[] columns = new Vector[spec.types().size()];
    Arrays.setAll(columns, batch::column);
    codec.encode(columns, batch.rowCount());
    int[] numbers = locate(spec.keyColumns(batch), batch.rowCount());
    long[] millis = millis(batch);
    for (int row = 0; row < numbers.length; row++) {
      int key = numbers[row];
      if (emitted[key] && ttl.isOver(key, now)) {
        emitted[key] = false;
      }
      if (!emitted[key] && (addresses[key] == Arena.NONE || millis[row] < times[key])) {
        keep(key, millis[row], row);
      }
    }
  }

  private int[] locate(Vector[] key, int count) {
    int[] numbers = new int[count];
    keys.locate(key, count, numbers);
    if (emitted.length < keys.limit()) {
      emitted = Arrays.copyOf(emitted, KeyTable.capacity(keys.limit()));
      times = Arrays.copyOf(times, emitted.length);
      addresses = Arrays.copyOf(addresses, emitted.length);
    }
    return numbers;
  }

  private void keep(int key, long time, int row) {
    if (addresses[key] != Arena.NONE) {
      rows.remove(addresses[key]);
    }
    addresses[key] = rows.add(codec, row);
    times[key] = time;
    timers.add(time, key);
  }

  @Override
  public void watermark(long timestamp) {
    watermark = timestamp;
    emitDue();
    super.watermark(timestamp);
  }

  private void emitDue() {
    long now = context().clock().millis();
    int[] due = new int[64];
    int count = 0;
    while (timers.isDue(watermark)) {
      long time = timers.firstTime();
      int key = timers.poll();
      // A row that came later but is earlier has set a timer of its own.
      if (addresses[key] != Arena.NONE && times[key] == time && !emitted[key]) {
        due = count == due.length ? Arrays.copyOf(due, 2 * count) : due;
        due[count++] = addresses[key];
        addresses[key] = Arena.NONE;
        emitted[key] = true;
        ttl.write(key, now);
      }
    }
    if (count > 0) {
      emit(new Batch(count, rows.get(due, count)));
      for (int i = 0; i < count; i++) {
        rows.remove(due[i]);
      }
    }
  }

  @Override
  public void tick() {
    for (int key : ttl.sweep(keys.limit(), context().clock().millis())) {
      if (emitted[key] && addresses[key] == Arena.NONE) {
        emitted[key] = false;
        keys.remove(key);
      }
    }
  }

  @Override
  public List<StateTable> state() {
    return List.of(new Waiting(), new Emitted());
  }

  private final class Waiting implements StateTable {
    @Override
    public String name() {
      return "waiting";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public DataType row() {
      return DataType.rowOf(spec.types());
    }

    @Override
    public List<Integer> key() {
      return spec.key();
    }

    @Override
    public long bytes() {
      return rows.bytes()
          + codec.bytes()
          + timers.bytes()
          + (long) Long.BYTES * times.length
          + (long) Integer.BYTES * addresses.length;
    }

    @Override
    public long rowCount() {
      return rows.size();
    }

    @Override
    public void save(Consumer<Batch> to) {
      SavedKeys.forEachPart(
          keys,
          part -> {
            int[] waiting =
                IntStream.of(part)
                    .map(key -> addresses[key])
                    .filter(address -> address != Arena.NONE)
                    .toArray();
            to.accept(new Batch(waiting.length, rows.get(waiting, waiting.length)));
          });
    }

    @Override
    public void restore(Batch saved) {
      Vector[] columns = new Vector[spec.types().size()];
      Arrays.setAll(columns, saved::column);
      codec.encode(columns, saved.rowCount());
      int[] numbers = locate(spec.keyColumns(saved), saved.rowCount());
      long[] millis = millis(saved);
      for (int row = 0; row < numbers.length; row++) {
        keep(numbers[row], millis[row], row);
      }
    }
  }

  private final class Emitted implements StateTable {
    @Override
    public String name() {
      return "emitted";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public DataType row() {
      return ttl.savedRow(spec.keyTypes());
    }

    @Override
    public List<Integer> key() {
      return IntStream.range(0, spec.key().size()).boxed().toList();
    }

    @Override
    public long bytes() {
      return keys.bytes() + ttl.bytes() + emitted.length;
    }

    @Override
    public long rowCount() {
      return (long) keys.size() - rows.size();
    }

    @Override
    public void save(Consumer<Batch> to) {
      SavedKeys.forEachPart(
          keys,
          part -> {
            int[] gone = IntStream.of(part).filter(key -> emitted[key]).toArray();
            to.accept(ttl.saved(keys.keys(gone, gone.length), gone));
          });
    }

    @Override
    public void restore(Batch saved) {
      int[] numbers =
          locate(key().stream().map(saved::column).toArray(Vector[]::new), saved.rowCount());
      ttl.restore(saved, spec.key().size(), numbers);
      for (int number : numbers) {
        emitted[number] = true;
      }
    }
  }
}
