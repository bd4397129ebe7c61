package dev.millrace.connectors.kafka;

import static dev.millrace.connectors.kafka.TestTable.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.EmbeddedBroker;
import dev.millrace.connectors.testing.Writing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is stopped while a table is written, and started again. */
class KafkaAwayTest {
  private static final String TOPIC = "away";

  /** How long the broker is away; more than two minutes are beyond the client's own patience. */
  private static final Duration OUTAGE =
      Duration.ofSeconds(Long.getLong("millrace.outage.seconds", 5));

  @TempDir private Path folder;

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private EmbeddedBroker broker(int port) throws IOException {
    return EmbeddedBroker.start(folder, port);
  }

  @Test
  void noRowIsLostWhileTheBrokerIsAway() throws Exception {
    int port = freePort();
    EmbeddedBroker broker = broker(port);
    String servers = broker.bootstrapServers();
    broker.createTopic(TOPIC, 1);
    TestTable table =
        TestTable.json()
            .option("topic", TOPIC)
            .option("properties.bootstrap.servers", servers)
            // So that the producer gives up on knowing the topic within the outage.
            .option("properties.metadata.max.age.ms", "1000")
            .option("properties.metadata.max.idle.ms", "5000")
            .option("properties.max.block.ms", "1000")
            .column("id", BIGINT);
    int rows = 20_000;
    try (Writing writing = table.writing()) {
      writing.insert(0L).write();
      broker.close();
      CompletableFuture<EmbeddedBroker> back =
          CompletableFuture.supplyAsync(
              () -> startAgain(port),
              CompletableFuture.delayedExecutor(OUTAGE.toMillis(), TimeUnit.MILLISECONDS));
      for (long i = 1; i < rows; i++) {
        writing.insert(i);
        if (i % 1000 == 0) {
          writing.write().tick();
        }
      }
      writing.write().finish();
      try (EmbeddedBroker again = back.get()) {
        assertThat(read(again.bootstrapServers(), rows))
            .containsExactlyElementsOf(
                LongStream.range(0, rows).mapToObj("{\"id\":%d}"::formatted).toList());
      }
    }
  }

  private EmbeddedBroker startAgain(int port) {
    try {
      return broker(port);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> read(String servers, int count) {
    List<String> values = new ArrayList<>();
    Map<String, Object> config = Map.of("bootstrap.servers", servers);
    try (KafkaConsumer<byte[], String> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partition = List.of(new TopicPartition(TOPIC, 0));
      consumer.assign(partition);
      consumer.seekToBeginning(partition);
      while (values.size() < count
          || consumer.position(partition.get(0))
              < consumer.endOffsets(partition).get(partition.get(0))) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
