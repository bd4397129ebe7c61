package dev.millrace.engine.operator.sink;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.ByteVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.RowStore;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Changes that wait, in the order in which they came.
 *
 * <p>Memory per change: its row with the length in units of 8 bytes, and 5 to 8 bytes.
 *
 * <p>As rows, version 1: those of the input in that order, each followed by the code of its kind.
 */
final class PendingChanges implements StateTable {
  private static final DataType KIND = DataType.of(TypeRoot.TINYINT).withNullable(false);
  private static final int SAVED_AT_ONCE = 4096;

  private final List<DataType> types;
  private final List<Integer> key;
  private final RowStore rows;
  private int[] addresses = {};
  private byte[] kinds = {};
  private int count;

  /** {@code key} are the columns that the rows are distributed by. */
  PendingChanges(List<DataType> types, List<Integer> key) {
    this.types = types;
    this.key = key;
    this.rows = new RowStore(types);
  }

  boolean isEmpty() {
    return count == 0;
  }

  void add(Batch batch) {
    byte[] added = batch.rowKinds();
    add(batch, added == null ? new byte[batch.rowCount()] : added);
  }

  private void add(Batch batch, byte[] addedKinds) {
    int added = batch.rowCount();
    if (count + added > addresses.length) {
      addresses = Arrays.copyOf(addresses, KeyTable.capacity(count + added));
      kinds = Arrays.copyOf(kinds, addresses.length);
    }
    Vector[] columns = new Vector[types.size()];
    Arrays.setAll(columns, batch::column);
    int[] stored = new int[added];
    rows.add(columns, added, stored);
    System.arraycopy(stored, 0, addresses, count, added);
    System.arraycopy(addedKinds, 0, kinds, count, added);
    count += added;
  }

  /** Takes all changes out. */
  Batch takeAll() {
    Batch all = new Batch(count, rows.get(addresses, count), Arrays.copyOf(kinds, count));
    for (int i = 0; i < count; i++) {
      rows.remove(addresses[i]);
    }
    count = 0;
    return all;
  }

  @Override
  public String name() {
    return "pending";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public DataType row() {
    List<DataType> columns = new ArrayList<>(types);
    columns.add(KIND);
    return DataType.rowOf(columns);
  }

  @Override
  public List<Integer> key() {
    return key;
  }

  @Override
  public long bytes() {
    return rows.bytes() + (Integer.BYTES + 1L) * addresses.length;
  }

  @Override
  public long rowCount() {
    return count;
  }

  @Override
  public void save(Consumer<Batch> to) {
    for (int from = 0; from < count; from += SAVED_AT_ONCE) {
      int end = Math.min(count, from + SAVED_AT_ONCE);
      int[] part = Arrays.copyOfRange(addresses, from, end);
      Vector[] columns = rows.get(part, part.length);
      Vector[] all = Arrays.copyOf(columns, columns.length + 1);
      all[columns.length] = new ByteVector(part.length, Arrays.copyOfRange(kinds, from, end), null);
      to.accept(new Batch(part.length, all));
    }
  }

  @Override
  public void restore(Batch saved) {
    add(saved, ((ByteVector) saved.column(types.size())).values());
  }
}
