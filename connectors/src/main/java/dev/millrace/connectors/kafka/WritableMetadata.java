package dev.millrace.connectors.kafka;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.Nearest;
import dev.millrace.engine.error.RefusedRowException;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Where the metadata of a sink's batches lies.
 *
 * @param timestamp the column with the record's time, or -1
 * @param headers the column with the record's headers, or -1
 * @param topic the column with the record's topic, or -1
 */
record WritableMetadata(int timestamp, int headers, int topic) {
  private static final List<DataType.Field> COLUMNS =
      List.of(
          new DataType.Field("timestamp", DataType.of(TypeRoot.TIMESTAMP_LTZ, 3)),
          new DataType.Field("headers", DataType.map(DataType.string(), DataType.bytes())),
          new DataType.Field("topic", DataType.string()));

  static WritableMetadata of(SinkTable table, TopicSelection topics) {
    int[] columns = new int[COLUMNS.size()];
    Arrays.fill(columns, -1);
    for (int i = 0; i < table.metadata().size(); i++) {
      columns[place(table, table.metadata().get(i), topics)] = table.schema().children().size() + i;
    }
    return new WritableMetadata(columns[0], columns[1], columns[2]);
  }

  private static int place(SinkTable table, DataType.Field column, TopicSelection topics) {
    for (int i = 0; i < COLUMNS.size(); i++) {
      DataType.Field known = COLUMNS.get(i);
      boolean writable = !known.name().equals("topic") || !topics.isSingle();
      if (writable && known.name().equals(column.name())) {
        if (!known.type().sameIgnoringNullability(column.type())) {
          throw MillraceException.usage(
              "Metadata column '%s' of %s has the type %s, but Kafka's is %s."
                  .formatted(known.name(), table.options().owner(), column.type(), known.type()));
        }
        return i;
      }
    }
    List<String> names = COLUMNS.stream().map(DataType.Field::name).toList();
    throw MillraceException.usage(
        "Metadata column '%s' of %s cannot be written%s"
            .formatted(column.name(), table.options().owner(), Nearest.hint(column.name(), names)));
  }

  /** Milliseconds since the epoch, or null to have the client set the time. */
  Long timestamp(Batch batch, int row) {
    if (timestamp < 0 || batch.column(timestamp).isNull(row)) {
      return null;
    }
    long millis = ((TimestampVector) batch.column(timestamp)).millis()[row];
    if (millis < 0) {
      throw new RefusedRowException(
          "A row's metadata column 'timestamp' lies before 1970, which Kafka cannot hold.");
    }
    return millis;
  }

  /** The headers; those without a key or a value are left out. */
  List<Header> headers(Batch batch, int row) {
    if (headers < 0 || batch.column(headers).isNull(row)) {
      return List.of();
    }
    MapVector map = (MapVector) batch.column(headers);
    BytesVector keys = (BytesVector) map.keys();
    BytesVector values = (BytesVector) map.values();
    List<Header> found = new ArrayList<>();
    int start = map.starts()[row];
    for (int i = start; i < start + map.lengths()[row]; i++) {
      if (!keys.isNull(i) && !values.isNull(i)) {
        int from = values.starts()[i];
        byte[] value = Arrays.copyOfRange(values.data(), from, from + values.lengths()[i]);
        found.add(new RecordHeader(keys.string(i), value));
      }
    }
    return found;
  }

  /** The topic that the row names, or null. */
  String topic(Batch batch, int row) {
    if (topic < 0 || batch.column(topic).isNull(row)) {
      return null;
    }
    return ((BytesVector) batch.column(topic)).string(row);
  }
}
