package dev.millrace.connectors.kafka;

import dev.millrace.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** One broker for all tests of this process, and plain clients to look at it from outside. */
public final class TestKafka {
  private static final TestKafka SHARED = start();
  private static final AtomicInteger TOPICS = new AtomicInteger();

  private final EmbeddedBroker broker;
  private final Admin admin;
  private final KafkaProducer<String, String> producer;

  private TestKafka(EmbeddedBroker broker) {
    this.broker = broker;
    this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    this.producer = producer(Map.of());
  }

  private static TestKafka start() {
    try {
      EmbeddedBroker broker =
          EmbeddedBroker.start(null, 0, Map.of("auto.create.topics.enable", "false"));
      Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
      return new TestKafka(broker);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static TestKafka shared() {
    return SHARED;
  }

  public String servers() {
    return broker.bootstrapServers();
  }

  Admin admin() {
    return admin;
  }

  /** A new topic, whose name begins with {@code name}. */
  public String topic(String name, int partitions) {
    String topic = name + "-" + TOPICS.incrementAndGet();
    broker.createTopic(topic, partitions);
    return topic;
  }

  void addPartitions(String topic, int total) {
    await(() -> admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(total))).all().get());
  }

  /** Sets an option of a topic; the broker goes by it when this returns. */
  void configure(String topic, String option, String value) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    AlterConfigOp set = new AlterConfigOp(new ConfigEntry(option, value), AlterConfigOp.OpType.SET);
    await(() -> admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get());
    Awaitility.await()
        .until(
            () ->
                value.equals(
                    admin
                        .describeConfigs(List.of(resource))
                        .all()
                        .get()
                        .get(resource)
                        .get(option)
                        .value()));
  }

  void deleteTopic(String topic) {
    await(() -> admin.deleteTopics(List.of(topic)).all().get());
  }

  /** Deletes the records before this offset, as retention would. */
  void deleteRecordsBefore(String topic, int partition, long offset) {
    await(
        () ->
            admin
                .deleteRecords(
                    Map.of(
                        new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
                .all()
                .get());
  }

  void commit(String group, String topic, int partition, long offset) {
    await(
        () ->
            admin
                .alterConsumerGroupOffsets(
                    group,
                    Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
                .all()
                .get());
  }

  /** Lets a client send no more than so many bytes a second on average. */
  void throttle(String clientId, double bytesPerSecond) {
    ClientQuotaEntity entity = new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, clientId));
    ClientQuotaAlteration.Op rate =
        new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond);
    await(
        () ->
            admin
                .alterClientQuotas(List.of(new ClientQuotaAlteration(entity, List.of(rate))))
                .all()
                .get());
  }

  /** The committed offset, or -1. */
  long committed(String group, String topic, int partition) {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        await(() -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get());
    OffsetAndMetadata offset = offsets.get(new TopicPartition(topic, partition));
    return offset == null ? -1 : offset.offset();
  }

  KafkaProducer<String, String> producer(Map<String, String> settings) {
    Map<String, Object> config = new HashMap<>(settings);
    config.put("bootstrap.servers", servers());
    return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
  }

  void send(String topic, int partition, String... values) {
    for (String value : values) {
      send(new ProducerRecord<>(topic, partition, null, value));
    }
    producer.flush();
  }

  void sendKeyed(String topic, int partition, String key, String value) {
    send(new ProducerRecord<>(topic, partition, key, value));
    producer.flush();
  }

  void sendAt(String topic, int partition, long timestamp, String value) {
    send(new ProducerRecord<>(topic, partition, timestamp, null, value));
    producer.flush();
  }

  void send(ProducerRecord<String, String> record) {
    var unused = producer.send(record);
  }

  void flush() {
    producer.flush();
  }

  /** Every record of the topic, partition by partition. */
  public List<ConsumerRecord<String, String>> read(String topic) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", servers(), "isolation.level", "read_committed");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      List<ConsumerRecord<String, String>> records = new ArrayList<>();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      for (TopicPartition partition : partitions) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        while (consumer.position(partition) < ends.get(partition)) {
          consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        }
      }
      return records;
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private interface Action<T> {
    T run() throws ExecutionException, InterruptedException;
  }

  private static <T> T await(Action<T> action) {
    try {
      return action.run();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
