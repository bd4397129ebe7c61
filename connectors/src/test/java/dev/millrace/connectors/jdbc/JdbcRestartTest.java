package dev.millrace.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.connectors.testing.Writing;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.runtime.Job;
import dev.millrace.engine.runtime.JobConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is killed and comes back. */
class JdbcRestartTest {
  private static TestPostgres database;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    database = new TestPostgres();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static TestTable table(String target) {
    return TestTable.of(database, target)
        .column("c0", NumbersJob.ROW.child(0))
        .option("sink.max-retries", "20")
        .option("connection.max-retry-timeout", "1 s");
  }

  private static long count(String target) {
    return database.numbers("SELECT COUNT(*) FROM " + target).get(0);
  }

  private static List<Long> read(String target) {
    return database.numbers("SELECT c0 FROM " + target + " ORDER BY c0");
  }

  /** Lets the job write some rows, kills the database, starts it again, and waits for the end. */
  private static void runThroughACrash(Job job, String target) throws InterruptedException {
    await().atMost(Duration.ofMinutes(1)).until(() -> count(target) > 500);
    database.kill();
    database.start();
    job.await();
  }

  @Test
  void noRowIsLostWithoutCheckpoints() throws InterruptedException {
    String target = database.table("at_least", "c0 BIGINT PRIMARY KEY");
    Sink sink = table(target).primaryKey(0).sink();
    Job job =
        Job.start(
            NumbersJob.to(sink), JobConfig.named("at-least").withParallelism(2).withBatchRows(50));
    runThroughACrash(job, target);
    assertThat(read(target)).isEqualTo(NumbersJob.all());
  }

  @Test
  void eachRowIsThereOnceWithTransactions() throws InterruptedException {
    String target = database.table("exactly", "c0 BIGINT");
    Sink sink = table(target).exactlyOnce().sink();
    Job job = Job.start(NumbersJob.to(sink), NumbersJob.config("exactly", folder, 2));
    runThroughACrash(job, target);
    assertThat(read(target)).isEqualTo(NumbersJob.all());
  }

  @Test
  void aDatabaseThatStaysAwayFailsTheJobInTheEnd() {
    String target = database.table("away", "c0 BIGINT");
    TestTable table =
        TestTable.of(database, target)
            .column("c0", NumbersJob.ROW.child(0))
            .option("sink.max-retries", "1");
    try (Writing writing = table.writing()) {
      database.kill();
      assertThatThrownBy(() -> writing.insert(1L).write().finish())
          .hasMessageContaining("Table 't' cannot reach PostgreSQL at localhost:")
          .hasMessageContaining("check 'url'");
    } finally {
      database.start();
    }
  }
}
