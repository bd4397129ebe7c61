package dev.millrace.connectors.kafka;

import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceOutput;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.common.TopicPartition;

/** Decodes on the task's thread what a {@link PartitionFetcher} reads ahead on its own. */
final class KafkaSourceReader implements SourceReader {
  private final KafkaSource source;
  private final SourceContext context;
  private final FetchQueue queue = new FetchQueue();
  private final OffsetCommitter committer;
  private final RowDecoder decoder;
  private final Counter bytesIn;
  private final Queue<KafkaSplit> empty = new ArrayDeque<>();
  private final Map<TopicPartition, Long> handedOn = new HashMap<>();
  private PartitionFetcher fetcher;

  KafkaSourceReader(KafkaSource source, SourceContext context) {
    this.source = source;
    this.context = context;
    this.committer =
        new OffsetCommitter(source.connection(), context.checkpointing(), context.clock());
    this.decoder = new RowDecoder(source.decoding(), source.connection().table(), context);
    this.bytesIn = context.counter(Metrics.BYTES_IN);
  }

  @Override
  public void addSplit(Split split) {
    KafkaSplit partition = (KafkaSplit) split;
    if (partition.isEmpty()) {
      empty.add(partition);
      return;
    }
    if (fetcher == null) {
      fetcher =
          new PartitionFetcher(
              source.connection(),
              source.metadata(),
              source.decoding().keyFormat() != null,
              source.range().reset(),
              context,
              queue,
              committer);
    }
    fetcher.add(partition);
  }

  @Override
  public boolean poll(SourceOutput output) {
    boolean worked = false;
    for (KafkaSplit split = empty.poll(); split != null; split = empty.poll()) {
      output.finished(split);
      worked = true;
    }
    Fetch fetch = queue.take();
    if (fetch == null) {
      return worked;
    }
    for (FetchedBlock block : fetch.blocks()) {
      bytesIn.add(block.bytes());
      decoder.decode(block, output);
      handedOn.put(block.split().partition(), block.nextOffset());
      committer.handedOn(block.split().partition(), block.nextOffset());
    }
    fetch.finished().forEach(output::finished);
    return true;
  }

  @Override
  public Split remaining(Split split) {
    KafkaSplit of = (KafkaSplit) split;
    long next = handedOn.getOrDefault(of.partition(), of.start());
    return new KafkaSplit(of.partition(), next, of.stop());
  }

  @Override
  public void completed(List<Split> remaining) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (Split split : remaining) {
      offsets.put(((KafkaSplit) split).partition(), ((KafkaSplit) split).start());
    }
    committer.completed(offsets);
  }

  @Override
  public void close() {
    if (fetcher != null) {
      fetcher.close();
    }
  }
}
