package dev.millrace.connectors.kafka;

import static dev.millrace.connectors.kafka.TestTable.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.type.DataType;
import org.junit.jupiter.api.Test;

class UpsertKafkaSourceTest {
  private final TestKafka kafka = TestKafka.shared();

  private static TestTable table(String topic) {
    return TestTable.upsert()
        .option("topic", topic)
        .option("scan.bounded.mode", "latest-offset")
        .column("name", DataType.string())
        .column("id", BIGINT)
        .primaryKey(1);
  }

  private String changes() {
    String topic = kafka.topic("changes", 1);
    kafka.sendKeyed(topic, 0, "{\"id\":1}", "{\"id\":1,\"name\":\"a\"}");
    kafka.sendKeyed(topic, 0, "{\"id\":2}", "{\"id\":2,\"name\":\"b\"}");
    kafka.sendKeyed(topic, 0, "{\"id\":1}", null);
    kafka.sendKeyed(topic, 0, "{\"id\":3}", null);
    kafka.sendKeyed(topic, 0, "{\"id\":2}", "{\"id\":2,\"name\":\"c\"}");
    kafka.sendKeyed(topic, 0, null, null);
    return topic;
  }

  @Test
  void valuesAreUpdatesAndTombstonesDeletions() throws Exception {
    String topic = changes();
    assertThat(Reading.all(table(topic)))
        .containsExactly("+U[a, 1]", "+U[b, 2]", "-D[null, 1]", "-D[null, 3]", "+U[c, 2]");
    assertThat(Reading.all(table(topic).option("value.fields-include", "EXCEPT_KEY")))
        .containsExactly("+U[a, 1]", "+U[b, 2]", "-D[null, 1]", "-D[null, 3]", "+U[c, 2]");
  }

  @Test
  void metadataAndProjectionFollowTheRuns() throws Exception {
    assertThat(Reading.all(table(changes()).project(1).metadata("offset", BIGINT)))
        .containsExactly("+U[1, 0]", "+U[2, 1]", "-D[1, 2]", "-D[3, 3]", "+U[2, 4]");
  }

  @Test
  void needsAPrimaryKeyAndAKeyFormat() {
    TestTable table =
        TestTable.upsert().option("topic", "x").column("id", BIGINT).column("n", BIGINT);
    assertThatThrownBy(() -> new UpsertKafkaSourceFactory().source(table.sourceTable()))
        .isInstanceOf(MillraceException.class)
        .hasMessage("Table 't' needs a PRIMARY KEY: its columns are the key of the Kafka records.");
    assertThatThrownBy(() -> table.primaryKey(0).without("key.format").source())
        .hasMessage("Option 'key.format' is missing from table 't'.");
  }
}
