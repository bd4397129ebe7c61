package dev.millrace.conformance.program;

import dev.millrace.conformance.changelog.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
   * @param key positions of the primary key's columns
   */
  record Written(int[] key, List<Change> changes) {}

  private static final AtomicInteger LAST_ID = new AtomicInteger();
  private static final Map<String, List<Row>> SOURCES = new ConcurrentHashMap<>();
  private static final Map<String, Written> SINKS = new ConcurrentHashMap<>();

  private ValuesTables() {}

  /** Keeps the rows of a table to read, for Flink too, and returns its id. */
  static String register(List<Row> rows) {
    String id = TestValuesTableFactory.registerData(rows);
    SOURCES.put(id, List.copyOf(rows));
    return id;
  }

  /** An id for a table to write. */
  static String newSink() {
    return "native-" + LAST_ID.incrementAndGet();
  }

  static List<Row> rows(String id) {
    return SOURCES.get(id);
  }

  /** Makes the table empty. */
  static void open(String id, int[] key) {
    SINKS.put(id, new Written(key, new ArrayList<>()));
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
    SOURCES.clear();
    SINKS.clear();
    TestValuesTableFactory.clearAllData();
  }
}
