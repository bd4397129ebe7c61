package dev.millrace.benchmarks.torture;

import dev.millrace.benchmarks.torture.Orders.Total;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of the torture, from outside the job: with nothing but Kafka's own clients. */
final class TortureTopics {
  static final String ORDERS = "orders";
  static final String PAYMENTS = "payments";
  static final String WINDOWS = "windows";
  private static final int PARTITIONS = 4;
  private static final Pattern NUMBER = Pattern.compile("\"(\\w+)\":\"?(-?\\d+)");

  private final String address;

  TortureTopics(String address) {
    this.address = address;
  }

  void create() throws ExecutionException, InterruptedException {
    List<NewTopic> topics = new ArrayList<>();
    for (String name : List.of(ORDERS, PAYMENTS, WINDOWS)) {
      topics.add(new NewTopic(name, PARTITIONS, (short) 1));
    }
    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address))) {
      admin.createTopics(topics).all().get();
    }
  }

  KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, address,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
            // A broker that is away must not cost an order.
            ProducerConfig.MAX_BLOCK_MS_CONFIG, "600000",
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "600000"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  static ProducerRecord<byte[], byte[]> record(String topic, long number, String json) {
    return new ProducerRecord<>(
        topic, (int) (number % PARTITIONS), null, json.getBytes(StandardCharsets.UTF_8));
  }

  static ProducerRecord<byte[], byte[]> last(String topic, int partition, String json) {
    return new ProducerRecord<>(topic, partition, null, json.getBytes(StandardCharsets.UTF_8));
  }

  static int partitions() {
    return PARTITIONS;
  }

  /** The committed results so far: how often each window's total is there. */
  Map<String, List<Total>> windows() {
    Map<String, List<Total>> found = new HashMap<>();
    read(
        WINDOWS,
        row ->
            found
                .computeIfAbsent(
                    row.get("start") + "/" + row.get("customer"), key -> new ArrayList<>())
                .add(new Total(row.get("orders"), row.get("amount"))));
    return found;
  }

  /** Hands over all committed records of a topic, as the numbers in them. */
  private void read(String topic, Consumer<Map<String, Long>> to) {
    Map<String, Object> config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            address,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            IsolationLevel.READ_COMMITTED.name().toLowerCase(Locale.ROOT));
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(topic, p)).toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.seekToBeginning(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
          to.accept(numbers(new String(message.value(), StandardCharsets.UTF_8)));
        }
      }
    }
  }

  private static Map<String, Long> numbers(String json) {
    Map<String, Long> numbers = new HashMap<>();
    Matcher matcher = NUMBER.matcher(json);
    while (matcher.find()) {
      numbers.put(matcher.group(1), Long.parseLong(matcher.group(2)));
    }
    return numbers;
  }
}
