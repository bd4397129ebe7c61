package dev.millrace.engine.state;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * When each key was last written, for state that goes some time after that. Times are milliseconds
 * of the operator's clock. Not thread-safe.
 *
 * <p>8 bytes per key; none if state never goes.
 */
public final class TimeToLive {
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT).withNullable(false);

  /** How many keys one sweep looks at. */
  private static final int SWEEP = 4096;

  private final long millis;
  private long[] written = {};
  private int swept;

  /** {@code millis} is how long a key is kept after it was written; 0 for ever. */
  public TimeToLive(long millis) {
    this.millis = millis;
  }

  /** Whether keys go at all. */
  public boolean isLimited() {
    return millis > 0;
  }

  /** Notes that a key is written. */
  public void write(int key, long now) {
    if (!isLimited()) {
      return;
    }
    if (key >= written.length) {
      written = Arrays.copyOf(written, KeyTable.capacity(key + 1));
    }
    written[key] = now;
  }

  /** When a key was last written. */
  public long written(int key) {
    return written[key];
  }

  /** Whether a key that is there is to be forgotten; never before it was first written. */
  public boolean isOver(int key, long now) {
    return key < written.length && now - written[key] >= millis;
  }

  /**
   * The next of the keys below {@code limit} that are over; looks at some thousand each time, so
   * that all are seen in turn. Some of the numbers may have no key.
   */
  public int[] sweep(int limit, long now) {
    int known = Math.min(limit, written.length);
    if (!isLimited() || known == 0) {
      return new int[0];
    }
    swept = swept >= known ? 0 : swept;
    int end = Math.min(known, swept + SWEEP);
    int[] over = new int[end - swept];
    int n = 0;
    for (int key = swept; key < end; key++) {
      if (isOver(key, now)) {
        over[n++] = key;
      }
    }
    swept = end;
    return Arrays.copyOf(over, n);
  }

  /** The ROW of columns that are saved, with when each key was last written if keys go. */
  public DataType savedRow(List<DataType> columns) {
    List<DataType> all = new ArrayList<>(columns);
    if (isLimited()) {
      all.add(BIGINT);
    }
    return DataType.rowOf(all);
  }

  /** Rows of {@link #savedRow}, one for each of the keys. */
  public Batch saved(Vector[] columns, int[] keys) {
    Vector[] all = columns;
    if (isLimited()) {
      all = Arrays.copyOf(columns, columns.length + 1);
      all[columns.length] = SavedKeys.longs(keys, this::written);
    }
    return new Batch(keys.length, all);
  }

  /** Notes when the keys of rows of {@link #savedRow} with so many columns were last written. */
  public void restore(Batch saved, int columns, int[] keys) {
    if (isLimited()) {
      long[] times = ((LongVector) saved.column(columns)).values();
      for (int i = 0; i < keys.length; i++) {
        write(keys[i], times[i]);
      }
    }
  }

  public long bytes() {
    return (long) Long.BYTES * written.length;
  }
}
