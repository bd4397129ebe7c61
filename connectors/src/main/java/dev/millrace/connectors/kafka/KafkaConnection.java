package dev.millrace.connectors.kafka;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Options;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * How a table reaches Kafka: the {@code properties.*} of its options, from which it makes clients.
 * Immutable.
 */
final class KafkaConnection {
  /** How long a broker may take to answer before it counts as unreachable. */
  private static final String ANSWER_TIMEOUT_MS = "10000";

  /**
   * Takes a third of the CPU time of the client's default, 16 KiB; it is filled under load only.
   */
  private static final String BATCH_BYTES = String.valueOf(128 << 10);

  private static final String NO_TIMEOUT_MS = String.valueOf(Integer.MAX_VALUE);

  /** The longest that a broker allows, unless it is set up otherwise. */
  private static final String TRANSACTION_TIMEOUT_MS = "900000";

  /** Properties that Flink's connector reads itself; Kafka's clients don't know them. */
  private static final List<String> CONNECTOR_PROPERTIES =
      List.of(
          "client.id.prefix",
          "partition.discovery.interval.ms",
          "commit.offsets.on.checkpoint",
          "register.consumer.metrics",
          "register.producer.metrics");

  private final String table;
  private final Map<String, String> properties;

  private KafkaConnection(String table, Map<String, String> properties) {
    this.table = table;
    this.properties = properties;
  }

  static KafkaConnection of(String table, Options options) {
    Map<String, String> properties = options.prefixed(KafkaOptions.PROPERTIES).asMap();
    if (!properties.containsKey("bootstrap.servers")) {
      throw MillraceException.usage(
          "Option 'properties.bootstrap.servers' is missing from %s.".formatted(options.owner()));
    }
    return new KafkaConnection(table, properties);
  }

  /** The table's name, for messages. */
  String table() {
    return table;
  }

  String bootstrapServers() {
    return properties.get("bootstrap.servers");
  }

  /** A property that the user gave, or null. */
  String property(String name) {
    return properties.get(name);
  }

  Map<String, String> properties() {
    return properties;
  }

  String groupId() {
    return property(ConsumerConfig.GROUP_ID_CONFIG);
  }

  Admin admin() {
    Map<String, Object> config = clientConfig("admin");
    if (!config.containsKey(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG)) {
      config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_TIMEOUT_MS);
      config.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_TIMEOUT_MS);
    }
    return create(() -> Admin.create(config));
  }

  /**
   * A consumer that commits nothing and resets nothing by itself.
   *
   * @param maxPollRecords records of one poll, unless the user says otherwise
   */
  KafkaConsumer<ByteBuffer, ByteBuffer> consumer(String name, int maxPollRecords) {
    return consumer(name, Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords));
  }

  /** A consumer that may have a broker create the topics it asks for. */
  KafkaConsumer<ByteBuffer, ByteBuffer> creatingConsumer(String name) {
    return consumer(name, Map.of(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "true"));
  }

  /** How a transaction names a group that has no members, but offsets. */
  ConsumerGroupMetadata memberless(String group) {
    try (KafkaConsumer<?, ?> member =
        consumer(group, Map.of(), Map.of(ConsumerConfig.GROUP_ID_CONFIG, group))) {
      return member.groupMetadata();
    }
  }

  private KafkaConsumer<ByteBuffer, ByteBuffer> consumer(
      String name, Map<String, Object> defaults) {
    return consumer(name, defaults, Map.of());
  }

  private KafkaConsumer<ByteBuffer, ByteBuffer> consumer(
      String name, Map<String, Object> defaults, Map<String, Object> settings) {
    Map<String, Object> config = clientConfig(name);
    config.putAll(settings);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    defaults.forEach(config::putIfAbsent);
    config.putIfAbsent(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    return create(
        () ->
            new KafkaConsumer<>(
                config, new ByteBufferDeserializer(), new ByteBufferDeserializer()));
  }

  /** A producer that waits for a broker that is away, for as long as it takes. */
  KafkaProducer<byte[], byte[]> producer(String name) {
    Map<String, Object> config = clientConfig(name);
    config.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    config.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, NO_TIMEOUT_MS);
    return producer(config);
  }

  /** A producer whose records become visible with its transactions. */
  KafkaProducer<byte[], byte[]> transactionalProducer(String transactionalId) {
    Map<String, Object> config = clientConfig(transactionalId);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    config.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
    return producer(config);
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> config) {
    if (!config.containsKey(ProducerConfig.BUFFER_MEMORY_CONFIG)) {
      config.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    }
    return create(
        () -> new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /** The user's properties with a client id of its own, so that broker logs tell clients apart. */
  private Map<String, Object> clientConfig(String name) {
    Map<String, Object> config = new HashMap<>(properties);
    CONNECTOR_PROPERTIES.forEach(config::remove);
    config.put("client.id", clientIdPrefix() + "-" + name);
    return config;
  }

  private String clientIdPrefix() {
    for (String name : List.of("client.id.prefix", "client.id", "group.id")) {
      if (properties.containsKey(name)) {
        return properties.get(name);
      }
    }
    return "millrace";
  }

  private <T> T create(Supplier<T> client) {
    try {
      return client.get();
    } catch (RuntimeException e) {
      throw KafkaErrors.ofCreation(this, e);
    }
  }
}
