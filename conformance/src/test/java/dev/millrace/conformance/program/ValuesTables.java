package dev.millrace.conformance.program;

import dev.millrace.conformance.changelog.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.table.planner.factories.TestValuesTableFactory;
import org.apache.flink.types.Row;

/**
 * The rows of the tables with the connector {@code values}, Flink's name for its tests' tables, by
 * the option {@code data-id}. Thread-safe.
 */
final class ValuesTables {
  /**
   * What a sink got.
   *
   * @param expected the number of changes that the program names
   * @param key positions of the primary key's columns
   */
  record Written(int expected, int[] key, List<Change> changes) {}

  /**
   * The rows of a source.
   *
   * @param before what it gives until the savepoint, if the program has one
   * @param after what it gives from then on
   */
  private record Input(List<Row> before, List<Row> after) {}

  /** As long as nothing happens, the simulated clock moves on by this. */
  static final int HALF_TICK_MILLIS = 10;

  private static final AtomicInteger LAST_ID = new AtomicInteger();
  private static final Map<String, Input> SOURCES = new ConcurrentHashMap<>();
  private static final Map<String, Integer> EXPECTED = new ConcurrentHashMap<>();
  private static final Map<String, Written> SINKS = new ConcurrentHashMap<>();

  private static volatile boolean restored;
  private static volatile Random delays;

  private ValuesTables() {}

  /** Keeps the rows of a table to read, for Flink all of them, and returns its id. */
  static String register(List<Row> before, List<Row> after) {
    List<Row> all = new ArrayList<>(before);
    all.addAll(after);
    String id = TestValuesTableFactory.registerData(all);
    SOURCES.put(id, new Input(List.copyOf(before), List.copyOf(after)));
    return id;
  }

  /** Whether there are tables to read. */
  static boolean hasSources() {
    return !SOURCES.isEmpty();
  }

  /** An id for a table to write. */
  static String newSink(int expected) {
    String id = "native-" + LAST_ID.incrementAndGet();
    EXPECTED.put(id, expected);
    return id;
  }

  /** From here on, sources give the rows after the savepoint, or those before it. */
  static void restored(boolean isRestored) {
    restored = isRestored;
  }

  /**
   * From here on, half of the sources come half a tick late, so that a job can be killed between
   * the rows of a tick.
   */
  static void delaySome(long seed) {
    delays = new Random(seed);
  }

  /** From here on, all sources give their rows at the ticks. */
  static void delayNone() {
    delays = null;
  }

  /** How late a source is that is read now. */
  static int delayMillis() {
    return delays != null && delays.nextBoolean() ? HALF_TICK_MILLIS : 0;
  }

  /** Whether a source that has given all its rows waits for the savepoint. */
  static boolean awaitSavepoint() {
    return !restored && SOURCES.values().stream().anyMatch(input -> !input.after().isEmpty());
  }

  /** Whether the sinks got as much as the program expects in all: then Flink ends it. */
  static boolean complete() {
    return restored
        && SINKS.values().stream().allMatch(sink -> sink.changes().size() >= sink.expected());
  }

  static List<Row> rows(String id) {
    Input input = SOURCES.get(id);
    return restored ? input.after() : input.before();
  }

  /** Makes the table empty. */
  static void open(String id, int[] key) {
    SINKS.put(id, new Written(EXPECTED.get(id), key, new ArrayList<>()));
  }

  static void add(String id, Change change) {
    List<Change> changes = SINKS.get(id).changes();
    synchronized (changes) {
      changes.add(change);
    }
  }

  /** What the sink got, or null if it was never opened. */
  static Written written(String id) {
    return SINKS.get(id);
  }

  /** Forgets the tables of all runs. */
  static void clear() {
    restored = false;
    SOURCES.clear();
    EXPECTED.clear();
    SINKS.clear();
    TestValuesTableFactory.clearAllData();
  }
}
