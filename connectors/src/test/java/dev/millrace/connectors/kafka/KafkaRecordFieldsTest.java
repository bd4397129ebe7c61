package dev.millrace.connectors.kafka;

import static dev.millrace.connectors.kafka.TestTable.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Keys, values and metadata of records as columns. */
class KafkaRecordFieldsTest {
  private static final DataType STRING = DataType.string();

  private final TestKafka kafka = TestKafka.shared();

  private static TestTable keyed(String topic) {
    return TestTable.json()
        .option("topic", topic)
        .option("key.format", "json")
        .option("key.fields", "id")
        .column("id", BIGINT)
        .column("name", STRING)
        .all();
  }

  @Test
  void columnsComeFromKeyAndValue() throws Exception {
    String topic = kafka.topic("keyed", 1);
    kafka.sendKeyed(topic, 0, "{\"id\":1}", "{\"name\":\"a\"}");
    kafka.sendKeyed(topic, 0, "{\"id\":2}", "{\"id\":7,\"name\":\"b\"}");
    assertThat(Reading.all(keyed(topic).option("value.fields-include", "EXCEPT_KEY")))
        .containsExactly("+I[1, a]", "+I[2, b]");
  }

  @Test
  void aColumnOfBothComesFromTheValue() throws Exception {
    String topic = kafka.topic("overlap", 1);
    kafka.sendKeyed(topic, 0, "{\"id\":2}", "{\"id\":7,\"name\":\"b\"}");
    assertThat(Reading.all(keyed(topic))).containsExactly("+I[7, b]");
  }

  @Test
  void aRecordWithoutAKeyIsNoRow() throws Exception {
    String topic = kafka.topic("keyless", 1);
    kafka.sendKeyed(topic, 0, "{\"id\":1}", "{\"name\":\"a\"}");
    kafka.sendKeyed(topic, 0, null, "{\"name\":\"b\"}");
    kafka.sendKeyed(topic, 0, "{\"id\":3}", null);
    kafka.sendKeyed(topic, 0, "{\"id\":4}", "{\"name\":\"d\"}");
    assertThat(
            Reading.all(
                keyed(topic)
                    .option("value.fields-include", "EXCEPT_KEY")
                    .metadata("offset", BIGINT)))
        .containsExactly("+I[1, a, 0]", "+I[4, d, 3]");
  }

  @Test
  void aBrokenKeySaysSo() throws Exception {
    String topic = kafka.topic("broken-key", 1);
    kafka.sendKeyed(topic, 0, "{", "{\"name\":\"a\"}");
    assertThatThrownBy(() -> Reading.all(keyed(topic)))
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith("Table 't', topic %s, partition 0, offset 0, key: ", topic);
    assertThat(Reading.all(keyed(topic).option("key.json.ignore-parse-errors", "true"))).isEmpty();
  }

  @Test
  void prefixedColumnsAreReadWithoutTheirPrefix() throws Exception {
    String topic = kafka.topic("prefix", 1);
    kafka.sendKeyed(topic, 0, "{\"id\":1}", "{\"id\":7}");
    TestTable table =
        TestTable.json()
            .without("format")
            .option("topic", topic)
            .option("value.format", "json")
            .option("key.format", "json")
            .option("key.fields", "k_id")
            .option("key.fields-prefix", "k_")
            .column("id", BIGINT)
            .column("k_id", BIGINT)
            .all();
    assertThatThrownBy(table::source)
        .hasMessageContaining("'key.fields-prefix' of table 't' needs 'value.fields-include'");
    table.option("value.fields-include", "EXCEPT_KEY");
    assertThat(Reading.all(table)).containsExactly("+I[7, 1]");
    assertThat(Reading.all(table.project(1))).containsExactly("+I[1]");
    assertThat(Reading.all(table.project(1, 0))).containsExactly("+I[1, 7]");
    assertThat(Reading.all(table.project())).containsExactly("+I[]");
  }

  @Test
  void metadataTellsAboutTheRecord() throws Exception {
    String topic = kafka.topic("metadata", 2);
    ProducerRecord<String, String> record =
        new ProducerRecord<>(topic, 1, 1_700_000_000_123L, null, "{\"n\":5}");
    record.headers().add("h", TestKafka.utf8("old"));
    record.headers().add("h", TestKafka.utf8("new"));
    record.headers().add("nothing", null);
    kafka.send(record);
    kafka.send(topic, 1, "{\"n\":6}");
    TestTable table =
        TestTable.json()
            .option("topic", topic)
            .column("n", BIGINT)
            .metadata("topic", STRING.withNullable(false))
            .metadata("partition", DataType.of(TypeRoot.INT).withNullable(false))
            .metadata("offset", BIGINT.withNullable(false))
            .metadata("timestamp", DataType.of(TypeRoot.TIMESTAMP_LTZ, 3).withNullable(false))
            .metadata("timestamp-type", STRING.withNullable(false))
            .metadata("leader-epoch", DataType.of(TypeRoot.INT))
            .all();
    List<String> rows = Reading.all(table);
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0))
        .isEqualTo(
            "+I[5, %s, 1, 0, %s, CreateTime, 0]"
                .formatted(topic, Instant.ofEpochMilli(1_700_000_000_123L)));
    assertThat(rows.get(1)).startsWith("+I[6, %s, 1, 1, ".formatted(topic));

    DataType headers = DataType.map(STRING, STRING);
    assertThatThrownBy(() -> Reading.all(table.metadata("headers", headers)))
        .hasMessage(
            "Metadata column 'headers' of table 't' has the type MAP<STRING, STRING>, but Kafka's"
                + " is MAP<STRING, BYTES> NOT NULL.");
  }

  @Test
  void headersAreAMapInWhichTheLastOfAKeyWins() throws Exception {
    String topic = kafka.topic("headers", 1);
    ProducerRecord<String, String> record = new ProducerRecord<>(topic, 0, null, "{}");
    record.headers().add("h", TestKafka.utf8("old"));
    record.headers().add("h", TestKafka.utf8("new"));
    record.headers().add("nothing", null);
    kafka.send(record);
    kafka.send(topic, 0, "{}");
    assertThat(
            Reading.all(
                TestTable.json()
                    .option("topic", topic)
                    .metadata("headers", DataType.map(STRING, DataType.bytes()))
                    .all()))
        .map(row -> row.replaceAll("\\[B@\\w+", "bytes"))
        .containsExactly("+I[{h=bytes, nothing=null}]", "+I[{}]");
  }

  @Test
  void unknownMetadataIsNamedWithTheNearest() {
    assertThatThrownBy(
            () -> TestTable.json().option("topic", "x").metadata("offsets", BIGINT).all().source())
        .isInstanceOf(MillraceException.class)
        .hasMessage("Unknown metadata column 'offsets' of table 't'; did you mean 'offset'?");
  }
}
