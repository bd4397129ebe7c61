package dev.millrace.flink.memory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.types.RowKind;

/**
 * The in-memory tables of one run on embedded Flink, by name. Flink makes sources and sinks from
 * serialised copies, which find their way back by the {@link #id}. Thread-safe once filled.
 */
public final class InProcessTables implements AutoCloseable {
  /** The connector of such tables. */
  public static final String CONNECTOR = "memory";

  /**
   * A row as it goes in and out: {@code kind} is Flink's byte, {@code values} are plain objects.
   */
  public record MemoryRow(byte kind, List<Object> values) {
    RowKind flinkKind() {
      return RowKind.fromByteValue(kind);
    }
  }

  /** Gives rows to a source. */
  public interface Input {
    /** The next row, or null if there is none now. */
    MemoryRow poll();

    /** Whether no row will come any more; read before the last {@link #poll}. */
    boolean ended();
  }

  /** Takes rows from a sink; called by several threads. */
  @FunctionalInterface
  public interface Output {
    void accept(MemoryRow row);
  }

  private static final Map<String, InProcessTables> OPEN = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();
  private final Map<String, Input> inputs = new HashMap<>();
  private final Map<String, Output> outputs = new HashMap<>();

  /** Opens the tables; they can be found until closed. */
  public InProcessTables(Map<String, Input> inputs, Map<String, Output> outputs) {
    this.inputs.putAll(inputs);
    this.outputs.putAll(outputs);
    OPEN.put(id, this);
  }

  public String id() {
    return id;
  }

  static InProcessTables find(String id) {
    InProcessTables tables = id == null ? null : OPEN.get(id);
    if (tables == null) {
      throw new IllegalStateException("The in-memory tables are not in this process.");
    }
    return tables;
  }

  Input input(String table) {
    return require(inputs.get(table), table);
  }

  Output output(String table) {
    return require(outputs.get(table), table);
  }

  private static <T> T require(T found, String table) {
    if (found == null) {
      throw new IllegalStateException("Nobody gave rows to the in-memory table '" + table + "'.");
    }
    return found;
  }

  @Override
  public void close() {
    OPEN.remove(id);
  }
}
