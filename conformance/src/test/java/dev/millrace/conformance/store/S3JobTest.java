package dev.millrace.conformance.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.millrace.api.Engine;
import dev.millrace.api.Job;
import dev.millrace.api.Millrace;
import dev.millrace.benchmarks.ChildProcess;
import dev.millrace.cli.Main;
import dev.millrace.engine.checkpoint.BlobStores;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Whole jobs whose checkpoints and savepoints lie in S3. */
class S3JobTest {
  private static final int ROWS = 12_000;
  private static final int KEYS = 7;

  private static final String LOCATION = "s3://bucket/jobs/";

  /** The variable of a child process with the secret key. */
  private static final String SECRET = "S3_TEST_SECRET";

  @TempDir private Path folder;

  private final String name = "counts-" + UUID.randomUUID();
  private final Logger logger = logger("dev.millrace");

  /** Quiet in other tests, in which jobs fail on purpose. */
  private final Logger jobLogger = logger(dev.millrace.engine.runtime.Job.class.getName());

  private final Level jobLevel = jobLogger.getLevel();
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          log.add(event.getFormattedMessage());
        }
      };

  private S3Server server;

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  @BeforeEach
  void start() throws Exception {
    jobLogger.setLevel(Level.WARN);
    appender.start();
    logger.addAppender(appender);
    logger.setAdditive(false);
    server = S3Server.start(folder);
  }

  @AfterEach
  void end() {
    server.close();
    logger.detachAppender(appender);
    logger.setAdditive(true);
    jobLogger.setLevel(jobLevel);
  }

  private String settings(String secret) {
    return """
        SET 'pipeline.name' = '%s';
        SET 'execution.checkpointing.interval' = '200 ms';
        SET 'execution.checkpointing.dir' = '%scheckpoints';
        SET 'execution.checkpointing.savepoint-dir' = '%ssavepoints/';
        SET 'restart-strategy.exponential-delay.initial-backoff' = '200 ms';
        SET 's3.endpoint' = '%s';
        SET 's3.access-key' = '%s';
        SET 's3.secret-key' = '%s';
        """
        .formatted(name, LOCATION, LOCATION, server.endpoint(), S3Server.ACCESS_KEY, secret);
  }

  /** Counts the rows of each key. */
  private String counts(String secret) {
    return settings(secret)
        + """
        CREATE TABLE ids (id INT, pt AS PROCTIME()) WITH ('connector' = 'datagen',
          'rows-per-second' = '4000', 'fields.id.kind' = 'sequence', 'fields.id.start' = '0',
          'fields.id.end' = '%d');
        CREATE TABLE files (k INT, n BIGINT) WITH (
          'connector' = 'filesystem', 'format' = 'csv', 'path' = '%s');
        INSERT INTO files
        SELECT MOD(id, %d), COUNT(*) OVER (PARTITION BY MOD(id, %d) ORDER BY pt
          ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM ids;
        """
            .formatted(ROWS - 1, folder.resolve("out").toUri(), KEYS, KEYS);
  }

  private Millrace counts() {
    return Millrace.sql(counts(S3Server.SECRET_KEY)).engine(Engine.NATIVE);
  }

  private List<String> written() throws IOException {
    List<String> rows = new ArrayList<>();
    if (!Files.exists(folder.resolve("out"))) {
      return rows;
    }
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      for (Path file : files.filter(f -> !f.getFileName().toString().startsWith(".")).toList()) {
        rows.addAll(Files.readAllLines(file));
      }
    }
    return rows.stream().sorted().toList();
  }

  private void awaitRows(int count) {
    await().atMost(Duration.ofMinutes(1)).until(() -> written().size() >= count);
  }

  private static List<String> expected() {
    List<String> rows = new ArrayList<>();
    for (int id = 0; id < ROWS; id++) {
      rows.add(id % KEYS + "," + (id / KEYS + 1));
    }
    return rows.stream().sorted().toList();
  }

  /** A command line in a process of its own, which knows the secret key by its environment. */
  private Process command(String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                ChildProcess.java(
                    List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"), Main.class, List.of(arguments)))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
    builder.environment().put(SECRET, S3Server.SECRET_KEY);
    return builder.start();
  }

  /** What the command lines have printed. */
  private Path output() {
    return folder.resolve("output");
  }

  private void run(String... arguments) throws Exception {
    Process process = command(arguments);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output())).isZero();
  }

  private void awaitLog(String... parts) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> log.stream().anyMatch(line -> Stream.of(parts).allMatch(line::contains)));
  }

  private String away() {
    return "S3 at %s does not answer (Connection refused".formatted(server.endpoint());
  }

  @Test
  void aJobThatIsKilledGoesOnAtAnotherParallelism() throws Exception {
    String script =
        Files.writeString(folder.resolve("job.sql"), counts("${env:" + SECRET + "}")).toString();
    Process killed = command("run", script, "--resume", "--parallelism", "2");
    awaitRows(1000);
    killed.destroyForcibly().waitFor();
    assertThat(written()).hasSizeLessThan(ROWS);

    run("run", script, "--resume", "--parallelism", "3");
    assertThat(written()).isEqualTo(expected());
    assertThat(output())
        .content()
        .contains("'" + name + "' goes on from checkpoint ")
        .doesNotContain(S3Server.SECRET_KEY);
  }

  @Test
  void aSavepointStartsAJobAndIsBackedUp() throws Exception {
    String savepoint;
    try (Job job = counts().parallelism(2).start()) {
      awaitRows(1000);
      savepoint = job.savepoint(null, /* stop= */ true);
      job.await();
    }
    assertThat(savepoint).startsWith(LOCATION + "savepoints/savepoint-");
    assertThat(written()).hasSizeLessThan(ROWS);

    String[] reach = {
      "--set", "s3.endpoint=" + server.endpoint(),
      "--set", "s3.access-key=" + S3Server.ACCESS_KEY,
      "--set", "s3.secret-key=${env:" + SECRET + "}"
    };
    String backup = folder.resolve("job.backup").toString();
    run(
        Stream.concat(Stream.of("backup", savepoint, backup), Stream.of(reach))
            .toArray(String[]::new));
    Path unpacked = folder.resolve("unpacked");
    run("restore", backup, "--unpack", "--dir", unpacked.toString());
    assertThat(BlobStores.open(unpacked.toString()).list(""))
        .contains("job.sql", "job.plan.json")
        .isEqualTo(BlobStores.open(savepoint, new Options("the test", server.settings())).list(""));

    try (Job job = counts().from(savepoint).parallelism(3).start()) {
      job.await();
    }
    assertThat(written()).isEqualTo(expected());
  }

  @Test
  void aJobStartsFromTheManifestOfACheckpoint() throws Exception {
    try (Job job = counts().parallelism(2).start()) {
      awaitRows(1000);
      job.stop();
      job.await();
    }
    List<String> manifests = server.files(".manifest");
    assertThat(manifests).hasSize(1);
    try (Job job = counts().from("s3://bucket/" + manifests.get(0)).parallelism(1).start()) {
      job.await();
    }
    assertThat(written()).isEqualTo(expected());
  }

  @Test
  void aJobStartsAgainWhenItsStoreIsBack() throws Exception {
    try (Job job = counts().parallelism(2).start()) {
      awaitRows(1000);
      server.stop();
      awaitLog("'" + name + "' failed and starts again", LOCATION + "checkpoints/", away());
      server.start();
      job.await();
    }
    assertThat(written()).isEqualTo(expected());
  }

  @Test
  void aJobWhoseResultsDoNotWaitGoesOnWithoutItsStore() throws Exception {
    String script =
        settings(S3Server.SECRET_KEY)
            + """
            SET 'execution.checkpointing.tolerable-failed-checkpoints' = '1000';
            CREATE TABLE ids (id INT) WITH ('connector' = 'datagen', 'rows-per-second' = '100');
            CREATE TABLE nothing (id INT) WITH ('connector' = 'blackhole');
            INSERT INTO nothing SELECT * FROM ids;
            """;
    try (Job job = Millrace.sql(script).engine(Engine.NATIVE).start()) {
      await().atMost(Duration.ofMinutes(1)).until(() -> !server.files(".manifest").isEmpty());
      server.stop();
      List<String> before = server.files(".manifest");
      awaitLog("Checkpoint ", "failed: Cannot write checkpoint ", away(), "The job goes on");
      server.start();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> !before.containsAll(server.files(".manifest")));
      job.cancel();
      assertThatThrownBy(job::await).hasMessageContaining("cancelled");
    }
    assertThat(log).noneMatch(line -> line.contains("starts again"));
  }

  @Test
  void aBucketThatIsNotThereIsNamed() {
    Millrace script =
        counts()
            .set("execution.checkpointing.dir", "s3://nowhere/x")
            .set("restart-strategy.type", "none");
    assertThatThrownBy(
            () -> {
              try (Job job = script.start()) {
                job.await();
              }
            })
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "Cannot read s3://nowhere/x/%s: the bucket 'nowhere' does not exist (S3 at %s)",
            name, server.endpoint());
  }

  /** Both the script and the plan that lie beside a savepoint have the placeholder only. */
  @Test
  void theBucketHoldsNoSecret() throws Exception {
    String script = counts("${file:" + secretFile() + "}");
    try (Job job = Millrace.sql(script).engine(Engine.NATIVE).start()) {
      awaitRows(1);
      job.savepoint(null, /* stop= */ true);
      job.await();
    }
    List<String> files = server.files("");
    assertThat(files).anyMatch(file -> file.endsWith("/job.sql"));
    for (String file : files) {
      byte[] content = Files.readAllBytes(server.objects().resolve(file));
      assertThat(new String(content, StandardCharsets.ISO_8859_1))
          .doesNotContain(S3Server.SECRET_KEY);
    }
    assertThat(log).noneMatch(line -> line.contains(S3Server.SECRET_KEY));
  }

  private Path secretFile() throws IOException {
    return Files.writeString(folder.resolve("secret"), S3Server.SECRET_KEY);
  }
}
