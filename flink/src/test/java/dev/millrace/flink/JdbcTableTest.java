package dev.millrace.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.flink.Step.Job;
import org.junit.jupiter.api.Test;

class JdbcTableTest {
  private static final String SOURCE =
      "CREATE TABLE s (id INT, name STRING) WITH ('connector'='datagen', 'number-of-rows'='3');";

  private final Sql sql = new Sql();

  private static String table(String name, String more, String options) {
    return "CREATE TABLE %s (id INT, n BIGINT%s) WITH ('connector'='jdbc', 'url'='jdbc:postgresql://h/d', 'table-name'='t'%s);"
        .formatted(name, more, options);
  }

  @Test
  void insertsAndUpdatesByKeyAreCompiled() {
    sql.run(
        SOURCE,
        table("plain", "", ", 'sink.delivery-guarantee'='exactly-once', 'sink.epoch-table'='e'"),
        table("keyed", ", PRIMARY KEY (id) NOT ENFORCED", ""));
    assertThat(sql.only(Job.class, "INSERT INTO plain SELECT id, 1 FROM s")).isNotNull();
    String plan =
        sql.only(Job.class, "INSERT INTO keyed SELECT id, COUNT(*) FROM s GROUP BY id")
            .plan()
            .write();
    assertThat(plan).contains("\"INSERT\"", "\"UPDATE_AFTER\"").doesNotContain("UPDATE_BEFORE\"");
  }

  @Test
  void updatesNeedAKey() {
    sql.run(SOURCE, table("plain", "", ""));
    assertThatThrownBy(() -> sql.run("INSERT INTO plain SELECT id, COUNT(*) FROM s GROUP BY id;"))
        .hasMessageContaining("PRIMARY KEY");
  }

  @Test
  void readingIsRefused() {
    sql.run(SOURCE, table("plain", "", ""));
    assertThatThrownBy(() -> sql.run("INSERT INTO plain SELECT id, n FROM plain;"))
        .hasMessageContaining("can only be written yet");
  }

  @Test
  void unknownAndMissingOptionsAreNamed() {
    sql.run(SOURCE, table("wrong", "", ", 'sink.buffer-flush.max-row'='1'"));
    assertThatThrownBy(() -> sql.run("INSERT INTO wrong SELECT id, 1 FROM s;"))
        .hasMessageContaining("'sink.buffer-flush.max-row'")
        .hasMessageContaining("'sink.buffer-flush.max-rows'");
    sql.run("CREATE TABLE bare (id INT) WITH ('connector'='jdbc', 'table-name'='t');");
    assertThatThrownBy(() -> sql.run("INSERT INTO bare SELECT id FROM s;"))
        .hasMessageContaining("url");
  }

  @Test
  void embeddedFlinkHasNoSuchConnector() {
    sql.run(SOURCE, table("plain", "", ""));
    Job job = sql.only(Job.class, "INSERT INTO plain SELECT id, 1 FROM s");
    assertThatThrownBy(() -> sql.frontEnd().start(job.plan(), null))
        .hasMessageContaining("runs on the native engine only");
  }
}
