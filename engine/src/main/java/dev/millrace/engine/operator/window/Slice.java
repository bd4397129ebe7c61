package dev.millrace.engine.operator.window;

import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.operator.aggregate.GroupInput;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The aggregates of all keys in one slice of time. Keys only come, so that their numbers are 0 to
 * {@link #size} - 1; all go together with the slice.
 */
final class Slice {
  private static final int OBJECTS = 512;

  private final KeyTable keys;
  private final Aggregates aggregates;

  /** How many rows each key has, if they can be taken back; else null. */
  private long[] rowCounts;

  Slice(List<DataType> keyTypes, List<AggregateCall> calls, boolean retracting) {
    this.keys = KeyTable.of(keyTypes);
    this.aggregates = new Aggregates(calls);
    this.rowCounts = retracting ? new long[0] : null;
  }

  /** Bytes of memory that are taken, also by the objects around the arrays, about. */
  long bytes() {
    return OBJECTS
        + keys.bytes()
        + aggregates.bytes()
        + (rowCounts == null ? 0 : (long) Long.BYTES * rowCounts.length);
  }

  int size() {
    return keys.size();
  }

  /** Adds rows of a batch. */
  void add(Batch batch, List<Integer> keyColumns, int[] rows, GroupInput input) {
    int[] groups = locate(keyColumns(batch, keyColumns, rows), rows.length);
    if (rowCounts != null) {
      long[] changes = input.changes(batch);
      for (int i = 0; i < rows.length; i++) {
        rowCounts[groups[i]] += changes[rows[i]];
      }
    }
    input.add(batch, rows, groups, rows.length, aggregates);
  }

  private static Vector[] keyColumns(Batch batch, List<Integer> columns, int[] rows) {
    Vector[] vectors = new Vector[columns.size()];
    for (int i = 0; i < vectors.length; i++) {
      Vector all = batch.column(columns.get(i));
      vectors[i] = rows.length == batch.rowCount() ? all : all.take(rows, rows.length);
    }
    return vectors;
  }

  /** Adds all that another slice knows. */
  void addAll(Slice other) {
    int[] numbers = other.numbers();
    int[] groups = locate(other.keys.keys(numbers, numbers.length), numbers.length);
    for (int i = 0; rowCounts != null && i < numbers.length; i++) {
      rowCounts[groups[i]] += other.rowCounts[i];
    }
    Vector[] state = other.aggregates.state(numbers, numbers.length);
    aggregates.merge(state, numbers, groups, numbers.length);
  }

  private int[] locate(Vector[] keyColumns, int count) {
    int[] groups = new int[count];
    keys.locate(keyColumns, count, groups);
    aggregates.reserve(keys.limit());
    if (rowCounts != null && rowCounts.length < keys.limit()) {
      rowCounts = Arrays.copyOf(rowCounts, KeyTable.capacity(keys.limit()));
    }
    return groups;
  }

  private int[] numbers() {
    return IntStream.range(0, size()).toArray();
  }

  /** The numbers of the keys that have rows, from {@code from} to before {@code to}. */
  int[] present(int from, int to) {
    IntStream numbers = IntStream.range(from, to);
    return (rowCounts == null ? numbers : numbers.filter(i -> rowCounts[i] != 0)).toArray();
  }

  /** The keys with these numbers. */
  Vector[] keys(int[] numbers) {
    return keys.keys(numbers, numbers.length);
  }

  /** The results for the keys with these numbers. */
  Vector[] results(int[] numbers) {
    return aggregates.results(numbers, numbers.length);
  }

  /**
   * All that is known, as rows: the key, the slice's end, the number of rows if they can be taken
   * back, the aggregates' state.
   */
  Batch state(long end) {
    int[] numbers = numbers();
    int count = numbers.length;
    long[] ends = new long[count];
    Arrays.fill(ends, end);
    List<Vector> columns = new ArrayList<>(List.of(keys(numbers)));
    columns.add(new LongVector(count, ends, null));
    if (rowCounts != null) {
      columns.add(new LongVector(count, Arrays.copyOf(rowCounts, count), null));
    }
    columns.addAll(List.of(aggregates.state(numbers, count)));
    return new Batch(count, columns.toArray(new Vector[0]));
  }
}
