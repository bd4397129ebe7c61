package dev.millrace.benchmarks.torture;

import dev.millrace.benchmarks.torture.Orders.Total;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
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
  static final String LETTERS = "letters";
  private static final int PARTITIONS = 4;
  private static final Pattern NUMBER = Pattern.compile("\"(\\w+)\":\"?(-?\\d+)");
  private static final Pattern TABLE = Pattern.compile("\"table\":\"(\\w+)\"");
  private static final Pattern RAW_BYTES = Pattern.compile("\"raw_bytes\":\"([^\"]+)\"");

  private final String address;

  TortureTopics(String address) {
    this.address = address;
  }

  void create() throws ExecutionException, InterruptedException {
    List<NewTopic> topics = new ArrayList<>();
    for (String name : List.of(ORDERS, PAYMENTS, WINDOWS, LETTERS)) {
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
        json -> {
          Map<String, Long> row = numbers(json);
          found
              .computeIfAbsent(
                  row.get("start") + "/" + row.get("customer"), key -> new ArrayList<>())
              .add(new Total(row.get("orders"), row.get("amount")));
        });
    return found;
  }

  /** The committed letters so far: the tables of those about each order. */
  Map<String, List<String>> letters() {
    Map<String, List<String>> found = new HashMap<>();
    read(
        LETTERS,
        json -> {
          byte[] raw = Base64.getDecoder().decode(text(RAW_BYTES, json));
          Long order = numbers(new String(raw, StandardCharsets.UTF_8)).get("id");
          found
              .computeIfAbsent(Long.toString(order), key -> new ArrayList<>())
              .add(text(TABLE, json));
        });
    return found;
  }

  /** Hands over all committed records of a topic. */
  private void read(String topic, Consumer<String> to) {
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
          to.accept(new String(message.value(), StandardCharsets.UTF_8));
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

  private static String text(Pattern pattern, String json) {
    Matcher matcher = pattern.matcher(json);
    if (!matcher.find()) {
      throw new IllegalStateException("no letter: " + json);
    }
    return matcher.group(1);
  }
}
