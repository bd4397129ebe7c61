package dev.millrace.connectors.kafka;

import dev.millrace.engine.batch.RecordBlock;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes record blocks of what the client received, and parts of them. */
final class RecordBlocks {
  private RecordBlocks() {}

  /** Copies the keys or values of the records together, those that are null as absent. */
  static RecordBlock copy(
      List<ConsumerRecord<ByteBuffer, ByteBuffer>> records,
      Function<ConsumerRecord<ByteBuffer, ByteBuffer>, ByteBuffer> part) {
    int count = records.size();
    int[] starts = new int[count];
    int[] lengths = new int[count];
    int end = 0;
    for (int i = 0; i < count; i++) {
      ByteBuffer bytes = part.apply(records.get(i));
      int length = bytes == null ? RecordBlock.ABSENT : bytes.remaining();
      starts[i] = end;
      lengths[i] = length;
      end += Math.max(0, length);
    }
    byte[] data = new byte[end];
    for (int i = 0; i < count; i++) {
      if (lengths[i] > 0) {
        ByteBuffer bytes = part.apply(records.get(i));
        bytes.get(bytes.position(), data, starts[i], lengths[i]);
      }
    }
    return new RecordBlock(data, starts, lengths, count);
  }

  /** The records {@code from} up to {@code to} of the block, on the same bytes. */
  static RecordBlock slice(RecordBlock block, int from, int to) {
    return from == 0 && to == block.count()
        ? block
        : new RecordBlock(
            block.data(),
            Arrays.copyOfRange(block.starts(), from, to),
            Arrays.copyOfRange(block.lengths(), from, to),
            to - from);
  }
}
