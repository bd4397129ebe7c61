package dev.millrace.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.connectors.kafka.KafkaSinkFactory;
import dev.millrace.connectors.kafka.TestKafka;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.format.FormatRegistry;
import dev.millrace.engine.option.Options;
import dev.millrace.engine.runtime.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One job that writes to Kafka and to a database, broken off between the two commits. */
class TwoSystemsTest {
  @TempDir private Path folder;

  private final TestDatabase database = TestPostgres.shared();
  private final TestKafka kafka = TestKafka.shared();

  private Sink toKafka(String topic) {
    Map<String, String> options =
        Map.of(
            "properties.bootstrap.servers",
            kafka.servers(),
            "topic",
            topic,
            "format",
            "json",
            "sink.delivery-guarantee",
            "exactly-once",
            "sink.transactional-id-prefix",
            "to-" + topic);
    return new KafkaSinkFactory()
        .sink(
            new SinkTable(
                "k",
                NumbersJob.ROW,
                new int[0],
                List.of(),
                Set.of(RowKind.INSERT),
                new Options("table 'k'", options),
                FormatRegistry.load(getClass().getClassLoader()),
                TestTable.ZONE));
  }

  private List<Long> readTopic(String topic) {
    return kafka.read(topic).stream()
        .map(record -> Long.valueOf(record.value().replaceAll("\\D*0\\D+(\\d+).*", "$1")))
        .sorted()
        .toList();
  }

  private Sink toDatabase(String target) {
    return TestTable.of(database, target)
        .column("c0", NumbersJob.ROW.child(0))
        .exactlyOnce()
        .sink();
  }

  private void eachRowIsInBothOnceWhateverFails(boolean kafkaDecides) throws InterruptedException {
    FailingSystem system = new FailingSystem(toDatabase("any").system(), 3);
    while (system.failures() < 2) {
      eachRowIsInBothOnce(kafkaDecides, system);
    }
  }

  private void eachRowIsInBothOnce(boolean kafkaDecides, FailingSystem system)
      throws InterruptedException {
    String topic = kafka.topic("both", 2);
    String target = database.table("both", "c0 BIGINT");
    Sink toDatabase = new FailingSystem.FailingSink(toDatabase(target), system);
    Sink toTopic = toKafka(topic);
    Job job =
        Job.start(
            kafkaDecides ? NumbersJob.to(toTopic, toDatabase) : NumbersJob.to(toDatabase, toTopic),
            NumbersJob.config(target, folder, 2));
    job.await();
    assertThat(database.numbers("SELECT c0 FROM " + target + " ORDER BY c0"))
        .isEqualTo(NumbersJob.all());
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(readTopic(topic)).isEqualTo(NumbersJob.all()));
  }

  @Test
  void theDatabaseCatchesUpWithKafka() throws InterruptedException {
    eachRowIsInBothOnceWhateverFails(true);
  }

  @Test
  void kafkaCatchesUpWithTheDatabase() throws InterruptedException {
    eachRowIsInBothOnceWhateverFails(false);
  }
}
