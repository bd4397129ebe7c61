package dev.millrace.connectors.kafka;

import static dev.millrace.connectors.kafka.TestTable.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.broker.EmbeddedBroker;
import dev.millrace.connectors.testing.Writing;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A broker that wants a login, and that creates topics for whoever asks for them. */
class KafkaSaslTest {
  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"alice\""
          + " password=\"%s\"";

  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() throws IOException {
    broker =
        EmbeddedBroker.start(
            null,
            0,
            Map.of(
                "listener.security.protocol.map",
                "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms",
                "PLAIN",
                "sasl.mechanism.inter.broker.protocol",
                "PLAIN",
                "listener.name.plaintext.plain.sasl.jaas.config",
                LOGIN.formatted("right") + " user_alice=\"right\";"));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static TestTable table(String password) {
    return TestTable.json()
        .option("properties.bootstrap.servers", broker.bootstrapServers())
        .option("properties.security.protocol", "SASL_PLAINTEXT")
        .option("properties.sasl.mechanism", "PLAIN")
        .option("properties.sasl.jaas.config", LOGIN.formatted(password) + ";")
        .option("topic", "secured")
        .column("n", BIGINT)
        .all();
  }

  @Test
  void writesToATopicThatTheBrokerCreatesAndReadsItBack() throws Exception {
    try (Writing writing = table("right").writing()) {
      writing.insert(1L).insert(2L).write().finish();
    }
    assertThat(Reading.all(table("right"))).containsExactlyInAnyOrder("+I[1]", "+I[2]");
  }

  @Test
  void aWrongPasswordIsRefusedAndNotShown() {
    assertThatThrownBy(() -> Reading.all(table("wrong-one")))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "Table 't': Kafka at %s refuses the login: Authentication failed: Invalid username or"
                + " password; check 'properties.security.protocol', 'properties.sasl.*' and"
                + " 'properties.ssl.*'.",
            broker.bootstrapServers());
  }
}
