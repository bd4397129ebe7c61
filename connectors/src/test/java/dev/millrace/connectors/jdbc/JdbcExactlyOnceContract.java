package dev.millrace.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.connectors.testing.Letters;
import dev.millrace.connectors.testing.TestSinkContext;
import dev.millrace.connectors.testing.Writing;
import dev.millrace.engine.connector.EpochTransactions;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.TransactionalSystem;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.runtime.Job;
import dev.millrace.engine.runtime.JobConfig;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions by epoch in every database. */
abstract class JdbcExactlyOnceContract {
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);

  @TempDir private Path folder;

  abstract TestDatabase database();

  /** A job that no other test has. */
  private final String job = "job-" + TestDatabase.NAMES.incrementAndGet();

  private String target() {
    return database().table("target", "n BIGINT");
  }

  private TestTable table(String target) {
    return TestTable.of(database(), target).column("n", BIGINT).exactlyOnce();
  }

  private EpochTransactions open(TestTable table, String run) {
    return table.sink().system().open(job, run);
  }

  private List<Long> read(String target) {
    return database().numbers("SELECT n FROM " + target + " ORDER BY n");
  }

  @Test
  void epochsBecomeVisibleOneByOneAndAreKnownToTheNextProcess() {
    String target = target();
    TestTable table = table(target);
    try (EpochTransactions transactions = open(table, "run")) {
      assertThat(transactions.recover()).isEqualTo(EpochTransactions.NONE);
      transactions.begin(1);
      try (Writing writing = table.writing(transactions)) {
        writing.insert(1L).write().endEpoch();
        assertThat(read(target)).isEmpty();
        transactions.begin(2);
        transactions.commit(1);
        assertThat(read(target)).containsExactly(1L);
        writing.insert(2L).write().endEpoch();
      }
    }
    assertThat(read(target)).containsExactly(1L);
    try (EpochTransactions next = open(table, "run")) {
      assertThat(next.recover()).isEqualTo(1);
    }
    try (EpochTransactions other = open(table, "another run")) {
      assertThat(other.recover()).isEqualTo(EpochTransactions.NONE);
      other.begin(2);
      other.commit(2);
    }
    try (EpochTransactions other = open(table, "another run")) {
      assertThat(other.recover()).isEqualTo(2);
    }
    assertThat(
            database()
                .query(
                    "SELECT run, epoch, generation FROM millrace_epochs WHERE job = '" + job + "'"))
        .containsExactly(List.of("another run", "2", "4"));
  }

  @Test
  void rowsOfTheNextEpochWaitUntilTheLastOneIsCommitted() throws Exception {
    String target = target();
    TestTable table = table(target).option("sink.buffer-flush.max-rows", "1");
    try (EpochTransactions transactions = open(table, "run")) {
      transactions.recover();
      transactions.begin(1);
      try (Writing writing = table.writing(transactions)) {
        writing.insert(1L).write().endEpoch();
        transactions.begin(2);
        CompletableFuture<Void> next =
            CompletableFuture.runAsync(() -> writing.insert(2L).write().endEpoch());
        transactions.commit(1);
        next.get(1, TimeUnit.MINUTES);
        assertThat(read(target)).containsExactly(1L);
        transactions.commit(2);
      }
    }
    assertThat(read(target)).containsExactly(1L, 2L);
  }

  @Test
  void whoWasTakenForDeadCannotWriteAndHoldsNothingUp() {
    String target = database().table("fenced", "n BIGINT PRIMARY KEY");
    TestTable table = table(target).primaryKey(0);
    try (EpochTransactions dead = open(table, "run");
        EpochTransactions next = open(table, "run");
        Writing late = table.writing(dead);
        Writing writing = table.writing(next)) {
      dead.recover();
      dead.begin(1);
      late.insert(1L).insert(2L).write().finish();
      assertThat(next.recover()).isEqualTo(EpochTransactions.NONE);
      next.begin(1);
      writing.insert(1L).write().finish();
      assertThatThrownBy(() -> dead.commit(1)).isInstanceOf(MillraceException.class);
      next.commit(1);
    }
    assertThat(read(target)).containsExactly(1L);
  }

  /** As if a pooler had kept the session, and with it the lock, out of reach. */
  @Test
  void aCommitOfAnOlderGenerationFails() {
    String target = target();
    TestTable table = table(target);
    try (EpochTransactions old = open(table, "run");
        Writing writing = table.writing(old)) {
      old.recover();
      old.begin(1);
      writing.insert(1L).write().finish();
      database()
          .execute(
              "UPDATE millrace_epochs SET generation = generation + 1 WHERE job = '" + job + "'");
      assertThatThrownBy(() -> old.commit(1))
          .hasMessageContaining(job)
          .hasMessageContaining("another process has taken the job over");
    }
    assertThat(read(target)).isEmpty();
  }

  @Test
  void aRowThatIsNotTakenFailsItsEpochAndIsNamed() {
    String target = database().table("strict_once", "n BIGINT PRIMARY KEY, CHECK (n < 10)");
    TestTable table = table(target).primaryKey(0);
    try (EpochTransactions transactions = open(table, "run");
        Writing writing = table.writing(transactions)) {
      transactions.recover();
      transactions.begin(1);
      writing.insert(1L).write().insert(2L).insert(11L).insert(3L).write();
      assertThatThrownBy(writing::finish).hasMessageContaining("key n = 11");
      assertThatThrownBy(() -> transactions.commit(1)).hasMessageContaining("key n = 11");
    }
    assertThat(read(target)).isEmpty();
  }

  @Test
  void rowsThatAreNotTakenBecomeLettersAndTheirEpochGoesOn() {
    String target = database().table("sorted_out_once", "n BIGINT PRIMARY KEY, CHECK (n < 10)");
    TestTable table = table(target).primaryKey(0).option("sink.buffer-flush.max-rows", "1");
    Letters letters = new Letters(table.schema());
    try (EpochTransactions transactions = open(table, "run");
        Writing writing =
            table.writing(
                new TestSinkContext()
                    .withTransactions(transactions)
                    .withErrors(letters.errors()))) {
      transactions.recover();
      transactions.begin(1);
      writing.insert(1L).insert(2L).write();
      writing.insert(11L).insert(3L).insert(12L).delete(2L).write();
      assertThat(letters.takeRows()).containsExactly("{\"n\":11}", "{\"n\":12}");
      writing.insert(4L).write().endEpoch();
      transactions.begin(2);
      transactions.commit(1);
      assertThat(read(target)).containsExactly(1L, 3L, 4L);
      writing.insert(13L).insert(5L).write().endEpoch();
      assertThat(letters.takeRows()).containsExactly("{\"n\":13}");
      transactions.commit(2);
    }
    assertThat(read(target)).containsExactly(1L, 3L, 4L, 5L);
  }

  @Test
  void tablesOfOneDatabaseAndUserShareTransactions() {
    TestTable one = table("one");
    TestTable two = table("two");
    TransactionalSystem shared = one.sink().system();
    assertThat(shared).isEqualTo(two.sink().system()).hasSameHashCodeAs(two.sink().system());
    assertThat(table("x").option("username", "another").sink().system()).isNotEqualTo(shared);
    assertThat(table("x").option("sink.epoch-table", "mine").sink().system()).isNotEqualTo(shared);
    assertThat(table("x").option("sink.delivery-guarantee", "at-least-once").sink().system())
        .isNull();
  }

  @Test
  void theTableOfEpochsHasTheNameThatAnOptionGives() {
    String name = "epochs_" + TestDatabase.NAMES.incrementAndGet();
    TestTable table = table(target()).option("sink.epoch-table", name);
    try (EpochTransactions transactions = open(table, "run")) {
      transactions.recover();
      transactions.begin(1);
      transactions.commit(1);
    }
    assertThat(database().query("SELECT job, epoch FROM " + name))
        .containsExactly(List.of(job, "1"));
  }

  private JobConfig config(int parallelism) {
    return NumbersJob.config(job, folder, parallelism);
  }

  @Test
  void aJobThatIsBrokenOffAgainAndAgainWritesEachRowOnce() throws InterruptedException {
    String target = target();
    Sink sink = table(target).sink();
    for (int round = 1; round <= 4; round++) {
      int atLeast = round * NumbersJob.ROWS / 6;
      Job running = Job.resume(NumbersJob.to(sink), config(1 + round % 3));
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> running.finished() || read(target).size() >= atLeast);
      running.cancel();
      assertThatThrownBy(running::await).hasMessageContaining("cancelled");
    }
    Job last = Job.resume(NumbersJob.to(sink), config(2));
    last.await();
    assertThat(read(target)).isEqualTo(NumbersJob.all());
  }

  @Test
  void jobsThatFailAroundTheirCommitsWriteEachRowOnce() throws InterruptedException {
    FailingSystem system = new FailingSystem(table(target()).sink().system(), 3);
    for (int round = 1; system.failures() < 6; round++) {
      String target = target();
      Sink sink = new FailingSystem.FailingSink(table(target).sink(), system);
      Job.start(NumbersJob.to(sink), NumbersJob.config(job + "-" + round, folder, 2)).await();
      assertThat(read(target)).isEqualTo(NumbersJob.all());
    }
  }
}
