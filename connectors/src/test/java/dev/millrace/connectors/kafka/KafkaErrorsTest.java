package dev.millrace.connectors.kafka;

import static dev.millrace.connectors.kafka.TestTable.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.MillraceException.Kind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** One clear line for everything that can be wrong outside. */
class KafkaErrorsTest {
  private final TestKafka kafka = TestKafka.shared();

  private static TestTable table() {
    return TestTable.json().option("topic", "x").column("n", BIGINT).all();
  }

  private static String failure(TestTable table) {
    return catchMessage(() -> Reading.all(table));
  }

  private static String catchMessage(ThrowingCallable action) {
    Throwable failure = catchThrowable(action);
    assertThat(failure).isInstanceOf(MillraceException.class);
    assertThat(failure.getMessage()).doesNotContain("\n");
    return failure.getMessage();
  }

  private static TestTable hasty(TestTable table) {
    return table
        .option("properties.request.timeout.ms", "1000")
        .option("properties.default.api.timeout.ms", "1000");
  }

  @Test
  void aBrokerThatIsNotThere() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String expected =
        "Table 't' cannot reach Kafka at localhost:%1$d: nothing listens at localhost:%1$d; check 'properties.bootstrap.servers' and that the broker runs."
            .formatted(port);
    TestTable table = hasty(table()).option("properties.bootstrap.servers", "localhost:" + port);
    assertThat(failure(table)).isEqualTo(expected);
    assertThat(catchMessage(() -> table.writing())).isEqualTo(expected);
  }

  @Test
  void somethingElseListensThere() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String server = "localhost:" + mute.getLocalPort();
      assertThat(failure(hasty(table()).option("properties.bootstrap.servers", server)))
          .startsWith(
              "Table 't' cannot reach Kafka at " + server + ": it takes connections but does not");
    }
  }

  @Test
  void aHostThatIsUnknown() {
    assertThat(failure(table().option("properties.bootstrap.servers", "no-such-host.invalid:9092")))
        .isEqualTo(
            "Table 't' cannot reach Kafka: no host of 'properties.bootstrap.servers' ="
                + " 'no-such-host.invalid:9092' is known.");
  }

  @Test
  void aTopicThatIsNotThere() {
    String topic = kafka.topic("readings", 1);
    String wrong = topic.replace("readings", "redings");
    String expected =
        "Table 't': topic '%s' does not exist at %s; did you mean '%s'?"
            .formatted(wrong, kafka.servers(), topic);
    assertThat(failure(table().option("topic", wrong))).isEqualTo(expected);
    assertThat(catchMessage(() -> table().option("topic", wrong).writing())).isEqualTo(expected);
  }

  @Test
  void aPropertyThatTheClientRefuses() {
    assertThatThrownBy(() -> Reading.all(table().option("properties.request.timeout.ms", "soon")))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessageStartingWith(
            "Table 't': Kafka's client does not accept its properties: Invalid value soon for"
                + " configuration request.timeout.ms");
  }

  @Test
  void aTrustStoreThatIsNotThere() {
    assertThat(
            failure(
                table()
                    .option("properties.security.protocol", "SSL")
                    .option("properties.ssl.truststore.location", "/nowhere.jks")))
        .isEqualTo(
            "Table 't': Kafka's client does not accept its properties: Failed to load SSL keystore"
                + " /nowhere.jks of type JKS.");
  }

  @Test
  void aBrokenLoginDoesNotShowThePassword() {
    String message =
        failure(
            table()
                .option("properties.security.protocol", "SASL_PLAINTEXT")
                .option("properties.sasl.mechanism", "PLAIN")
                .option(
                    "properties.sasl.jaas.config",
                    "org.apache.kafka.common.security.plain.PlainLoginModule required"
                        + " username=\"u\" password=hun\"ter2;"));
    assertThat(message)
        .isEqualTo(
            "Table 't': Kafka's client does not accept its properties:"
                + " 'properties.sasl.jaas.config' cannot be read.");
  }

  @Test
  void optionsThatDoNotFit() {
    TestTable table = table();
    for (List<String> wrong :
        List.of(
            List.of(
                "topic-pattern", "x.*", "either the option 'topic' or 'topic-pattern', not both"),
            List.of("scan.startup.mode", "group-offsets", "'properties.group.id' is missing"),
            List.of("scan.startup.mode", "timestamp", "'scan.startup.timestamp-millis' is missing"),
            List.of("scan.startup.mode", "first", "expected one of earliest-offset, latest-offset"),
            List.of("scan.bounded.mode", "specific-offsets", "'scan.bounded.specific-offsets'"),
            List.of("key.fields", "n", "'key.fields' of table 't' needs the option 'key.format'"),
            List.of(
                "key.format", "json", "'key.format' of table 't' needs the option 'key.fields'"),
            List.of("format", "jsn", "format 'jsn' of table 't'; did you mean 'json'?"),
            List.of(
                "json.ignore-parse-error", "true", "did you mean 'json.ignore-parse-errors'?"))) {
      assertThatThrownBy(() -> table().option(wrong.get(0), wrong.get(1)).source())
          .as("%s", wrong)
          .hasMessageContaining(wrong.get(2));
    }
    assertThatThrownBy(() -> table.without("properties.bootstrap.servers").source())
        .hasMessage("Option 'properties.bootstrap.servers' is missing from table 't'.");
    assertThatThrownBy(
            () ->
                table()
                    .option("scan.startup.mode", "specific-offsets")
                    .option("scan.startup.specific-offsets", "0:42")
                    .source())
        .hasMessageContaining("expected a form such as 'partition:0,offset:42;partition:1");
  }
}
