package dev.millrace.flink;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.types.Row;

/**
 * The way of a SELECT's rows from Flink's task to the reader: a bounded queue, so that a slow
 * reader holds the job back.
 */
final class SelectRows implements AutoCloseable {
  private static final int CAPACITY = 4096;
  private static final int BATCH_ROWS = 1024;
  private static final long POLL_MILLIS = 20;

  /** Flink makes its sinks from serialised copies; they find their way back by this name. */
  private static final Map<String, SelectRows> OPEN = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();
  private final BlockingQueue<Row> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final DataType rowType;
  private final Consumer<Batch> reader;

  SelectRows(DataType rowType, Consumer<Batch> reader) {
    this.rowType = rowType;
    this.reader = reader;
    OPEN.put(id, this);
  }

  String id() {
    return id;
  }

  static SelectRows find(String id) {
    SelectRows rows = id == null ? null : OPEN.get(id);
    if (rows == null) {
      throw new IllegalStateException("The reader of this SELECT is not in this process.");
    }
    return rows;
  }

  void put(Row row) throws InterruptedException {
    queue.put(row);
  }

  /** Passes on what is there, waiting a moment if that is nothing; false if it was nothing. */
  boolean passOn() throws InterruptedException {
    Row first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
    if (first == null) {
      return false;
    }
    List<Row> rows = new ArrayList<>();
    rows.add(first);
    queue.drainTo(rows, BATCH_ROWS - 1);
    reader.accept(batch(rows));
    return true;
  }

  private Batch batch(List<Row> rows) {
    BatchBuilder builder = new BatchBuilder(rowType);
    for (Row row : rows) {
      for (int i = 0; i < builder.columnCount(); i++) {
        DataType type = rowType.child(i);
        Values.append(builder.column(i), type, plain(row.getField(i)));
      }
      builder.endRow(RowKind.of(row.getKind().toByteValue()));
    }
    return builder.build();
  }

  /** Flink's rows and arrays as the lists that {@link Values} takes. */
  private static Object plain(Object value) {
    if (value instanceof Row row) {
      List<Object> fields = new ArrayList<>();
      for (int i = 0; i < row.getArity(); i++) {
        fields.add(plain(row.getField(i)));
      }
      return fields;
    }
    if (value instanceof Object[] array) {
      List<Object> elements = new ArrayList<>();
      Arrays.stream(array).map(SelectRows::plain).forEach(elements::add);
      return elements;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> entries = new LinkedHashMap<>();
      map.forEach((key, entry) -> entries.put(plain(key), plain(entry)));
      return entries;
    }
    return value;
  }

  @Override
  public void close() {
    OPEN.remove(id);
  }
}
