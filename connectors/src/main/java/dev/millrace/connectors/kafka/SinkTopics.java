package dev.millrace.connectors.kafka;

import dev.millrace.engine.error.MillraceException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure, before anything runs, that the topics of a sink can be written: a broker may create a
 * missing one, if asked for it and set up so ({@code auto.create.topics.enable}).
 */
final class SinkTopics {
  private static final Logger LOG = LoggerFactory.getLogger(SinkTopics.class);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long PAUSE_MILLIS = 100;

  private SinkTopics() {}

  /** Throws a user's error if the brokers cannot be reached or a topic is not there. */
  static void check(KafkaConnection connection, TopicSelection topics) {
    try (KafkaMetadata metadata = new KafkaMetadata(connection)) {
      Set<String> there = metadata.topicNames();
      for (String topic : topics.names()) {
        if (!there.contains(topic) && !created(connection, metadata, topic)) {
          throw metadata.missing(topic, null);
        }
      }
    }
  }

  /** Whether the brokers say that a topic is not there; not so if none answers. */
  static boolean isGone(KafkaConnection connection, String topic) {
    try (KafkaMetadata metadata = new KafkaMetadata(connection)) {
      return !metadata.topicNames().contains(topic);
    } catch (MillraceException e) {
      LOG.warn("Table '{}' waits: {}", connection.table(), e.getMessage());
      return false;
    }
  }

  private static boolean created(KafkaConnection connection, KafkaMetadata metadata, String topic) {
    long start = System.nanoTime();
    try (KafkaConsumer<ByteBuffer, ByteBuffer> asking = connection.creatingConsumer("topics")) {
      while (System.nanoTime() - start < PATIENCE_NANOS) {
        asking.partitionsFor(topic);
        if (metadata.topicNames().contains(topic)) {
          return true;
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (RuntimeException e) {
      throw KafkaErrors.translate(connection, e);
    }
  }
}
