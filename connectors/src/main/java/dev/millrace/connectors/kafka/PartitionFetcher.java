package dev.millrace.connectors.kafka;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.error.MillraceException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the partitions of one reader with one consumer, on a thread of its own, and puts what it
 * gets into the queue.
 *
 * <p>{@link #add} and {@link #close} are for the reader's thread.
 */
final class PartitionFetcher implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionFetcher.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  /** A block ends when its records take this much, so that its bytes fit into one array. */
  private static final long BLOCK_BYTES = 16L << 20;

  private final KafkaConnection connection;
  private final List<ReadableMetadata> metadata;
  private final boolean readKeys;
  private final OffsetReset reset;
  private final SourceContext context;
  private final FetchQueue queue;
  private final OffsetCommitter committer;
  private final String name;
  private final BlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();
  private final Map<TopicPartition, KafkaSplit> splits = new HashMap<>();
  private final Thread thread;
  private volatile KafkaConsumer<ByteBuffer, ByteBuffer> consumer;
  private TopicWatch watch;
  private volatile boolean closed;

  PartitionFetcher(
      KafkaConnection connection,
      List<ReadableMetadata> metadata,
      boolean readKeys,
      OffsetReset reset,
      SourceContext context,
      FetchQueue queue,
      OffsetCommitter committer) {
    this.connection = connection;
    this.metadata = metadata;
    this.readKeys = readKeys;
    this.reset = reset;
    this.context = context;
    this.queue = queue;
    this.committer = committer;
    this.name = context.name() + "-" + context.subtask();
    this.thread = new Thread(this, "kafka-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Has the split read as well. */
  void add(KafkaSplit split) {
    command(() -> assign(split));
  }

  /** Has the thread do something between two polls; it looks for commands before each. */
  private void command(Runnable command) {
    commands.add(command);
    KafkaConsumer<?, ?> polling = consumer;
    if (polling != null) {
      polling.wakeup();
    }
  }

  /** Ends the thread and closes the consumer; waits a few seconds at most. */
  void close() {
    closed = true;
    command(() -> {});
    queue.close();
    try {
      thread.join(2 * CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    try (KafkaConsumer<ByteBuffer, ByteBuffer> made =
        connection.consumer(name, context.batchRows())) {
      consumer = made;
      watch = new TopicWatch(connection, made, context.clock());
      while (!closed) {
        step();
      }
      committer.commitLast(made, CLOSE);
      // Nothing to wait for: the fetch under way would hold the end up for half a second.
      made.close(CloseOptions.timeout(Duration.ZERO));
    } catch (InterruptedException | RuntimeException | Error e) {
      queue.fail(KafkaErrors.translate(connection, e));
      context.wake();
    }
  }

  private void step() throws InterruptedException {
    if (splits.isEmpty()) {
      commands.take().run();
    }
    Runnable command;
    while ((command = commands.poll()) != null) {
      command.run();
    }
    if (splits.isEmpty()) {
      return;
    }
    try {
      ConsumerRecords<ByteBuffer, ByteBuffer> records = consumer.poll(POLL);
      watch.polled(records.isEmpty(), splits.keySet());
      handOver(new Fetch(blocks(records), List.of()));
      handOver(new Fetch(List.of(), finish()));
      committer.commitIfDue(consumer);
    } catch (WakeupException e) {
      LOG.trace("Woken", e);
    } catch (OffsetOutOfRangeException e) {
      resetOffsets(e);
    } catch (InterruptException e) {
      throw new InterruptedException();
    }
  }

  private void assign(KafkaSplit split) {
    splits.put(split.partition(), split);
    consumer.assign(splits.keySet());
    consumer.seek(split.partition(), split.start());
  }

  private void handOver(Fetch fetch) throws InterruptedException {
    if (!fetch.isEmpty() && queue.put(fetch)) {
      context.wake();
    }
  }

  private List<FetchedBlock> blocks(ConsumerRecords<ByteBuffer, ByteBuffer> records) {
    List<FetchedBlock> blocks = new ArrayList<>();
    for (TopicPartition partition : records.partitions()) {
      KafkaSplit split = splits.get(partition);
      List<ConsumerRecord<ByteBuffer, ByteBuffer>> wanted =
          beforeStop(records.records(partition), split.stop());
      for (int from = 0; from < wanted.size(); ) {
        int to = blockEnd(wanted, from);
        blocks.add(block(split, wanted.subList(from, to)));
        from = to;
      }
    }
    return blocks;
  }

  private static List<ConsumerRecord<ByteBuffer, ByteBuffer>> beforeStop(
      List<ConsumerRecord<ByteBuffer, ByteBuffer>> records, long stop) {
    int count = records.size();
    while (count > 0 && records.get(count - 1).offset() >= stop) {
      count--;
    }
    return records.subList(0, count);
  }

  /** Where the block that begins at {@code from} ends: at a full batch of rows or many bytes. */
  private int blockEnd(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records, int from) {
    int limit = Math.min(records.size(), from + context.batchRows());
    long bytes = 0;
    int to = from;
    while (to < limit && (to == from || bytes < BLOCK_BYTES)) {
      ConsumerRecord<ByteBuffer, ByteBuffer> record = records.get(to++);
      bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }
    return to;
  }

  private FetchedBlock block(
      KafkaSplit split, List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
    Vector[] columns = new Vector[metadata.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = metadata.get(i).read(records);
    }
    return new FetchedBlock(
        split,
        readKeys ? RecordBlocks.copy(records, ConsumerRecord::key) : null,
        RecordBlocks.copy(records, ConsumerRecord::value),
        ReadableMetadata.offsets(records),
        columns);
  }

  /**
   * Takes the splits out that have reached their stop. The consumer's position tells, not the last
   * record: transaction markers and compacted records take offsets as well.
   */
  private List<KafkaSplit> finish() {
    List<KafkaSplit> finished = new ArrayList<>();
    for (KafkaSplit split : splits.values()) {
      if (split.bounded() && position(split.partition()) >= split.stop()) {
        finished.add(split);
      }
    }
    if (!finished.isEmpty()) {
      finished.forEach(split -> splits.remove(split.partition()));
      consumer.assign(splits.keySet());
    }
    return finished;
  }

  private long position(TopicPartition partition) {
    try {
      return consumer.position(partition, POLL);
    } catch (RetriableException e) {
      LOG.debug("The position in {} is not known yet", partition, e);
      return -1;
    }
  }

  private void resetOffsets(OffsetOutOfRangeException e) {
    Map<TopicPartition, Long> lost = e.offsetOutOfRangePartitions();
    if (reset == OffsetReset.NONE) {
      Map.Entry<TopicPartition, Long> first = lost.entrySet().iterator().next();
      throw MillraceException.job(
          ("Table '%s': offset %d of topic %s, partition %d is not there (any more); set"
                  + " 'properties.auto.offset.reset' to 'earliest' or 'latest', or another"
                  + " 'scan.startup.mode'.")
              .formatted(
                  connection.table(),
                  first.getValue(),
                  first.getKey().topic(),
                  first.getKey().partition()),
          e);
    }
    LOG.warn(
        "Table '{}': offsets {} are not there (any more); reading goes on at the {} ones.",
        connection.table(),
        lost,
        reset == OffsetReset.EARLIEST ? "earliest" : "latest");
    Set<TopicPartition> partitions = lost.keySet();
    if (reset == OffsetReset.EARLIEST) {
      consumer.seekToBeginning(partitions);
    } else {
      consumer.seekToEnd(partitions);
    }
  }
}
