package dev.millrace.engine.operator.sort;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.state.DistinctKeys;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.SavedKeys;
import dev.millrace.engine.state.SortedOrder;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * ORDER BY of a table that ends: keeps all its rows and emits them in order at the end of the
 * input. Equal rows are kept once and counted.
 *
 * <p>Memory per distinct row: that of the {@link KeyTable} with all its columns and 12 bytes for
 * the count and marks; twice that for the time of sorting.
 *
 * <p>State as rows, version 1: those of the input, each followed by how often it is there.
 */
public final class Sort extends ForwardingOperator implements StateTable {
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT).withNullable(false);
  private static final int EMITTED_AT_ONCE = 4096;

  private final SortSpec spec;
  private final KeyTable rows;
  private final SortedOrder order;
  private final DistinctKeys touched = new DistinctKeys();
  private long[] counts = {};

  public Sort(SortSpec spec) {
    this.spec = spec;
    this.rows = KeyTable.of(spec.types());
    this.order = new SortedOrder(spec.order());
  }

  @Override
  public void process(int input, Batch batch) {
    int[] numbers = locate(batch);
    for (int row = 0; row < numbers.length; row++) {
      RowKind kind = batch.rowKind(row);
      boolean added = kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER;
      counts[numbers[row]] += added ? 1 : -1;
      if (counts[numbers[row]] < 0) {
        throw MillraceException.job(
            context().name()
                + ": a row is taken back that is not there. The source's changelog is incomplete:"
                + " give its table a PRIMARY KEY, and SET 'table.exec.source.cdc-events-duplicate' ="
                + " 'true'.");
      }
    }
    for (int number : touched.find(numbers, rows.limit())) {
      if (counts[number] == 0) {
        rows.remove(number);
      }
    }
  }

  private int[] locate(Batch batch) {
    int[] numbers = new int[batch.rowCount()];
    Vector[] columns = new Vector[spec.types().size()];
    Arrays.setAll(columns, batch::column);
    rows.locate(columns, numbers.length, numbers);
    if (counts.length < rows.limit()) {
      counts = Arrays.copyOf(counts, KeyTable.capacity(rows.limit()));
    }
    return numbers;
  }

  @Override
  public void endOfInput(int input) {
    int[] numbers = rows.numbers();
    Vector[] columns = rows.keys(numbers, numbers.length);
    int[] sorted = order.of(columns, numbers.length);
    int[] part = new int[EMITTED_AT_ONCE];
    int n = 0;
    for (int position : sorted) {
      for (long i = counts[numbers[position]]; i > 0; i--) {
        part[n++] = position;
        if (n == part.length) {
          emit(take(columns, part, n));
          n = 0;
        }
      }
    }
    emit(take(columns, part, n));
  }

  private static Batch take(Vector[] columns, int[] positions, int count) {
    Vector[] taken = new Vector[columns.length];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = columns[i].take(positions, count);
    }
    return new Batch(count, taken);
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
    List<DataType> columns = new ArrayList<>(spec.types());
    columns.add(BIGINT);
    return DataType.rowOf(columns);
  }

  @Override
  public List<Integer> key() {
    return List.of();
  }

  @Override
  public long bytes() {
    return rows.bytes() + order.bytes() + touched.bytes() + (long) Long.BYTES * counts.length;
  }

  @Override
  public long rowCount() {
    return rows.size();
  }

  @Override
  public void save(Consumer<Batch> to) {
    SavedKeys.forEachPart(
        rows,
        part -> {
          Vector[] columns = rows.keys(part, part.length);
          Vector[] all = Arrays.copyOf(columns, columns.length + 1);
          all[columns.length] = SavedKeys.longs(part, number -> counts[number]);
          to.accept(new Batch(part.length, all));
        });
  }

  @Override
  public void restore(Batch saved) {
    int[] numbers = locate(saved);
    long[] saidCounts = ((LongVector) saved.column(spec.types().size())).values();
    for (int row = 0; row < numbers.length; row++) {
      counts[numbers[row]] = saidCounts[row];
    }
  }
}
