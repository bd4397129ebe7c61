package dev.millrace.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
  @Test
  void keepsItsTopicsWhenStartedAgainInTheSameDirectory(@TempDir Path dir) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, 0)) {
      broker.createTopic("readings", 3);
      broker.createTopic("readings", 3);
      send(broker.bootstrapServers(), "readings", 1, "hello");
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, 0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      assertThat(admin.describeTopics(List.of("readings")).allTopicNames().get().get("readings"))
          .satisfies(topic -> assertThat(topic.partitions()).hasSize(3));
      assertThat(readOne(broker.bootstrapServers(), "readings", 1)).isEqualTo("hello");
    }
  }

  @Test
  void runsApartFromTheCallersKafkaClasses() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(null, 0)) {
      assertThat(broker.bootstrapServers()).startsWith("localhost:");
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().startsWith("data-plane-kafka"))
          .isNotEmpty()
          .allSatisfy(
              thread ->
                  assertThat(thread.getContextClassLoader()).isInstanceOf(BrokerClassLoader.class));
    }
  }

  @Test
  void namesThePortThatIsTaken() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedBroker.start(null, other.getLocalPort()))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "Port %d is taken; stop what listens there or choose another.", other.getLocalPort());
    }
  }

  @Test
  void namesADirectoryThatCannotBeMade(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "in the way");
    assertThatThrownBy(() -> EmbeddedBroker.start(file.resolve("log"), 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }

  private static void send(String servers, String topic, int partition, String value)
      throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(topic, partition, null, value.getBytes(StandardCharsets.UTF_8)))
          .get();
    }
  }

  private static String readOne(String servers, String topic, int partition) {
    TopicPartition from = new TopicPartition(topic, partition);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(from));
      consumer.seekToBeginning(List.of(from));
      List<ConsumerRecord<byte[], byte[]>> records =
          consumer.poll(Duration.ofSeconds(30)).records(from);
      return new String(records.get(0).value(), StandardCharsets.UTF_8);
    }
  }
}
