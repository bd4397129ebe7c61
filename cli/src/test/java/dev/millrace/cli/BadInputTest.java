package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of bad input: one clear message that names the thing and the place, and no trace. */
class BadInputTest {
  @TempDir Path folder;

  private Command run(String sql, String... options) throws IOException {
    Path script = folder.resolve("job.sql");
    Files.writeString(script, sql);
    String[] arguments = new String[options.length + 2];
    arguments[0] = "run";
    arguments[1] = script.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return Command.run(arguments);
  }

  private static void assertFails(Command command, int exitCode, String... parts) {
    assertThat(command.exitCode()).as(command.err()).isEqualTo(exitCode);
    assertThat(command.out()).isEmpty();
    assertThat(String.join("\n", command.messages())).contains(parts);
    assertThat(command.err()).doesNotContain("\tat ").doesNotContain("Exception:");
  }

  private static String jsonTable(String name, Path path, String moreOptions) {
    return """
        CREATE TABLE %s (id INT, name STRING) WITH (
          'connector' = 'filesystem', 'path' = '%s', 'format' = 'json'%s);
        """
        .formatted(name, path.toUri(), moreOptions);
  }

  private static final String GENERATED =
      "CREATE TABLE generated (id INT, name STRING) WITH ('connector' = 'datagen', 'number-of-rows' = '3');\n";

  private static final String DISCARD =
      "CREATE TABLE discard (id INT, name STRING) WITH ('connector' = 'blackhole');\n";

  @Test
  void wrongSyntaxIsShownWithItsPlace() throws IOException {
    assertFails(
        run(GENERATED + "SELECT id FROM generated WHERE;\n"),
        2,
        "job.sql:2:",
        "SELECT id FROM",
        "^");
  }

  @Test
  void unknownColumnIsShownWithItsPlace() throws IOException {
    assertFails(run(GENERATED + "SELECT\n  nme FROM generated;\n"), 2, "job.sql:3:3", "nme", "^");
  }

  @Test
  void unknownConnectorNamesTheNearest() throws IOException {
    assertFails(
        run("CREATE TABLE t (id INT) WITH ('connector' = 'datagne');\nSELECT * FROM t;\n"),
        2,
        "datagne",
        "datagen");
  }

  @Test
  void unknownFormatNamesTheNearest() throws IOException {
    assertFails(
        run(
            "CREATE TABLE t (id INT) WITH ('connector' = 'filesystem', 'path' = '/tmp', 'format' = 'jsn');\nSELECT * FROM t;\n"),
        2,
        "jsn",
        "json");
  }

  @Test
  void unknownOptionNamesTheNearest() throws IOException {
    assertFails(
        run(
            "CREATE TABLE t (id INT) WITH ('connector' = 'datagen', 'number-of-row' = '3');\nSELECT * FROM t;\n"),
        2,
        "number-of-row",
        "number-of-rows");
  }

  @Test
  void whatTheNativeEngineLacksIsNamedTogether() throws IOException {
    assertFails(
        run(
            GENERATED
                + "SELECT x, JSON_VALUE(name, '$.a') FROM generated CROSS JOIN UNNEST(ARRAY[name]) AS u (x);\n",
            "--engine",
            "native"),
        2,
        "the native engine cannot run",
        "a table function",
        "JSON_VALUE");
  }

  @Test
  void whatTheNativeEngineLacksIsShownWithItsPlace() throws IOException {
    String sql =
        GENERATED
            + """
            CREATE TABLE parts (name STRING, n BIGINT) PARTITIONED BY (name) WITH (
              'connector' = 'filesystem', 'path' = '/tmp/parts', 'format' = 'csv');
            CREATE VIEW named AS
              SELECT JSON_VALUE(name, '$.a') AS name FROM generated;
            CREATE TABLE counts (n BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO counts
              SELECT CHAR_LENGTH(x) FROM named CROSS JOIN UNNEST(ARRAY[name]) AS u (x);
            INSERT INTO parts SELECT name, CAST(1 AS BIGINT) FROM named;
            """;
    String[] reasons = {
      "job.sql:2:1: the clause PARTITIONED BY of table 'parts'",
      "job.sql:5:10: function JSON_VALUE",
      "job.sql:7:1: a table function"
    };
    assertFails(run(sql, "--engine", "native"), 2, reasons);
    assertThat(Command.run("explain", folder.resolve("job.sql").toString()).out())
        .contains(reasons);
  }

  @Test
  void unknownFormatOptionNamesTheNearest() throws IOException {
    assertFails(
        run(
            jsonTable("t", folder.resolve("none.json"), ", 'json.ignore-parse-error' = 'true'")
                + "SELECT * FROM t;\n"),
        2,
        "job.sql:",
        "json.ignore-parse-error",
        "json.ignore-parse-errors");
  }

  @Test
  void wrongFormatOptionIsCalledByItsWholeName() throws IOException {
    assertFails(
        run(
            jsonTable("t", folder.resolve("none.json"), ", 'json.ignore-parse-errors' = 'maybe'")
                + "SELECT * FROM t;\n"),
        2,
        "'json.ignore-parse-errors'",
        "maybe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void secretsAreInNeitherMessagesNorLogs(String logFormat)
      throws IOException, InterruptedException {
    Path script =
        Files.writeString(
            folder.resolve("job.sql"),
            jsonTable("t", folder.resolve("SECRET.json"), "")
                    .replace("SECRET", "${env:MILLRACE_TEST_SECRET}")
                + "SELECT * FROM t;\n");
    try (ChildCommand command =
        ChildCommand.start(
            folder,
            Map.of("MILLRACE_TEST_SECRET", "hunter-2"),
            "run",
            script.toString(),
            "--engine",
            "native",
            "--verbose",
            "--log-format",
            logFormat)) {
      assertThat(command.exitCode()).as(command.err()).isEqualTo(1);
      assertThat(command.err())
          .contains("millrace: ", "${env:MILLRACE_TEST_SECRET}.json", "The command failed")
          .doesNotContain("hunter-2");
    }
  }

  @Test
  void aScriptWithNothingToExplain() throws IOException {
    Path script = Files.writeString(folder.resolve("job.sql"), GENERATED);
    assertFails(Command.run("explain", script.toString()), 2, "nothing to run");
  }

  @Test
  void missingScript() {
    assertFails(
        Command.run("run", folder.resolve("none.sql").toString()), 2, "none.sql", "There is no");
  }

  @Test
  void damagedPlan() throws IOException {
    Path plan = folder.resolve("job.plan.json");
    Files.writeString(plan, "{\"nodes\": [");
    assertFails(Command.run("run", plan.toString()), 2, "job.plan.json", "not valid JSON");
  }

  @Test
  void missingInputFile() throws IOException {
    assertFails(
        run(jsonTable("t", folder.resolve("none.json"), "") + "SELECT * FROM t;\n"),
        1,
        "none.json");
  }

  @Test
  void directoryThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    assertFails(
        run(
            GENERATED
                + jsonTable("t", file.resolve("below"), "")
                + "INSERT INTO t SELECT * FROM generated;\n"),
        1,
        "below");
  }

  @Test
  void brokenRowFailsTheJobWithFileAndLine() throws IOException {
    Path rows = Files.writeString(folder.resolve("rows.json"), "{\"id\": 1}\n{\"id\": x}\n");
    assertFails(
        run(jsonTable("t", rows, "") + DISCARD + "INSERT INTO discard SELECT * FROM t;\n"),
        1,
        "rows.json",
        "line 2");
  }

  @Test
  void brokenRowsAreCountedWhenIgnored() throws IOException {
    Path rows = Files.writeString(folder.resolve("rows.json"), "{\"id\": 1}\n{\"id\": x}\n");
    Command command =
        run(
            jsonTable("t", rows, ", 'json.ignore-parse-errors' = 'true'") + "SELECT * FROM t;\n",
            "--format",
            "csv");
    assertThat(command.exitCode()).isZero();
    assertThat(command.out()).isEqualTo("id,name\n1,\n");
    assertThat(command.err()).contains("1 skipped");
  }

  @Test
  void missingFieldFailsTheJobWhenAsked() throws IOException {
    Path rows = Files.writeString(folder.resolve("rows.json"), "{\"id\": 1}\n");
    assertFails(
        run(
            jsonTable("t", rows, ", 'json.fail-on-missing-field' = 'true'")
                + DISCARD
                + "INSERT INTO discard SELECT * FROM t;\n"),
        1,
        "rows.json",
        "line 1",
        "name");
  }

  private static String kafkaTable(String bootstrapServers, String topic) {
    return """
        CREATE TABLE t (id INT, name STRING) WITH (
          'connector' = 'kafka', 'topic' = '%s', 'properties.bootstrap.servers' = '%s',
          'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset', 'format' = 'json');
        CREATE TABLE gone (id INT, name STRING) WITH ('connector' = 'blackhole');
        INSERT INTO gone SELECT * FROM t;
        """
        .formatted(topic, bootstrapServers);
  }

  @Test
  void unreachableBroker() throws IOException {
    // Port 1 is reserved; nothing listens there.
    assertFails(run(kafkaTable("localhost:1", "orders")), 1, "localhost:1");
  }

  @Test
  void missingTopicNamesTheNearest() throws IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(null, 0)) {
      broker.createTopic("orders", 1);
      assertFails(run(kafkaTable(broker.bootstrapServers(), "ordres")), 1, "ordres", "orders");
    }
  }

  @Test
  void wrongCommandLine() {
    assertFails(Command.run("rum"), 2, "rum", "run");
    assertFails(Command.run("run"), 2, "FILE");
    assertFails(Command.run("run", "x.sql", "--engine", "turbo"), 2, "turbo", "NATIVE");
    assertFails(Command.run("run", "x.sql", "--set", "novalue"), 2, "novalue");
    assertFails(Command.run("kafka", "--topic", "a:b"), 2, "a:b");
    assertFails(Command.run("kafka", "--topic", "a b"), 2, "a b");
    assertFails(Command.run("kafka", "--port", "99999"), 2, "99999");
    assertFails(Command.run(), 2, "run, ", "demo");
  }
}
