package dev.millrace.cli.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks into a topic with a plain Kafka consumer. */
final class CleanReadings {
  private CleanReadings() {}

  /** One line that says how many records the topic's partition 0 holds and shows the last one. */
  static String describe(String bootstrapServers, String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      if (end == 0) {
        return "The topic '" + topic + "' is empty.";
      }
      consumer.seek(partition, end - 1);
      return "The topic '%s' holds %d clean readings, the last: %s"
          .formatted(topic, end, last(consumer));
    }
  }

  private static String last(KafkaConsumer<byte[], byte[]> consumer) {
    String value = "(not readable within 10 s)";
    for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofSeconds(10))) {
      value = new String(message.value(), StandardCharsets.UTF_8);
    }
    return value;
  }
}
