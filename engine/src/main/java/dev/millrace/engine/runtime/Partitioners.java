package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.key.KeyGroups;
import dev.millrace.engine.key.KeyHash;
import dev.millrace.engine.runtime.ExchangeStage.Partitioner;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;

/** How rows are dealt out to the instances of the next node. */
final class Partitioners {
  private Partitioners() {}

  /** The partitioner of one producing instance. */
  static Partitioner of(Exchange exchange, DataType rowType, int producer, int consumers) {
    if (exchange instanceof Exchange.Hash hash) {
      return consumers == 1 ? single() : new ByKey(hash, rowType, consumers);
    }
    if (exchange instanceof Exchange.Broadcast) {
      return (batch, send) -> {
        for (int i = 0; i < consumers; i++) {
          send.to(i, batch);
        }
      };
    }
    return exchange instanceof Exchange.Single ? single() : new RoundRobin(producer, consumers);
  }

  /** Forward between equal parallelisms: instance n to instance n. */
  static Partitioner only() {
    return single();
  }

  private static Partitioner single() {
    return (batch, send) -> send.to(0, batch);
  }

  /** Batch by batch, each producer beginning at another consumer. */
  private static final class RoundRobin implements Partitioner {
    private final int consumers;
    private int next;

    RoundRobin(int producer, int consumers) {
      this.consumers = consumers;
      this.next = producer % consumers;
    }

    @Override
    public void partition(Batch batch, Send send) {
      send.to(next, batch);
      next = (next + 1) % consumers;
    }
  }

  /** By the key group of the key columns, so that state can be moved by key group. */
  private static final class ByKey implements Partitioner {
    private final KeyHash hash;
    private final int consumers;

    ByKey(Exchange.Hash exchange, DataType rowType, int consumers) {
      this.hash = new KeyHash(rowType, exchange.columns());
      this.consumers = consumers;
    }

    @Override
    public void partition(Batch batch, Send send) {
      int rows = batch.rowCount();
      int[] hashes = hash.hash(batch);
      int[] counts = new int[consumers];
      for (int row = 0; row < rows; row++) {
        hashes[row] = KeyGroups.instance(KeyGroups.of(hashes[row]), consumers);
        counts[hashes[row]]++;
      }
      int[][] positions = new int[consumers][];
      for (int i = 0; i < consumers; i++) {
        positions[i] = new int[counts[i]];
      }
      Arrays.fill(counts, 0);
      for (int row = 0; row < rows; row++) {
        int target = hashes[row];
        positions[target][counts[target]++] = row;
      }
      for (int i = 0; i < consumers; i++) {
        if (counts[i] > 0) {
          send.to(i, counts[i] == rows ? batch : batch.take(Positions.of(positions[i], counts[i])));
        }
      }
    }
  }
}
