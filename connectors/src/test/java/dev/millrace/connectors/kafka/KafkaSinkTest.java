package dev.millrace.connectors.kafka;

import static dev.millrace.connectors.kafka.TestTable.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.connectors.testing.Letters;
import dev.millrace.connectors.testing.TestSinkContext;
import dev.millrace.connectors.testing.Writing;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.runtime.Job;
import dev.millrace.engine.runtime.JobConfig;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class KafkaSinkTest {
  private static final DataType STRING = DataType.string();

  private final TestKafka kafka = TestKafka.shared();

  private static TestTable table(String topic) {
    return TestTable.json().option("topic", topic).column("id", BIGINT).column("name", STRING);
  }

  private List<String> read(String topic) {
    return kafka.read(topic).stream().map(record -> record.key() + " " + record.value()).toList();
  }

  @Test
  void finishMakesEverythingVisible() {
    String topic = kafka.topic("sink", 1);
    try (Writing writing = table(topic).writing()) {
      for (long i = 0; i < 5000; i++) {
        writing.insert(i, "x");
      }
      writing.write().insert(5000L, null).write().finish();
      assertThat(kafka.read(topic)).hasSize(5001);
    }
    assertThat(read(topic))
        .contains("null {\"id\":4999,\"name\":\"x\"}")
        .endsWith("null {\"id\":5000,\"name\":null}");
  }

  @Test
  void aJobCopiesATopicWithoutLossOrDuplicates() throws Exception {
    String from = kafka.topic("copy-from", 3);
    String to = kafka.topic("copy-to", 2);
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      kafka.send(
          new ProducerRecord<>(from, i % 3, null, "{\"id\":" + i + ",\"name\":\"n" + i + "\"}"));
    }
    kafka.flush();
    TestTable source = table(from).all();
    Job job =
        Job.start(
            new Dataflow(
                List.of(
                    new Node.SourceNode(
                        1, "scan[1]", "", source.source(), source.producedRow(), null),
                    new Node.SinkNode(
                        2,
                        "write[2]",
                        "",
                        new Node.Input(1, new Exchange.Forward()),
                        table(to).sink()))),
            JobConfig.named("copy").withParallelism(2));
    job.await();
    List<String> copied = kafka.read(to).stream().map(ConsumerRecord::value).toList();
    assertThat(copied).hasSize(count).doesNotHaveDuplicates();
    assertThat(kafka.read(from)).map(ConsumerRecord::value).containsAll(copied);
    assertThat(job.metrics().total(Metrics.ROWS_OUT)).isEqualTo(count);
  }

  @Test
  void writesKeysAndValues() {
    String topic = kafka.topic("sink-keyed", 1);
    TestTable table =
        table(topic)
            .option("key.format", "json")
            .option("key.fields", "id")
            .option("value.fields-include", "EXCEPT_KEY");
    try (Writing writing = table.writing()) {
      writing.insert(1L, "a").insert(2L, "b").write().finish();
    }
    assertThat(read(topic))
        .containsExactly("{\"id\":1} {\"name\":\"a\"}", "{\"id\":2} {\"name\":\"b\"}");
  }

  @Test
  void equalKeysMeetInOnePartition() {
    String topic = kafka.topic("sink-hash", 4);
    TestTable table = table(topic).option("key.format", "json").option("key.fields", "id");
    try (Writing writing = table.writing()) {
      for (int round = 0; round < 3; round++) {
        for (long i = 0; i < 20; i++) {
          writing.insert(i, "x");
        }
        writing.write();
      }
      writing.finish();
    }
    List<ConsumerRecord<String, String>> records = kafka.read(topic);
    assertThat(records.stream().map(ConsumerRecord::partition).distinct()).hasSizeGreaterThan(1);
    assertThat(records.stream().map(record -> record.key() + record.partition()).distinct())
        .hasSize(20);
  }

  @Test
  void aFixedPartitionerKeepsEachWriterToOnePartition() {
    String topic = kafka.topic("sink-fixed", 3);
    TestTable table = table(topic).option("sink.partitioner", "fixed");
    for (int subtask = 0; subtask < 4; subtask++) {
      try (Writing writing = table.writing(new TestSinkContext(subtask, subtask + 1))) {
        writing.insert((long) subtask, "a").insert((long) subtask, "b").write().finish();
      }
    }
    assertThat(
            kafka.read(topic).stream()
                .map(record -> record.partition() + " " + record.value().charAt(6))
                .toList())
        .containsExactly("0 0", "0 0", "0 3", "0 3", "1 1", "1 1", "2 2", "2 2");
  }

  @Test
  void writesTimeAndHeaders() {
    String topic = kafka.topic("sink-metadata", 1);
    TestTable table =
        table(topic)
            .metadata("timestamp", DataType.of(TypeRoot.TIMESTAMP_LTZ, 3))
            .metadata("headers", DataType.map(STRING, DataType.bytes()));
    try (Writing writing = table.writing()) {
      writing
          .insert(
              1L, "a", Instant.ofEpochMilli(1_600_000_000_001L), Map.of("h", TestKafka.utf8("v")))
          .insert(2L, "b", null, null)
          .write()
          .finish();
    }
    List<ConsumerRecord<String, String>> records = kafka.read(topic);
    assertThat(records.get(0).timestamp()).isEqualTo(1_600_000_000_001L);
    assertThat(records.get(0).headers().lastHeader("h").value()).isEqualTo(TestKafka.utf8("v"));
    assertThat(records.get(0).value()).isEqualTo("{\"id\":1,\"name\":\"a\"}");
    assertThat(records.get(1).timestamp()).isGreaterThan(1_600_000_000_001L);
    assertThat(records.get(1).headers()).isEmpty();
  }

  @Test
  void rowsMayNameTheirTopic() {
    String one = kafka.topic("sink-one", 1);
    String two = kafka.topic("sink-two", 1);
    TestTable table = table(one + ";" + two);
    assertThatThrownBy(table::sink)
        .hasMessage(
            "Table 't' may write to several topics, so it needs the metadata column 'topic'.");
    table.metadata("topic", STRING);
    try (Writing writing = table.writing()) {
      writing.insert(1L, "a", one).insert(2L, "b", two).write().finish();
      assertThatThrownBy(() -> writing.insert(3L, "c", "elsewhere").write())
          .isInstanceOf(MillraceException.class)
          .hasMessage(
              "Table 't': a row's metadata column 'topic' is 'elsewhere', which is not among '%s;%s'.",
              one, two);
    }
    assertThat(read(one)).containsExactly("null {\"id\":1,\"name\":\"a\"}");
    assertThat(read(two)).containsExactly("null {\"id\":2,\"name\":\"b\"}");
  }

  @Test
  void aRecordThatKafkaRefusesFailsTheJob() {
    String topic = kafka.topic("sink-large", 1);
    TestTable table = table(topic).option("properties.max.request.size", "1000");
    try (Writing writing = table.writing()) {
      assertThatThrownBy(() -> writing.insert(1L, "x".repeat(2000)).write().finish())
          .isInstanceOf(MillraceException.class)
          .hasMessageMatching(
              "Table 't': a record of 21\\d\\d bytes is larger than 'properties.max.request.size' ="
                  + " 1000 allows\\.");
    }
  }

  @Test
  void aRecordThatIsTooLargeIsReportedAndTheOthersAreWritten() {
    String topic = kafka.topic("sink-large-letters", 1);
    TestTable table = table(topic).option("properties.max.request.size", "1000");
    Letters letters = new Letters(table.producedRow());
    try (Writing writing = reporting(table, letters)) {
      writing.insert(1L, "a").insert(2L, "x".repeat(2000)).insert(3L, "c").write().finish();
    }
    assertThat(read(topic))
        .containsExactly("null {\"id\":1,\"name\":\"a\"}", "null {\"id\":3,\"name\":\"c\"}");
    List<String> letter = letters.take().get(0);
    assertThat(letters.count()).isEqualTo(1);
    assertThat(letter.subList(0, 3))
        .containsExactly("sink", "t", "org.apache.kafka.common.errors.RecordTooLargeException");
    assertThat(letter.get(4)).startsWith("{\"id\":2,\"name\":\"xxx");
  }

  private static Writing reporting(TestTable table, Letters letters) {
    return table.writing(new TestSinkContext().withErrors(letters.errors()));
  }

  private static String text(int length) {
    return "x".repeat(length);
  }

  /** To the byte, so that nothing is refused which the broker would take. */
  @Test
  void aRecordThatIsTooLargeForItsTopicIsFoundBeforeItIsSent() {
    String topic = kafka.topic("sink-topic-limit", 1);
    kafka.configure(topic, "max.message.bytes", "1000");
    Letters letters = new Letters(table(topic).producedRow());
    try (Writing writing = reporting(table(topic), letters)) {
      for (int length = 880; length < 940; length++) {
        writing.insert(1L, text(length)).write();
      }
      writing.finish();
    }
    int first = 880 + kafka.read(topic).size();
    assertThat(letters.take())
        .hasSize(940 - first)
        .first()
        .asString()
        .contains("a record of 1001 bytes is larger than 'max.message.bytes' of topic '" + topic);
    kafka.configure(topic, "max.message.bytes", "100000");
    try (Writing writing = table(topic).writing()) {
      kafka.configure(topic, "max.message.bytes", "1000");
      assertThatThrownBy(() -> writing.insert(1L, text(first)).write().finish())
          .as("the broker refuses just that, too")
          .hasMessageContaining("Records for topic '" + topic + "' were not written");
    }
  }

  @Test
  void whatABrokerRefusesIsReportedAndTheOthersAreWritten() {
    String topic = kafka.topic("sink-refused", 1);
    TestTable table = table(topic).option("properties.linger.ms", "200");
    Letters letters = new Letters(table.producedRow());
    try (Writing writing = reporting(table, letters)) {
      kafka.configure(topic, "max.message.bytes", "1000");
      for (long id = 0; id < 100; id++) {
        writing.insert(id, text(id % 10 == 7 ? 2000 : 10));
      }
      writing.write().endEpoch();
      assertThat(letters.takeRows()).hasSize(10).allMatch(row -> row.matches("\\{\"id\":\\d*7,.*"));
      assertThat(kafka.read(topic)).hasSize(90);
      writing.insert(100L, "x").write().finish();
    }
    assertThat(kafka.read(topic)).extracting(ConsumerRecord::value).doesNotHaveDuplicates();
    assertThat(kafka.read(topic)).hasSize(91);
    assertThat(letters.count()).isEqualTo(10);
  }

  /** A broker refuses the whole batch that they are in. */
  @Test
  void recordsWithAnImpossibleTimeAreReportedAndTheirNeighboursAreWritten() {
    String topic = kafka.topic("sink-refused-times", 1);
    kafka.configure(topic, "message.timestamp.after.max.ms", "3600000");
    TestTable table =
        table(topic)
            .option("properties.linger.ms", "200")
            .metadata("timestamp", DataType.of(TypeRoot.TIMESTAMP_LTZ, 3));
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    for (long bad : new long[] {1, 3}) {
      Letters letters = new Letters(table.producedRow());
      try (Writing writing = reporting(table, letters)) {
        for (long id = 0; id < 20; id++) {
          writing.insert(id, "x", id < bad ? now.plusSeconds(1_000_000) : now);
        }
        writing.write().finish();
      }
      assertThat(letters.take())
          .hasSize((int) bad)
          .allMatch(letter -> letter.get(2).startsWith("org.apache.kafka.common."));
    }
    assertThat(kafka.read(topic)).hasSize(40 - 1 - 3);
  }

  @Test
  void waitsForRoomInsteadOfFailingWhenTheBrokerIsSlow() {
    String topic = kafka.topic("sink-slow", 1);
    kafka.throttle("slow-write[2]-0", 4_000);
    TestTable table =
        table(topic)
            .option("properties.client.id", "slow")
            .option("properties.buffer.memory", "33000")
            .option("properties.max.block.ms", "1500");
    try (Writing writing = table.writing()) {
      for (long i = 0; i < 300; i++) {
        writing.insert(i, "x".repeat(200));
      }
      writing.write().finish();
    }
    assertThat(kafka.read(topic)).hasSize(300);
  }

  @Test
  void whatIsNotSupportedIsNamed() {
    assertThatThrownBy(() -> table("x").option("sink.partitioner", "com.acme.Mine").sink())
        .isInstanceOf(UnsupportedException.class)
        .hasMessage(
            "option 'sink.partitioner' = 'com.acme.Mine' of table 't' (known: default, fixed,"
                + " round-robin)");
    assertThatThrownBy(
            () ->
                new KafkaSinkFactory()
                    .sink(table("x").sinkTable(Set.of(RowKind.INSERT, RowKind.DELETE))))
        .isInstanceOf(UnsupportedException.class)
        .hasMessageContaining("use 'upsert-kafka'");
    assertThatThrownBy(
            () ->
                table("x")
                    .option("sink.partitioner", "round-robin")
                    .option("key.format", "json")
                    .option("key.fields", "id")
                    .sink())
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("does not go with 'key.fields'");
  }
}
