package dev.millrace.connectors.kafka;

import static dev.millrace.connectors.kafka.TestTable.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.connectors.testing.Flows;
import dev.millrace.connectors.testing.Letters;
import dev.millrace.connectors.testing.TestSinkContext;
import dev.millrace.connectors.testing.Writing;
import dev.millrace.engine.checkpoint.BlobStores;
import dev.millrace.engine.checkpoint.Checkpointing;
import dev.millrace.engine.checkpoint.SnapshotStore;
import dev.millrace.engine.connector.EpochTransactions;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.runtime.Job;
import dev.millrace.engine.runtime.JobConfig;
import dev.millrace.engine.runtime.Origin;
import dev.millrace.engine.type.DataType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaExactlyOnceTest {
  @TempDir private Path folder;

  private final TestKafka kafka = TestKafka.shared();

  private static TestTable table(String topic) {
    return TestTable.json().option("topic", topic).column("id", BIGINT);
  }

  private static TestTable exactlyOnce(String topic) {
    return table(topic)
        .option("sink.delivery-guarantee", "exactly-once")
        .option("sink.transactional-id-prefix", "to-" + topic);
  }

  private static KafkaSystem system(String topic) {
    return (KafkaSystem) exactlyOnce(topic).sink().system();
  }

  private List<String> read(String topic) {
    return kafka.read(topic).stream().map(ConsumerRecord::value).toList();
  }

  /** A broker tells the partitions of a commit after it has told the producer. */
  private void awaitRecords(String topic, String... values) {
    await().atMost(Duration.ofMinutes(1)).until(() -> read(topic).equals(List.of(values)));
  }

  private static void write(
      EpochTransactions transactions, long epoch, String topic, String value) {
    KafkaProducer<byte[], byte[]> producer = ((KafkaTransactions) transactions).producer(epoch);
    var unused = producer.send(new ProducerRecord<>(topic, TestKafka.utf8(value)));
    producer.flush();
  }

  @Test
  void epochsBecomeVisibleOneByOneAndAreKnownToTheNextProcess() {
    String topic = kafka.topic("epochs", 1);
    try (EpochTransactions transactions = system(topic).open("job", "run")) {
      assertThat(transactions.recover()).isEqualTo(EpochTransactions.NONE);
      transactions.begin(1);
      write(transactions, 1, topic, "one");
      transactions.begin(2);
      write(transactions, 2, topic, "two");
      assertThat(read(topic)).isEmpty();
      transactions.commit(1);
      awaitRecords(topic, "one");
    }
    try (EpochTransactions next = system(topic).open("job", "run")) {
      assertThat(next.recover()).isEqualTo(1);
      next.begin(2);
      write(next, 2, topic, "two again");
      next.commit(2);
    }
    awaitRecords(topic, "one", "two again");
    try (EpochTransactions other = system(topic).open("job", "another run")) {
      assertThat(other.recover()).isEqualTo(EpochTransactions.NONE);
    }
  }

  @Test
  void aRecordThatIsTooLargeForItsTopicIsALetterAndItsEpochGoesOn() {
    String topic = kafka.topic("large-once", 1);
    kafka.configure(topic, "max.message.bytes", "1000");
    TestTable table = exactlyOnce(topic).column("name", DataType.string());
    Letters letters = new Letters(table.producedRow());
    try (EpochTransactions transactions = table.sink().system().open("job", "run")) {
      transactions.recover();
      transactions.begin(1);
      try (Writing writing =
          table.writing(
              new TestSinkContext().withTransactions(transactions).withErrors(letters.errors()))) {
        writing.insert(1L, "a").insert(2L, "x".repeat(1000)).insert(3L, "c").write().finish();
      }
      transactions.commit(1);
    }
    assertThat(letters.takeRows()).singleElement().asString().startsWith("{\"id\":2,");
    awaitRecords(topic, "{\"id\":1,\"name\":\"a\"}", "{\"id\":3,\"name\":\"c\"}");
  }

  @Test
  void whoWasTakenForDeadCannotCommit() {
    String topic = kafka.topic("zombie", 1);
    try (EpochTransactions dead = system(topic).open("job", "run");
        EpochTransactions next = system(topic).open("job", "run")) {
      dead.recover();
      dead.begin(1);
      write(dead, 1, topic, "too late");
      assertThat(next.recover()).isEqualTo(EpochTransactions.NONE);
      assertThatThrownBy(() -> dead.commit(1)).isInstanceOf(MillraceException.class);
    }
    assertThat(read(topic)).isEmpty();
  }

  @Test
  void tablesOfOneClusterAndPrefixShareTransactions() {
    TestTable one = exactlyOnce("one").option("sink.transactional-id-prefix", "p");
    TestTable two = exactlyOnce("two").option("sink.transactional-id-prefix", "p");
    TestTable other = exactlyOnce("two").option("sink.transactional-id-prefix", "q");
    assertThat(one.sink().system()).isEqualTo(two.sink().system());
    assertThat(one.sink().system()).isNotEqualTo(other.sink().system());
    assertThat(table("one").sink().system()).isNull();
  }

  @Test
  void needsAPrefix() {
    TestTable table = table("any").option("sink.delivery-guarantee", "exactly-once");
    assertThatThrownBy(table::sink).hasMessageContaining("'sink.transactional-id-prefix'");
  }

  private SnapshotStore checkpoints() {
    return new SnapshotStore(BlobStores.open(folder.toUri().toString()), "copy");
  }

  private JobConfig config(int parallelism) {
    return config("run", parallelism);
  }

  private JobConfig config(String run, int parallelism) {
    return JobConfig.named("copy")
        .withParallelism(parallelism)
        .withBatchRows(50)
        .withCheckpointing(
            new Checkpointing(
                checkpoints(),
                run,
                Duration.ofMillis(20),
                Duration.ZERO,
                Duration.ofMinutes(1),
                0,
                2));
  }

  @Test
  void aJobThatIsBrokenOffAgainAndAgainCopiesEachRecordOnce() throws InterruptedException {
    String from = kafka.topic("from", 3);
    String to = kafka.topic("to", 2);
    int rounds = 5;
    int perRound = 3000;
    for (int round = 0; round < rounds; round++) {
      send(from, round * perRound, perRound);
      int atLeast = round * perRound + 500;
      Job job = Job.resume(dataflow(from, to), config(1 + round % 3));
      await().atMost(Duration.ofMinutes(1)).until(() -> job.failed() || read(to).size() >= atLeast);
      job.cancel();
      assertThatThrownBy(job::await).hasMessageContaining("cancelled");
    }
    Job last = Job.resume(dataflow(from, to), config(2));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> last.failed() || read(to).size() >= rounds * perRound);
    last.stop();
    last.await();
    assertThat(read(to))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, rounds * perRound).mapToObj(i -> "{\"id\":" + i + "}").toList());
  }

  private void send(String topic, int first, int count) {
    for (int i = first; i < first + count; i++) {
      kafka.send(new ProducerRecord<>(topic, i % 3, null, "{\"id\":" + i + "}"));
    }
    kafka.flush();
  }

  private void awaitCopies(Job job, String to, int atLeast) {
    await().atMost(Duration.ofMinutes(1)).until(() -> job.failed() || read(to).size() >= atLeast);
  }

  /** The newest of the checkpoints that a dead process has left may not count. */
  private Job startFromCheckpoint(Dataflow dataflow, JobConfig config) {
    MillraceException refused = null;
    for (long epoch : checkpoints().epochs()) {
      try {
        return Job.start(dataflow, config, new Origin(checkpoints().open(epoch), false));
      } catch (MillraceException e) {
        assertThat(e).hasMessageContaining("does not count");
        refused = e;
      }
    }
    throw new AssertionError("no checkpoint counts", refused);
  }

  @Test
  void newRunsGoOnFromASavepointAndFromACheckpoint() throws Exception {
    String from = kafka.topic("from", 3);
    String to = kafka.topic("to", 2);
    Dataflow dataflow = dataflow(from, to);
    send(from, 0, 3000);
    Job first = Job.start(dataflow, config("first", 2));
    awaitCopies(first, to, 500);
    SnapshotStore savepoint =
        new SnapshotStore(BlobStores.open(folder.resolve("savepoint").toString()), "copy");
    long epoch = first.savepoint(savepoint, /* stop= */ true).get().epoch();
    first.await();

    send(from, 3000, 3000);
    Job second = Job.start(dataflow, config("second", 3), new Origin(savepoint.open(epoch), false));
    awaitCopies(second, to, 4000);
    second.cancel();
    assertThatThrownBy(second::await).hasMessageContaining("cancelled");

    send(from, 6000, 3000);
    Job third = startFromCheckpoint(dataflow, config("third", 1));
    awaitCopies(third, to, 9000);
    third.stop();
    third.await();
    assertThat(read(to))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 9000).mapToObj(i -> "{\"id\":" + i + "}").toList());
  }

  private static Dataflow dataflow(String from, String to) {
    TestTable source = table(from).option("scan.startup.mode", "earliest-offset");
    return Flows.flow(source.source(), source.producedRow(), exactlyOnce(to).sink());
  }
}
