package dev.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.batch.Vector;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class FetchQueueTest {
  private final FetchQueue queue = new FetchQueue();

  private static Fetch fetch(int bytes) {
    KafkaSplit split = new KafkaSplit(new TopicPartition("t", 0), 0, 1);
    RecordBlock values = new RecordBlock(new byte[bytes], new int[] {0}, new int[] {bytes}, 1);
    return new Fetch(
        List.of(new FetchedBlock(split, null, values, new long[1], new Vector[0])), List.of());
  }

  private CompletableFuture<Boolean> putLater(Fetch fetch) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return queue.put(fetch);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void waitsWhenManyBytesAreThere() throws Exception {
    queue.put(fetch((int) FetchQueue.MAX_BYTES));
    CompletableFuture<Boolean> second = putLater(fetch(1));
    Thread.sleep(100);
    assertThat(second).isNotDone();
    assertThat(queue.take()).isNotNull();
    assertThat(second.get()).isTrue();
    assertThat(queue.take().bytes()).isEqualTo(1);
    assertThat(queue.take()).isNull();
  }

  @Test
  void closingLetsTheWaitingGo() throws Exception {
    for (int i = 0; i < FetchQueue.MAX_FETCHES; i++) {
      queue.put(fetch(1));
    }
    CompletableFuture<Boolean> next = putLater(fetch(1));
    queue.close();
    assertThat(next.get()).isFalse();
    assertThat(queue.take()).isNull();
  }

  @Test
  void failsOnlyAfterWhatCameBefore() throws Exception {
    queue.put(fetch(1));
    queue.fail(new IllegalStateException("gone"));
    assertThat(queue.take()).isNotNull();
    assertThatThrownBy(queue::take).hasMessage("gone");
  }
}
