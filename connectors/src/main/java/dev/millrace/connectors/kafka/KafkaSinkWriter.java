package dev.millrace.connectors.kafka;

import dev.millrace.connectors.DeliveryGuarantee;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
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
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Writes with a producer of its own or, exactly once, with those of the job's transactions. What is
 * on its way is bounded by the producer's {@code buffer.memory}: when that is full, {@link #write}
 * waits, and so it does while no broker is there. A record that Kafka finally does not take fails
 * the job with the next call; unless it is refused for its own sake, outside of transactions, and
 * such rows are to be reported.
 */
final class KafkaSinkWriter implements SinkWriter {
  private final KafkaSink sink;

  /** Null if the records are not written in transactions. */
  private final KafkaTransactions transactions;

  private final RowEncoding<List<ProducerRecord<byte[], byte[]>>> encoding;
  private final UpsertBuffer buffer;

  /** Null if what a broker refuses fails the job. */
  private final Refusals refusals;

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
    // A transaction with a refused record cannot be committed.
    boolean reporting = !context.errors().fail() && transactions == null;
    this.refusals = reporting ? new Refusals(sink, context.errors()) : null;
    Consumer<OutgoingRow> output = buffer == null ? this::send : buffer;
    this.encoding =
        new RowEncoding<>(
            context.errors(), encoder::encode, (batch, records) -> output(batch, records, output));
  }

  private void output(
      Batch batch, List<ProducerRecord<byte[], byte[]>> records, Consumer<OutgoingRow> output) {
    for (int row = 0; row < records.size(); row++) {
      output.accept(outgoing(records.get(row), batch, row));
    }
  }

  /** The buffer must not hold on to a batch for each row. */
  private OutgoingRow outgoing(ProducerRecord<byte[], byte[]> record, Batch batch, int row) {
    if (refusals == null) {
      return new OutgoingRow(record, null, row);
    }
    return buffer == null
        ? new OutgoingRow(record, batch, row)
        : new OutgoingRow(record, batch.take(Positions.of(new int[] {row}, 1)), 0);
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
    handleRefusals();
  }

  private void send(OutgoingRow row) {
    ProducerRecord<byte[], byte[]> record = row.record();
    sender = Thread.currentThread();
    if (refusals != null) {
      refusals.sent();
    }
    do {
      checkFailure();
      refused = null;
      sendOnce(row);
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

  private void sendOnce(OutgoingRow row) {
    try {
      // The callback sees every failure, also those that the future would tell.
      var unused = producer.send(row.record(), (metadata, e) -> completed(row, e));
    } catch (RuntimeException e) {
      throw KafkaErrors.translate(sink.connection(), e);
    }
  }

  /** Called by the producer's thread, or within {@code send} for a record it does not take. */
  private void completed(OutgoingRow row, Exception e) {
    if (e instanceof TimeoutException timeout && Thread.currentThread() == sender) {
      refused = timeout;
    } else if (e == null && refusals != null) {
      refusals.written();
    } else if (e != null && (refusals == null || !refusals.take(row, e))) {
      failure.compareAndSet(null, e);
    }
  }

  /** Returns whether there were any. */
  private boolean handleRefusals() {
    return refusals != null && refusals.handle(this::send);
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
    handleRefusals();
    if (buffer != null) {
      buffer.flushIfDue();
    }
  }

  @Override
  public int waiting() {
    return refusals == null ? 0 : refusals.count() + (buffer == null ? 0 : buffer.size());
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
    do {
      try {
        producer.flush();
      } catch (RuntimeException e) {
        throw KafkaErrors.translate(sink.connection(), e);
      }
      checkFailure();
    } while (handleRefusals());
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
