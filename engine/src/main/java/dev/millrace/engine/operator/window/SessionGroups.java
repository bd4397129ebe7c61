package dev.millrace.engine.operator.window;

import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.operator.aggregate.GroupInput;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.SavedKeys;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The aggregates of sessions. As rows, version 1: the key, the session's start and end in local
 * milliseconds, the number of rows if they can be taken back, the aggregates' state.
 */
final class SessionGroups implements StateTable {
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT).withNullable(false);

  private final List<DataType> keyTypes;
  private final Sessions sessions;
  private final Aggregates aggregates;

  /** How many rows each session has, if they can be taken back; else null. */
  private long[] rowCounts;

  SessionGroups(
      List<DataType> keyTypes, Sessions sessions, Aggregates aggregates, boolean retracting) {
    this.keyTypes = keyTypes;
    this.sessions = sessions;
    this.aggregates = aggregates;
    this.rowCounts = retracting ? new long[0] : null;
  }

  private void reserve() {
    aggregates.reserve(sessions.limit());
    if (rowCounts != null && rowCounts.length < sessions.limit()) {
      rowCounts = Arrays.copyOf(rowCounts, KeyTable.capacity(sessions.limit()));
    }
  }

  /** Gives what is known of absorbed sessions to those that absorbed them. */
  void mergeAbsorbed() {
    reserve();
    int[] absorbed = sessions.takeAbsorbed();
    int count = absorbed.length;
    if (count == 0) {
      return;
    }
    int[] into = new int[count];
    for (int i = 0; i < count; i++) {
      into[i] = sessions.resolve(absorbed[i]);
      if (rowCounts != null) {
        rowCounts[into[i]] += rowCounts[absorbed[i]];
      }
    }
    Vector[] state = aggregates.state(absorbed, count);
    aggregates.merge(state, IntStream.range(0, count).toArray(), into, count);
    for (int session : absorbed) {
      clear(session);
    }
  }

  /** Adds rows of a batch to sessions. */
  void add(Batch batch, int[] rows, int[] ofRows, int count, GroupInput input) {
    if (rowCounts != null) {
      long[] changes = input.changes(batch);
      for (int i = 0; i < count; i++) {
        rowCounts[ofRows[i]] += changes[rows[i]];
      }
    }
    input.add(batch, rows, ofRows, count, aggregates);
  }

  /** Those of the sessions that have rows. */
  int[] present(int[] numbers) {
    return rowCounts == null
        ? numbers
        : IntStream.of(numbers).filter(i -> rowCounts[i] != 0).toArray();
  }

  Vector[] results(int[] numbers) {
    return aggregates.results(numbers, numbers.length);
  }

  void clear(int session) {
    aggregates.clear(session);
    if (rowCounts != null) {
      rowCounts[session] = 0;
    }
  }

  @Override
  public String name() {
    return "sessions";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public DataType row() {
    List<DataType> types = new ArrayList<>(keyTypes);
    types.add(BIGINT);
    types.add(BIGINT);
    if (rowCounts != null) {
      types.add(BIGINT);
    }
    types.addAll(aggregates.stateTypes());
    return DataType.rowOf(types);
  }

  @Override
  public List<Integer> key() {
    return IntStream.range(0, keyTypes.size()).boxed().toList();
  }

  @Override
  public long bytes() {
    return sessions.bytes()
        + aggregates.bytes()
        + (rowCounts == null ? 0 : (long) Long.BYTES * rowCounts.length);
  }

  @Override
  public long rowCount() {
    return sessions.size();
  }

  @Override
  public void save(Consumer<Batch> to) {
    SavedKeys.forEachPart(sessions.numbers(), part -> to.accept(rows(part)));
  }

  private Batch rows(int[] numbers) {
    int count = numbers.length;
    List<Vector> columns = new ArrayList<>(List.of(sessions.keys(numbers, count)));
    columns.add(SavedKeys.longs(numbers, sessions::start));
    columns.add(SavedKeys.longs(numbers, sessions::end));
    if (rowCounts != null) {
      columns.add(SavedKeys.longs(numbers, i -> rowCounts[i]));
    }
    columns.addAll(List.of(aggregates.state(numbers, count)));
    return new Batch(count, columns.toArray(new Vector[0]));
  }

  @Override
  public void restore(Batch rows) {
    int count = rows.rowCount();
    Vector[] columns = new Vector[rows.columnCount()];
    Arrays.setAll(columns, rows::column);
    int next = keyTypes.size();
    long[] starts = ((LongVector) columns[next++]).values();
    long[] ends = ((LongVector) columns[next++]).values();
    int[] numbers = sessions.restore(Arrays.copyOf(columns, keyTypes.size()), starts, ends, count);
    reserve();
    if (rowCounts != null) {
      long[] counts = ((LongVector) columns[next++]).values();
      for (int i = 0; i < count; i++) {
        rowCounts[numbers[i]] = counts[i];
      }
    }
    Vector[] state = Arrays.copyOfRange(columns, next, columns.length);
    aggregates.merge(state, IntStream.range(0, count).toArray(), numbers, count);
  }
}
