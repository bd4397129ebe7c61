package dev.millrace.engine.operator.sort;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.RowStore;
import dev.millrace.engine.state.SavedKeys;
import dev.millrace.engine.state.SortedOrder;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Rows that wait for their time and then come out in order, equal ones as they came.
 *
 * <p>Memory per row: the row with its length in units of 8 bytes, and 12 to 18 for its address and
 * time.
 *
 * <p>As rows, version 1: those of the input, as they came.
 */
final class SortBuffer implements StateTable {
  private final SortSpec spec;
  private final int timeColumn;
  private final RowStore rows;
  private final SortedOrder order;
  private int[] addresses = {};
  private long[] times = {};
  private int count;
  private long earliest = Long.MAX_VALUE;

  /** {@code timeColumn} holds the time of a row, -1 if all wait for the same. */
  SortBuffer(SortSpec spec, int timeColumn) {
    this.spec = spec;
    this.timeColumn = timeColumn;
    this.rows = new RowStore(spec.types());
    this.order = new SortedOrder(spec.order());
  }

  boolean isEmpty() {
    return count == 0;
  }

  void add(Batch batch) {
    int added = batch.rowCount();
    if (count + added > addresses.length) {
      addresses = Arrays.copyOf(addresses, KeyTable.capacity(count + added));
      times = Arrays.copyOf(times, addresses.length);
    }
    Vector[] columns = new Vector[spec.types().size()];
    Arrays.setAll(columns, batch::column);
    int[] stored = new int[added];
    rows.add(columns, added, stored);
    System.arraycopy(stored, 0, addresses, count, added);
    if (timeColumn >= 0) {
      long[] millis = ((TimestampVector) batch.column(timeColumn)).millis();
      System.arraycopy(millis, 0, times, count, added);
    }
    for (int i = count; i < count + added; i++) {
      earliest = Math.min(earliest, times[i]);
    }
    count += added;
  }

  /** Takes the rows out whose time is this or before, in order; null if there are none. */
  Batch takeUntil(long time) {
    if (earliest > time || count == 0) {
      return null;
    }
    int[] due = new int[count];
    int dueCount = 0;
    int left = 0;
    earliest = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      if (times[i] <= time) {
        due[dueCount++] = addresses[i];
      } else {
        earliest = Math.min(earliest, times[i]);
        addresses[left] = addresses[i];
        times[left++] = times[i];
      }
    }
    count = left;
    return sorted(due, dueCount);
  }

  private Batch sorted(int[] due, int dueCount) {
    Vector[] columns = rows.get(due, dueCount);
    for (int i = 0; i < dueCount; i++) {
      rows.remove(due[i]);
    }
    int[] positions = order.of(columns, dueCount);
    Vector[] ordered = new Vector[columns.length];
    for (int i = 0; i < ordered.length; i++) {
      ordered[i] = columns[i].take(positions, dueCount);
    }
    return new Batch(dueCount, ordered);
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
    return DataType.rowOf(spec.types());
  }

  @Override
  public List<Integer> key() {
    return List.of();
  }

  @Override
  public long bytes() {
    return rows.bytes() + order.bytes() + (long) (Integer.BYTES + Long.BYTES) * addresses.length;
  }

  @Override
  public long rowCount() {
    return count;
  }

  @Override
  public void save(Consumer<Batch> to) {
    SavedKeys.forEachPart(
        Arrays.copyOf(addresses, count),
        part -> to.accept(new Batch(part.length, rows.get(part, part.length))));
  }

  @Override
  public void restore(Batch saved) {
    add(saved);
  }
}
