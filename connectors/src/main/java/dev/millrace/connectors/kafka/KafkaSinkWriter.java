package dev.millrace.connectors.kafka;

import dev.millrace.connectors.DeliveryGuarantee;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.connector.RowEncoding;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Writes with a producer of its own or, exactly once, with those of the job's transactions. What is
 * on its way is bounded by the producer's {@code buffer.memory}: when that is full, {@link #write}
 * waits, and so it does while no broker is there. A record that Kafka finally does not take fails
 * the job with the next call.
 */
final class KafkaSinkWriter implements SinkWriter {
  private final KafkaSink sink;

  /** Null if the records are not written in transactions. */
  private final KafkaTransactions transactions;

  private final RowEncoding<List<ProducerRecord<byte[], byte[]>>> encoding;
  private final UpsertBuffer buffer;
  private final Counter bytesOut;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /** Who is in {@link #send}. */
  private volatile Thread sender;

  /** Why the producer has not taken the last record, or null; only the sender uses it. */
  private TimeoutException refused;

  private KafkaProducer<byte[], byte[]> producer;
  private long epoch;
  private boolean finished;

  KafkaSinkWriter(KafkaSink sink, SinkContext context) {
    this.sink = sink;
    this.bytesOut = context.counter(Metrics.BYTES_OUT);
    if (context.subtask() == 0) {
      SinkTopics.check(sink.connection(), sink.topics());
    }
    this.transactions = (KafkaTransactions) context.transactions();
    this.epoch = context.firstEpoch();
    this.producer =
        transactions == null
            ? sink.connection().producer(context.name() + "-" + context.subtask())
            : transactions.producer(epoch);
    RowEncoder encoder =
        new RowEncoder(
            sink,
            new TargetTopic(sink),
            sink.fixedPartition()
                ? TargetPartition.fixed(context.subtask(), this::partitionCount)
                : TargetPartition.byClient());
    this.buffer =
        sink.buffer() == null ? null : new UpsertBuffer(sink.buffer(), context.clock(), this::send);
    Consumer<ProducerRecord<byte[], byte[]>> output = buffer == null ? this::send : buffer;
    this.encoding =
        new RowEncoding<>(context.errors(), encoder::encode, records -> records.forEach(output));
  }

  private int partitionCount(String topic) {
    try {
      return producer.partitionsFor(topic).size();
    } catch (RuntimeException e) {
      throw KafkaErrors.translate(sink.connection(), e);
    }
  }

  @Override
  public void write(Batch batch) {
    encoding.write(batch);
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    sender = Thread.currentThread();
    do {
      checkFailure();
      refused = null;
      sendOnce(record);
    } while (mayBeTakenLater(record.topic()));
    bytesOut.add(length(record.key()) + length(record.value()));
  }

  /**
   * Whether the producer has not taken the record because the broker is slow or away: its buffer is
   * full, or it knows nothing of the topic any more.
   */
  private boolean mayBeTakenLater(String topic) {
    if (refused == null) {
      return false;
    }
    boolean full = refused instanceof BufferExhaustedException;
    if (!full && SinkTopics.isGone(sink.connection(), topic)) {
      throw KafkaErrors.translate(sink.connection(), refused);
    }
    return true;
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private void sendOnce(ProducerRecord<byte[], byte[]> record) {
    try {
      // The callback sees every failure, also those that the future would tell.
      var unused = producer.send(record, this::completed);
    } catch (RuntimeException e) {
      throw KafkaErrors.translate(sink.connection(), e);
    }
  }

  /** Called by the producer's thread, or within {@code send} for a record it does not take. */
  private void completed(RecordMetadata metadata, Exception e) {
    if (e instanceof TimeoutException timeout && Thread.currentThread() == sender) {
      refused = timeout;
    } else if (e != null) {
      failure.compareAndSet(null, e);
    }
  }

  private void checkFailure() {
    Exception e = failure.get();
    if (e != null) {
      MillraceException reason = KafkaErrors.translate(sink.connection(), e);
      throw MillraceException.job(
          "Records for topic '%s' were not written. %s"
              .formatted(sink.topics(), reason.getMessage()),
          e);
    }
  }

  @Override
  public void tick() {
    checkFailure();
    if (buffer != null) {
      buffer.flushIfDue();
    }
  }

  @Override
  public List<String> endEpoch() {
    if (sink.delivery() != DeliveryGuarantee.NONE) {
      flush();
    }
    epoch++;
    if (transactions != null) {
      producer = transactions.producer(epoch);
    }
    return List.of();
  }

  private void flush() {
    if (buffer != null) {
      buffer.flush();
    }
    try {
      producer.flush();
    } catch (RuntimeException e) {
      throw KafkaErrors.translate(sink.connection(), e);
    }
    checkFailure();
  }

  @Override
  public void finish() {
    flush();
    finished = true;
  }

  @Override
  public void close() {
    if (transactions == null) {
      producer.close(finished ? Duration.ofSeconds(5) : Duration.ZERO);
    }
  }
}
