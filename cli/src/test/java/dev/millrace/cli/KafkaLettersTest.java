package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dead-letter table in Kafka, written exactly once and replayed. */
class KafkaLettersTest {
  private static final String FEED =
      """
      CREATE TABLE feed (line STRING) WITH ('connector' = 'kafka', 'topic' = 'orders',
        'properties.bootstrap.servers' = '%s', 'format' = 'raw');
      INSERT INTO feed VALUES ('1,10'), ('2,ten'), ('3,30'), ('4,forty');
      """;

  private static final String JOB =
      """
      SET 'pipeline.name' = 'orders';
      SET 'execution.checkpointing.interval' = '100 ms';
      SET 'execution.checkpointing.dir' = '%1$s/checkpoints';
      SET 'millrace.errors.table' = 'dead_letters';
      CREATE TABLE dead_letters (`time` TIMESTAMP_LTZ(3), job STRING, stage STRING,
        `table` STRING, split STRING, `position` BIGINT, class STRING, message STRING,
        raw_bytes BYTES)
        WITH ('connector' = 'kafka', 'topic' = 'letters', 'format' = 'json',
          'properties.bootstrap.servers' = '%2$s', 'scan.startup.mode' = 'timestamp',
          'scan.startup.timestamp-millis' = '0', 'sink.delivery-guarantee' = 'exactly-once',
          'sink.transactional-id-prefix' = 'orders');
      CREATE TABLE orders (id INT, n %3$s)
        WITH ('connector' = 'kafka', 'topic' = 'orders', 'format' = 'csv',
          'properties.bootstrap.servers' = '%2$s', 'scan.startup.mode' = 'earliest-offset',
          'scan.bounded.mode' = 'latest-offset');
      CREATE TABLE copies (id INT, n %3$s)
        WITH ('connector' = 'filesystem', 'format' = 'csv', 'path' = '%1$s/%4$s');
      INSERT INTO copies SELECT * FROM orders;
      """;

  @TempDir private Path folder;

  private void run(String sql, String... arguments) throws IOException {
    String script = Files.writeString(folder.resolve("job.sql"), sql).toString();
    List<String> line =
        Stream.concat(Stream.of(arguments[0], script), Stream.of(arguments).skip(1)).toList();
    Command command = Command.run(line.toArray(new String[0]));
    assertThat(command.exitCode()).as(command.err()).isZero();
  }

  private List<String> written(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .flatMap(file -> lines(file).stream())
          .sorted()
          .toList();
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void recordsAreReplayedFromATopicOfLetters() throws IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(null, 0)) {
      String servers = broker.bootstrapServers();
      broker.createTopic("orders", 2);
      broker.createTopic("letters", 2);
      run(FEED.formatted(servers), "run");
      run(JOB.formatted(folder.toUri(), servers, "INT", "first"), "run", "--engine", "native");
      assertThat(written("first")).containsExactly("1,10", "3,30");
      run(
          JOB.formatted(folder.toUri(), servers, "STRING", "second"),
          "replay",
          "--table",
          "orders");
      assertThat(written("second")).containsExactly("2,ten", "4,forty");
    }
  }
}
