package dev.millrace.connectors.kafka;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.IntBuilder;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.MapBuilder;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.VectorBuilder;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.Nearest;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.option.Options;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The metadata columns of a record, with their types in SQL. */
@SuppressWarnings("ImmutableEnumChecker") // DataType is immutable, though not annotated so
enum ReadableMetadata {
  TOPIC("topic", DataType.string().withNullable(false)) {
    @Override
    Vector read(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
      byte[] topic = records.get(0).topic().getBytes(StandardCharsets.UTF_8);
      ByteHeap heap = ByteHeap.wrap(topic, topic.length);
      BytesBuilder builder = new BytesBuilder(heap);
      for (int i = 0; i < records.size(); i++) {
        builder.appendRange(0, topic.length);
      }
      return builder.build();
    }
  },
  PARTITION("partition", DataType.of(TypeRoot.INT).withNullable(false)) {
    @Override
    Vector read(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
      IntBuilder builder = new IntBuilder();
      for (ConsumerRecord<ByteBuffer, ByteBuffer> record : records) {
        builder.append(record.partition());
      }
      return builder.build();
    }
  },
  HEADERS("headers", DataType.map(DataType.string(), DataType.bytes()).withNullable(false)) {
    @Override
    Vector read(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
      MapBuilder builder = (MapBuilder) VectorBuilder.of(type(), new ByteHeap());
      for (ConsumerRecord<ByteBuffer, ByteBuffer> record : records) {
        // A later header of the same key replaces the earlier.
        Map<String, byte[]> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
          headers.put(header.key(), header.value());
        }
        headers.forEach((key, value) -> append(builder, key, value));
        builder.endMap();
      }
      return builder.build();
    }
  },
  LEADER_EPOCH("leader-epoch", DataType.of(TypeRoot.INT)) {
    @Override
    Vector read(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
      IntBuilder builder = new IntBuilder();
      for (ConsumerRecord<ByteBuffer, ByteBuffer> record : records) {
        Optional<Integer> epoch = record.leaderEpoch();
        if (epoch.isPresent()) {
          builder.append(epoch.get());
        } else {
          builder.appendNull();
        }
      }
      return builder.build();
    }
  },
  OFFSET("offset", DataType.of(TypeRoot.BIGINT).withNullable(false)) {
    @Override
    Vector read(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
      return new LongVector(records.size(), offsets(records), null);
    }
  },
  TIMESTAMP("timestamp", DataType.of(TypeRoot.TIMESTAMP_LTZ, 3).withNullable(false)) {
    @Override
    Vector read(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
      long[] millis = new long[records.size()];
      for (int i = 0; i < millis.length; i++) {
        millis[i] = records.get(i).timestamp();
      }
      return new TimestampVector(millis.length, millis, null, null);
    }
  },
  TIMESTAMP_TYPE("timestamp-type", DataType.string().withNullable(false)) {
    @Override
    Vector read(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
      BytesBuilder builder = new BytesBuilder(new ByteHeap());
      for (ConsumerRecord<ByteBuffer, ByteBuffer> record : records) {
        builder.append(record.timestampType().toString());
      }
      return builder.build();
    }
  };

  private final String key;
  private final DataType type;

  ReadableMetadata(String key, DataType type) {
    this.key = key;
    this.type = type;
  }

  DataType type() {
    return type;
  }

  /** The column for some records of one partition, at least one. */
  abstract Vector read(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records);

  static long[] offsets(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
    long[] offsets = new long[records.size()];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = records.get(i).offset();
    }
    return offsets;
  }

  private static void append(MapBuilder builder, String key, byte[] value) {
    ((BytesBuilder) builder.keys()).append(key);
    if (value == null) {
      builder.values().appendNull();
    } else {
      ((BytesBuilder) builder.values()).append(value);
    }
  }

  /** The metadata that this column of a table asks for. */
  static ReadableMetadata of(DataType.Field column, Options options) {
    for (ReadableMetadata metadata : values()) {
      if (metadata.key.equals(column.name())) {
        return metadata.checked(column, options);
      }
    }
    if (column.name().startsWith("value.")) {
      throw new UnsupportedException(
          "metadata column '%s' of %s (metadata of the value's format)"
              .formatted(column.name(), options.owner()));
    }
    List<String> keys = Arrays.stream(values()).map(metadata -> metadata.key).toList();
    throw MillraceException.usage(
        "Unknown metadata column '%s' of %s%s"
            .formatted(column.name(), options.owner(), Nearest.hint(column.name(), keys)));
  }

  private ReadableMetadata checked(DataType.Field column, Options options) {
    if (!column.type().sameIgnoringNullability(type)) {
      throw MillraceException.usage(
          "Metadata column '%s' of %s has the type %s, but Kafka's is %s."
              .formatted(key, options.owner(), column.type(), type));
    }
    return this;
  }
}
