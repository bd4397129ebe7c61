package dev.millrace.connectors.kafka;

import static dev.millrace.connectors.kafka.TestTable.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.connectors.testing.TestSinkContext;
import dev.millrace.connectors.testing.Writing;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.type.DataType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpsertKafkaSinkTest {
  private final TestKafka kafka = TestKafka.shared();

  private static TestTable table(String topic) {
    return TestTable.upsert()
        .option("topic", topic)
        .column("name", DataType.string())
        .column("id", BIGINT)
        .primaryKey(1);
  }

  private List<String> read(String topic) {
    return kafka.read(topic).stream().map(record -> record.key() + " " + record.value()).toList();
  }

  @Test
  void deletionsBecomeTombstones() {
    String topic = kafka.topic("upsert", 1);
    try (Writing writing = table(topic).writing()) {
      writing
          .row(RowKind.INSERT, "a", 1L)
          .row(RowKind.UPDATE_BEFORE, "a", 1L)
          .row(RowKind.UPDATE_AFTER, "b", 1L)
          .row(RowKind.DELETE, "b", 1L)
          .row(RowKind.INSERT, "c", 2L)
          .write()
          .finish();
    }
    assertThat(read(topic))
        .containsExactly(
            "{\"id\":1} {\"name\":\"a\",\"id\":1}",
            "{\"id\":1} null",
            "{\"id\":1} {\"name\":\"b\",\"id\":1}",
            "{\"id\":1} null",
            "{\"id\":2} {\"name\":\"c\",\"id\":2}");
  }

  @Test
  void aBufferWritesTheLastOfEachKey() {
    String topic = kafka.topic("upsert-buffer", 1);
    TestTable table =
        table(topic)
            .option("sink.buffer-flush.max-rows", "3")
            .option("sink.buffer-flush.interval", "1h");
    try (Writing writing = table.writing()) {
      writing
          .row(RowKind.INSERT, "a", 1L)
          .row(RowKind.UPDATE_AFTER, "b", 1L)
          .row(RowKind.INSERT, "c", 2L)
          .row(RowKind.DELETE, "c", 2L)
          .write()
          .tick()
          .row(RowKind.INSERT, "d", 3L)
          .row(RowKind.INSERT, "e", 4L)
          .write()
          .finish();
    }
    assertThat(read(topic))
        .containsExactly(
            "{\"id\":1} {\"name\":\"b\",\"id\":1}",
            "{\"id\":2} null",
            "{\"id\":3} {\"name\":\"d\",\"id\":3}",
            "{\"id\":4} {\"name\":\"e\",\"id\":4}");
  }

  @Test
  void aBufferIsFlushedAfterItsInterval() {
    String topic = kafka.topic("upsert-interval", 1);
    TestTable table =
        table(topic)
            .option("sink.buffer-flush.max-rows", "1000")
            .option("sink.buffer-flush.interval", "1 h");
    TestSinkContext context = new TestSinkContext();
    try (Writing writing = table.writing(context)) {
      writing.row(RowKind.INSERT, "a", 1L).write();
      context.clock().advance(Duration.ofHours(1));
      writing.tick().row(RowKind.UPDATE_AFTER, "b", 1L).write().finish();
    }
    assertThat(read(topic)).hasSize(2);
  }

  @Test
  void halfABufferIsRefused() {
    assertThatThrownBy(() -> table("x").option("sink.buffer-flush.max-rows", "3").sink())
        .hasMessage(
            "Options 'sink.buffer-flush.max-rows' and 'sink.buffer-flush.interval' of table 't' go"
                + " together: give both a value above zero, or neither.");
  }
}
