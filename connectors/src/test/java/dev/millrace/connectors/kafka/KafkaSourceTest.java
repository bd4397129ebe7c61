package dev.millrace.connectors.kafka;

import static dev.millrace.connectors.kafka.TestTable.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.metrics.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class KafkaSourceTest {
  private final TestKafka kafka = TestKafka.shared();

  private static TestTable numbers(String topic) {
    return TestTable.json().option("topic", topic).column("n", BIGINT);
  }

  private static String[] numbers(int from, int to) {
    List<String> values = new ArrayList<>();
    for (int i = from; i < to; i++) {
      values.add("{\"n\":" + i + "}");
    }
    return values.toArray(String[]::new);
  }

  private static String[] rows(int... numbers) {
    String[] rows = new String[numbers.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = "+I[" + numbers[i] + "]";
    }
    return rows;
  }

  @Test
  void readsAllPartitionsFromTheFirstRecordToTheLast() throws Exception {
    String topic = kafka.topic("all", 3);
    kafka.send(topic, 0, numbers(0, 2));
    kafka.send(topic, 2, numbers(2, 5));
    assertThat(Reading.all(numbers(topic).all())).containsExactlyInAnyOrder(rows(0, 1, 2, 3, 4));
  }

  @Test
  void endsAtOnceWhenAllPartitionsAreEmpty() throws Exception {
    assertThat(Reading.all(numbers(kafka.topic("empty", 2)).all())).isEmpty();
  }

  @Test
  void readsOnlyWhatComesAfterTheStart() throws Exception {
    String topic = kafka.topic("latest", 1);
    kafka.send(topic, 0, numbers(0, 3));
    try (Reading reading =
        Reading.start(
            numbers(topic)
                .option("scan.startup.mode", "latest-offset")
                .option("properties.client.id", "latest-test"))) {
      // Nothing tells when the end was looked up, so rows are sent until one arrives.
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                kafka.send(topic, 0, "{\"n\":99}");
                return !reading.rows().isEmpty();
              });
      assertThat(reading.rows()).containsOnly(rows(99));
    }
  }

  @Test
  void startsAtAndStopsBeforeATime() throws Exception {
    String topic = kafka.topic("time", 2);
    // A broker deletes what is older than its retention, whenever it looks.
    long base = System.currentTimeMillis();
    for (int i = 0; i < 10; i++) {
      kafka.sendAt(topic, i % 2, base + i * 10L, "{\"n\":" + i + "}");
    }
    assertThat(
            Reading.all(
                numbers(topic)
                    .option("scan.startup.mode", "timestamp")
                    .option("scan.startup.timestamp-millis", Long.toString(base + 25))
                    .option("scan.bounded.mode", "timestamp")
                    .option("scan.bounded.timestamp-millis", Long.toString(base + 70))))
        .containsExactlyInAnyOrder(rows(3, 4, 5, 6));
    assertThat(
            Reading.all(
                numbers(topic)
                    .option("scan.startup.mode", "timestamp")
                    .option("scan.startup.timestamp-millis", Long.toString(base + 5000))
                    .option("scan.bounded.mode", "latest-offset")))
        .isEmpty();
  }

  @Test
  void startsAtAndStopsBeforeOffsets() throws Exception {
    String topic = kafka.topic("offsets", 2);
    kafka.send(topic, 0, numbers(0, 10));
    kafka.send(topic, 1, numbers(10, 13));
    assertThat(
            Reading.all(
                numbers(topic)
                    .option("scan.startup.mode", "specific-offsets")
                    .option("scan.startup.specific-offsets", "partition:0,offset:4")
                    .option("scan.bounded.mode", "specific-offsets")
                    .option(
                        "scan.bounded.specific-offsets",
                        "partition:0,offset:7;partition:1,offset:2")))
        .containsExactlyInAnyOrder(rows(4, 5, 6, 10, 11));
  }

  @Test
  void startsAtAndStopsBeforeTheOffsetsOfAGroup() throws Exception {
    String topic = kafka.topic("group", 2);
    kafka.send(topic, 0, numbers(0, 5));
    kafka.send(topic, 1, numbers(5, 10));
    String group = topic + "-readers";
    kafka.commit(group, topic, 0, 3);
    kafka.commit(group, topic, 1, 1);
    TestTable table = numbers(topic).option("properties.group.id", group);
    assertThat(Reading.all(table.option("scan.bounded.mode", "latest-offset")))
        .containsExactlyInAnyOrder(rows(3, 4, 6, 7, 8, 9));
    assertThat(
            Reading.all(
                table
                    .option("scan.startup.mode", "earliest-offset")
                    .option("scan.bounded.mode", "group-offsets")))
        .containsExactlyInAnyOrder(rows(0, 1, 2, 5));
  }

  @Test
  void aGroupWithoutOffsetsStartsWhereTheUserSays() throws Exception {
    String topic = kafka.topic("reset", 1);
    kafka.send(topic, 0, numbers(0, 2));
    TestTable table =
        numbers(topic)
            .option("properties.group.id", topic + "-new")
            .option("scan.bounded.mode", "latest-offset");
    assertThatThrownBy(() -> Reading.all(table))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "Table 't': group '%s-new' has no committed offset of topic %s, partition 0 to start"
                + " from; set 'properties.auto.offset.reset' to 'earliest' or 'latest', or another"
                + " 'scan.startup.mode'.",
            topic, topic);
    assertThat(Reading.all(table.option("properties.auto.offset.reset", "latest"))).isEmpty();
    assertThat(Reading.all(table.option("properties.auto.offset.reset", "earliest")))
        .containsExactly(rows(0, 1));
  }

  @Test
  void readsSeveralTopicsAndThoseOfAPattern() throws Exception {
    String one = kafka.topic("list-a", 1);
    String two = kafka.topic("list-b", 2);
    kafka.send(one, 0, numbers(0, 1));
    kafka.send(two, 1, numbers(1, 2));
    assertThat(Reading.all(numbers(one + ";" + two).all())).containsExactlyInAnyOrder(rows(0, 1));
    assertThat(
            Reading.all(
                numbers(one)
                    .without("topic")
                    .option("topic-pattern", "list-[ab]-(" + suffix(one) + "|" + suffix(two) + ")")
                    .all()))
        .containsExactlyInAnyOrder(rows(0, 1));
  }

  private static String suffix(String topic) {
    return topic.substring(topic.lastIndexOf('-') + 1);
  }

  @Test
  void findsNewPartitionsAndTopicsWhileItRuns() throws Exception {
    String first = kafka.topic("grow", 1);
    kafka.send(first, 0, numbers(0, 1));
    try (Reading reading =
        Reading.start(
            numbers(first)
                .without("topic")
                .option("topic-pattern", first + "|more-.*")
                .option("scan.startup.mode", "latest-offset")
                .option("scan.topic-partition-discovery.interval", "200ms"))) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                kafka.send(first, 0, "{\"n\":1}");
                return !reading.rows().isEmpty();
              });
      kafka.addPartitions(first, 2);
      kafka.send(first, 1, numbers(2, 3));
      String second = kafka.topic("more", 1);
      kafka.send(second, 0, numbers(3, 4));
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(reading.rows()).contains(rows(2, 3)));
    }
  }

  @Test
  void endsAlthoughTransactionMarkersTakeOffsets() throws Exception {
    String topic = kafka.topic("transactions", 1);
    try (KafkaProducer<String, String> producer =
        kafka.producer(Map.of("transactional.id", topic))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "{\"n\":1}")).get();
      producer.commitTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "{\"n\":2}")).get();
      producer.abortTransaction();
    }
    assertThat(Reading.all(numbers(topic).all())).containsExactly(rows(1, 2));
    assertThat(
            Reading.all(
                numbers(topic).all().option("properties.isolation.level", "read_committed")))
        .containsExactly(rows(1));
  }

  @Test
  void goesOnBehindDeletedRecords() throws Exception {
    String topic = kafka.topic("retention", 1);
    kafka.send(topic, 0, numbers(0, 5));
    kafka.deleteRecordsBefore(topic, 0, 3);
    TestTable table =
        numbers(topic)
            .option("scan.bounded.mode", "latest-offset")
            .option("scan.startup.mode", "specific-offsets")
            .option("scan.startup.specific-offsets", "partition:0,offset:1");
    assertThat(Reading.all(table)).containsExactly(rows(3, 4));

    String group = topic + "-late";
    kafka.commit(group, topic, 0, 1);
    table
        .option("scan.startup.mode", "group-offsets")
        .option("properties.group.id", group)
        .without("scan.startup.specific-offsets");
    assertThatThrownBy(() -> Reading.all(table))
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith(
            "Table 't': offset 1 of topic %s, partition 0 is not there (any more);"
                .formatted(topic));
    assertThat(Reading.all(table.option("properties.auto.offset.reset", "earliest")))
        .containsExactly(rows(3, 4));
  }

  @Test
  void commitsWhatItHandedOnIfAutoCommitIsOn() throws Exception {
    String topic = kafka.topic("commit", 1);
    String group = topic + "-group";
    kafka.send(topic, 0, numbers(0, 3));
    TestTable table =
        numbers(topic)
            .option("scan.startup.mode", "earliest-offset")
            .option("properties.group.id", group);
    try (Reading reading = Reading.start(table)) {
      reading.awaitRows(3);
    }
    assertThat(kafka.committed(group, topic, 0)).isEqualTo(-1);

    table.option("properties.enable.auto.commit", "true");
    try (Reading reading = Reading.start(table)) {
      reading.awaitRows(3);
    }
    assertThat(kafka.committed(group, topic, 0)).isEqualTo(3);

    kafka.send(topic, 0, numbers(3, 4));
    table.option("properties.auto.commit.interval.ms", "50");
    try (Reading reading = Reading.start(table.option("scan.startup.mode", "group-offsets"))) {
      assertThat(reading.awaitRows(1)).containsExactly(rows(3));
      await().atMost(Duration.ofSeconds(60)).until(() -> kafka.committed(group, topic, 0) == 4);
    }
  }

  @Test
  void brokenRecordsSayWhereTheyAre() throws Exception {
    String topic = kafka.topic("broken", 2);
    kafka.send(topic, 1, "{\"n\":1}", "{\"n\":", "{\"n\":3}");
    assertThatThrownBy(() -> Reading.all(numbers(topic).all()))
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith("Table 't', topic %s, partition 1, offset 1: ".formatted(topic));

    try (Reading reading =
        Reading.start(numbers(topic).all().option("json.ignore-parse-errors", "true"))) {
      reading.job().await();
      assertThat(reading.rows()).containsExactly(rows(1, 3));
      assertThat(reading.job().metrics().total(Metrics.ROWS_SKIPPED)).isEqualTo(1);
    }
  }

  @Test
  void tombstonesAreNoRowsForJson() throws Exception {
    String topic = kafka.topic("tombstone", 1);
    kafka.send(topic, 0, "{\"n\":1}", null, "{\"n\":2}");
    assertThat(Reading.all(numbers(topic).all().metadata("offset", BIGINT)))
        .containsExactly("+I[1, 0]", "+I[2, 2]");
  }

  @Test
  void aDeletedTopicFailsTheJob() throws Exception {
    String topic = kafka.topic("deleted", 1);
    kafka.send(topic, 0, numbers(0, 1));
    Reading reading =
        Reading.start(
            numbers(topic)
                .option("scan.startup.mode", "earliest-offset")
                .option("properties.metadata.max.age.ms", "500"));
    reading.awaitRows(1);
    kafka.deleteTopic(topic);
    assertThatThrownBy(() -> reading.job().await(Duration.ofSeconds(90)))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "Table 't': topic %s, partition 0 was deleted while it was read.".formatted(topic));
  }

  @Test
  void stopsFetchingWhileTheTaskDoesNotPoll() throws Exception {
    String topic = kafka.topic("backpressure", 1);
    int count = 1000;
    kafka.send(topic, 0, numbers(0, count));
    try (ManualReader reader =
        new ManualReader(numbers(topic).all().option("properties.max.poll.records", "10"))) {
      await().atMost(Duration.ofSeconds(60)).until(() -> reader.wakes() == FetchQueue.MAX_FETCHES);
      await()
          .during(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(60))
          .until(() -> reader.wakes() == FetchQueue.MAX_FETCHES);
      assertThat(reader.readToEnd()).isEqualTo(count);
    }
  }
}
