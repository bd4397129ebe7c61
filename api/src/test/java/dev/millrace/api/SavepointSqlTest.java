package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job is stopped with a savepoint, and its script edited. The state that means the same goes on,
 * as on Flink where the operators' ids stay the same; the rest is reported.
 */
class SavepointSqlTest {
  private static final String TOTALS =
      "SELECT cust, COUNT(*), SUM(amount) FROM orders GROUP BY cust";

  @TempDir private Path folder;

  @BeforeEach
  void firstOrders() throws IOException {
    Files.createDirectories(folder.resolve("orders"));
    orders("first", "1,ann,10\n2,bob,20\n3,ann,2\n");
  }

  private void orders(String file, String lines) throws IOException {
    Path hidden = Files.writeString(folder.resolve("orders").resolve("." + file), lines);
    Files.move(hidden, folder.resolve("orders").resolve(file));
  }

  /** What came after the savepoint. */
  private void moreOrders() throws IOException {
    orders("second", "4,ann,1\n5,cid,30\n");
  }

  private String table(String name) {
    return """
    CREATE TABLE %s (id BIGINT, cust STRING, amount BIGINT) WITH ('connector' = 'filesystem',
      'format' = 'csv', 'path' = '%s', 'source.monitor-interval' = '20 ms');
    """
        .formatted(name, folder.resolve("orders").toUri());
  }

  private String script(String query) {
    return table("orders")
        + """
        CREATE TABLE totals (cust STRING, n BIGINT, s BIGINT, PRIMARY KEY (cust) NOT ENFORCED)
          WITH ('connector' = 'memory');
        INSERT INTO totals %s;
        """
            .formatted(query);
  }

  private Millrace millrace(String script) {
    return Millrace.sql(script)
        .engine(Engine.NATIVE)
        .set("pipeline.name", "orders")
        .set("execution.checkpointing.interval", "1 h")
        .set("execution.checkpointing.dir", folder.resolve("checkpoints").toString())
        .set("execution.checkpointing.savepoint-dir", folder.resolve("savepoints").toString());
  }

  /** The last values of each key that came. */
  private static Map<Object, List<Object>> last(MemorySink sink) {
    Map<Object, List<Object>> last = new HashMap<>();
    for (Row row : sink.rows()) {
      if (row.kind() == RowKind.DELETE) {
        last.remove(row.get(0));
      } else if (row.kind() != RowKind.UPDATE_BEFORE) {
        last.put(row.get(0), row.values().subList(1, row.values().size()));
      }
    }
    return last;
  }

  private static void awaitRows(MemorySink sink, Map<Object, List<Object>> expected) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(last(sink)).isEqualTo(expected));
  }

  /** Stops the first job when it has counted the first orders; returns where its savepoint is. */
  private String savepoint() throws InterruptedException {
    MemorySink totals = new MemorySink();
    try (Job job = millrace(script(TOTALS)).parallelism(2).sink("totals", totals).start()) {
      awaitRows(totals, Map.of("ann", List.of(2L, 12L), "bob", List.of(1L, 20L)));
      String savepoint = job.savepoint(null, /* stop= */ true);
      job.await();
      return savepoint;
    }
  }

  private List<String> report(String script, String savepoint) {
    return millrace(script)
        .from(savepoint)
        .sink("totals", new MemorySink())
        .sink("largest", new MemorySink())
        .stateReport()
        .stream()
        .map(
            line ->
                line.replaceAll("\\[\\d+]", "")
                    .replaceAll(" \\(script:[0-9:]+\\)", "")
                    .replaceAll("[0-9,]+ bytes", "n bytes"))
        .toList();
  }

  private void assertGoesOn(String script, String savepoint, Map<Object, List<Object>> expected)
      throws IOException {
    assertGoesOn(millrace(script).from(savepoint), expected);
  }

  private void assertGoesOn(Millrace edited, Map<Object, List<Object>> expected)
      throws IOException {
    moreOrders();
    MemorySink totals = new MemorySink();
    try (Job job = edited.parallelism(3).sink("totals", totals).start()) {
      awaitRows(totals, expected);
      assertThat(job.status().rowsIn()).as("only what came after the savepoint").isEqualTo(2);
    }
  }

  private void assertRefused(String script, String savepoint, String... why) {
    assertThatThrownBy(
            () -> millrace(script).from(savepoint).sink("totals", new MemorySink()).start())
        .isInstanceOf(MillraceException.class)
        .hasMessageContainingAll(why)
        .hasMessageContaining("--allow-state-loss");
  }

  private static final Map<Object, List<Object>> WENT_ON =
      Map.of("ann", List.of(3L, 13L), "cid", List.of(1L, 30L));

  @Test
  void namesAreOfNoImportance() throws Exception {
    String savepoint = savepoint();
    String renamed =
        """
        CREATE VIEW sums AS SELECT total, customer AS who, orders_n FROM (
          SELECT cust AS customer, COUNT(*) AS orders_n, SUM(amount) AS total FROM orders GROUP BY cust);
        INSERT INTO totals SELECT who, orders_n, total FROM sums;
        """;
    String script = script(TOTALS).replaceFirst("INSERT INTO totals .*\n", renamed);
    assertThat(script).contains("CREATE VIEW");
    assertThat(report(script, savepoint))
        .containsExactly(
            "kept: Source orders, 1 splits, n bytes", "kept: GroupAggregate, 2 rows, n bytes");
    assertGoesOn(script, savepoint, WENT_ON);
  }

  @Test
  void anotherFilterConcernsTheRowsToCome() throws Exception {
    String savepoint = savepoint();
    String script = script(TOTALS.replace("GROUP BY", "WHERE amount < 25 GROUP BY"));
    assertThat(report(script, savepoint))
        .containsExactly(
            "kept: Source orders, 1 splits, n bytes",
            "kept: GroupAggregate, 2 rows, n bytes; its rows are chosen by other conditions now");
    assertGoesOn(script, savepoint, Map.of("ann", List.of(3L, 13L)));
  }

  @Test
  void anotherQueryBeginsWithWhatComes() throws Exception {
    String savepoint = savepoint();
    String script =
        """
        CREATE TABLE largest (cust STRING, amount BIGINT, PRIMARY KEY (cust) NOT ENFORCED)
          WITH ('connector' = 'memory');
        """
            + script(TOTALS)
                .replace(
                    "INSERT",
                    "INSERT INTO largest SELECT cust, MAX(amount) FROM orders GROUP BY cust;\nINSERT");
    assertThat(report(script, savepoint))
        .containsExactlyInAnyOrder(
            "kept: Source orders, 1 splits, n bytes",
            "new: GroupAggregate",
            "kept: GroupAggregate, 2 rows, n bytes");
    MemorySink largest = new MemorySink();
    assertGoesOn(millrace(script).from(savepoint).sink("largest", largest), WENT_ON);
    awaitRows(largest, Map.of("ann", List.of(1L), "cid", List.of(30L)));
  }

  @Test
  void anotherAggregateBeginsAnewIfThatIsAllowed() throws Exception {
    String savepoint = savepoint();
    String script = script(TOTALS.replace("SUM(amount)", "SUM(amount * 2)"));
    assertThat(report(script, savepoint))
        .containsExactly(
            "kept: Source orders, 1 splits, n bytes",
            "changed: GroupAggregate, 2 rows, n bytes; it computes something else now");
    assertRefused(script, savepoint, "changed: GroupAggregate", "something else");
    assertGoesOn(
        millrace(script).from(savepoint).allowStateLoss(true),
        Map.of("ann", List.of(1L, 2L), "cid", List.of(1L, 60L)));
  }

  @Test
  void anotherKeyBeginsAnew() throws Exception {
    String savepoint = savepoint();
    String byId = "SELECT UPPER(cust), COUNT(*), SUM(amount) FROM orders GROUP BY UPPER(cust)";
    assertRefused(script(byId), savepoint, "changed: GroupAggregate");
    String none = "SELECT cust, id, amount FROM orders";
    assertRefused(script(none), savepoint, "dropped: GroupAggregate, 2 rows");
  }

  @Test
  void anotherTableIsReadFromItsBeginning() throws Exception {
    String savepoint = savepoint();
    String script =
        script(TOTALS)
            .replace(table("orders"), table("sales"))
            .replace("FROM orders", "FROM sales");
    assertThat(report(script, savepoint))
        .containsExactlyInAnyOrder(
            "new: Source sales",
            "changed: GroupAggregate, 2 rows, n bytes; it computes something else now",
            "dropped: Source orders, 1 splits, n bytes");
  }

  @Test
  void aSavepointHoldsScriptAndPlan() throws Exception {
    Path savepoint = Path.of(savepoint());
    assertThat(savepoint.getParent()).isEqualTo(folder.resolve("savepoints"));
    assertThat(savepoint.resolve(Savepoints.SCRIPT)).hasContent(script(TOTALS));
    assertThat(savepoint.resolve(Savepoints.PLAN)).content().contains("\"flinkVersion\"");
  }

  @Test
  void aChangedScriptDoesNotResumeWithoutItsState() throws Exception {
    savepoint();
    String script = script(TOTALS.replace("SUM", "MAX"));
    assertThatThrownBy(
            () -> {
              try (Job job =
                  millrace(script).resume(true).sink("totals", new MemorySink()).start()) {
                job.await();
              }
            })
        .hasMessageContaining("has changed since checkpoint")
        .hasMessageContaining("changed: GroupAggregate");
    assertGoesOn(
        millrace(script).resume(true).allowStateLoss(true),
        Map.of("ann", List.of(1L, 1L), "cid", List.of(1L, 30L)));
  }

  private Job startFrom(String savepoint) {
    return millrace(script(TOTALS)).from(savepoint).sink("totals", new MemorySink()).start();
  }

  @Test
  void whatIsNoSavepointIsSaid() {
    assertThatThrownBy(() -> startFrom(folder.toString()))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("There is no savepoint in '" + folder + "'");
    assertThatThrownBy(() -> startFrom("s4://bucket/savepoint"))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("the scheme 's4' is not known. Known are a path, file:, s3:.");
  }

  @Test
  void checkpointsAreRemovedAtTheEndIfThatIsWished() throws Exception {
    MemorySink totals = new MemorySink();
    try (Job job =
        millrace(script(TOTALS))
            .set(
                "execution.checkpointing.externalized-checkpoint-retention",
                "DELETE_ON_CANCELLATION")
            .sink("totals", totals)
            .start()) {
      assertThat(job.name()).isEqualTo("orders");
      awaitRows(totals, Map.of("ann", List.of(2L, 12L), "bob", List.of(1L, 20L)));
      assertThat(folder.resolve("checkpoints/orders/manifests")).isNotEmptyDirectory();
    }
    assertThat(folder.resolve("checkpoints/orders")).doesNotExist();
  }
}
