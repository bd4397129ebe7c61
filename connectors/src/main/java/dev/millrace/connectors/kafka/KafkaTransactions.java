package dev.millrace.connectors.kafka;

import dev.millrace.engine.connector.EpochTransactions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction of Kafka for each epoch. Two producers take turns, so that the rows of the next
 * epoch need not wait until the last one is committed. A transaction commits, along with its rows,
 * an offset for a group of its own, whose metadata is the number of the epoch ({@link EpochMark}).
 *
 * <p>Writers use {@link #producer}, which is thread-safe.
 */
final class KafkaTransactions implements EpochTransactions {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaTransactions.class);
  private static final int PRODUCERS = 2;
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final KafkaConnection connection;
  private final TopicSelection topics;
  private final String run;
  private final ConsumerGroupMetadata group;
  private final KafkaProducer<byte[], byte[]>[] producers;
  private final Set<Long> begun = new HashSet<>();
  private TopicPartition markedPartition;

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of generic objects, never handed out
  KafkaTransactions(
      KafkaConnection connection, String transactionalIdPrefix, TopicSelection topics, String run) {
    this.connection = connection;
    this.topics = topics;
    this.run = run.isEmpty() ? "none" : run;
    this.group = connection.memberless(transactionalIdPrefix + "-epochs");
    this.producers = new KafkaProducer[PRODUCERS];
    for (int i = 0; i < PRODUCERS; i++) {
      producers[i] = connection.transactionalProducer(transactionalIdPrefix + "-" + i);
    }
  }

  /** The producer of an epoch that was begun. */
  KafkaProducer<byte[], byte[]> producer(long epoch) {
    return producers[(int) (epoch % PRODUCERS)];
  }

  @Override
  public long recover() {
    try (KafkaMetadata metadata = new KafkaMetadata(connection)) {
      for (KafkaProducer<byte[], byte[]> producer : producers) {
        producer.initTransactions();
      }
      return metadata.stableOffsets(group.groupId()).values().stream()
          .flatMap(offset -> EpochMark.of(offset).stream())
          .filter(mark -> mark.run().equals(run))
          .mapToLong(EpochMark::epoch)
          .max()
          .orElse(NONE);
    } catch (RuntimeException e) {
      throw KafkaErrors.translate(connection, e);
    }
  }

  @Override
  public void begin(long epoch) {
    try {
      producer(epoch).beginTransaction();
      begun.add(epoch);
    } catch (RuntimeException e) {
      throw KafkaErrors.translate(connection, e);
    }
  }

  @Override
  public void commit(long epoch) {
    try {
      KafkaProducer<byte[], byte[]> producer = producer(epoch);
      producer.sendOffsetsToTransaction(
          Map.of(markedPartition(), new EpochMark(run, epoch).offset()), group);
      producer.commitTransaction();
      begun.remove(epoch);
    } catch (RuntimeException e) {
      throw KafkaErrors.translate(connection, e);
    }
  }

  /** Nobody needs to read it; but a broker takes offsets of partitions that exist only. */
  private TopicPartition markedPartition() {
    if (markedPartition == null) {
      try (KafkaMetadata metadata = new KafkaMetadata(connection)) {
        markedPartition = metadata.partitions(topics).get(0);
      }
    }
    return markedPartition;
  }

  /** What is open is aborted, lest readers of committed records wait for it. */
  @Override
  public void close() {
    for (long epoch : begun) {
      try {
        producer(epoch).abortTransaction();
      } catch (RuntimeException e) {
        LOG.debug("The transaction of epoch {} is left to the broker", epoch, e);
      }
    }
    for (KafkaProducer<byte[], byte[]> producer : producers) {
      producer.close(CLOSE);
    }
  }
}
