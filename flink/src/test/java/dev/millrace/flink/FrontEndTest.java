package dev.millrace.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.flink.Step.Job;
import dev.millrace.flink.Step.Output;
import dev.millrace.flink.Step.Select;
import dev.millrace.plan.document.PlanDocument;
import dev.millrace.plan.document.SqlPlaces;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontEndTest {
  private static final String SOURCE =
      "CREATE TABLE s (id INT, name STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)"
          + " WITH ('connector'='datagen', 'number-of-rows'='3');";
  private static final String SINK =
      "CREATE TABLE p (id INT, name STRING) WITH ('connector'='print');";

  private final Sql sql = new Sql();

  private static List<String> nodeTypes(PlanDocument plan) {
    List<String> types = new ArrayList<>();
    json(plan).get("nodes").forEach(node -> types.add(node.get("type").asText()));
    return types;
  }

  private static JsonNode json(PlanDocument plan) {
    try {
      return new ObjectMapper().readTree(plan.write());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> firstColumn(Output output) {
    return output.rows().stream().map(row -> row.get(0)).toList();
  }

  @Test
  void definitionsSayNothing() {
    assertThat(
            sql.run(
                SOURCE,
                SINK,
                "CREATE VIEW v AS SELECT id FROM s;",
                "CREATE TEMPORARY VIEW tv AS SELECT id FROM v;",
                "CREATE DATABASE d; USE d; USE `default_database`;",
                "CREATE CATALOG c WITH ('type'='generic_in_memory');",
                "CREATE FUNCTION shout AS 'dev.millrace.flink.Shout';",
                "ALTER TABLE p ADD (more INT); ALTER TABLE p DROP more;",
                "DROP VIEW v; DROP TABLE p; DROP FUNCTION shout; DROP DATABASE d; DROP CATALOG c"))
        .isEmpty();
  }

  @Test
  void showAndDescribeAnswerWithRows() {
    sql.run(SOURCE, SINK);
    assertThat(firstColumn(sql.only(Output.class, "SHOW TABLES"))).containsExactly("p", "s");
    assertThat(firstColumn(sql.only(Output.class, "SHOW CATALOGS")))
        .containsExactly("default_catalog");
    assertThat(sql.only(Output.class, "SHOW CURRENT DATABASE").rows())
        .containsExactly(List.of("default_database"));
    Output described = sql.only(Output.class, "DESCRIBE s");
    assertThat(described.columns()).startsWith("name", "type", "null");
    assertThat(described.rows().get(0)).startsWith("id", "INT", "true");
    assertThat(described.isText()).isFalse();
  }

  @Test
  void explainAndShowCreateAnswerWithAText() {
    sql.run(SOURCE, SINK);
    Output plan = sql.only(Output.class, "EXPLAIN INSERT INTO p SELECT id, name FROM s");
    assertThat(plan.isText()).isTrue();
    assertThat(plan.rows().get(0).get(0)).contains("Optimized Execution Plan", "TableSourceScan");
    Output created = sql.only(Output.class, "SHOW CREATE TABLE p");
    assertThat(created.isText()).isTrue();
    assertThat(created.rows().get(0).get(0)).contains("CREATE TABLE", "'connector' = 'print'");
  }

  @Test
  void allInsertsAreOneJobThatReadsASourceOnce() {
    Job job =
        sql.only(
            Job.class,
            SOURCE,
            SINK,
            "INSERT INTO p SELECT id, name FROM s;",
            "CREATE TABLE q (id INT) WITH ('connector'='blackhole');",
            " INSERT INTO q SELECT id FROM s;");
    assertThat(nodeTypes(job.plan()))
        .filteredOn(type -> type.startsWith("stream-exec-table-source-scan"))
        .hasSize(1);
    assertThat(nodeTypes(job.plan()))
        .filteredOn(type -> type.startsWith("stream-exec-sink"))
        .hasSize(2);
    SqlPlaces places = job.plan().plan().places();
    assertThat(places.writers())
        .containsExactly(
            new SqlPlaces.Writer("default_catalog.default_database.p", "test.sql:3:1", Map.of()),
            new SqlPlaces.Writer("default_catalog.default_database.q", "test.sql:5:2", Map.of()));
    assertThat(places.tables())
        .containsEntry("default_catalog.default_database.s", "test.sql:1:1")
        .containsEntry("default_catalog.default_database.q", "test.sql:4:1");
    assertThat(job.plan().name()).isEqualTo("test.sql");
  }

  @Test
  void statementSetsJoinTheJob() {
    Job job =
        sql.only(
            Job.class,
            SOURCE,
            SINK,
            "EXECUTE STATEMENT SET BEGIN",
            "INSERT INTO p SELECT id, name FROM s;",
            "INSERT INTO p SELECT 1, 'x';",
            "END;",
            "BEGIN STATEMENT SET;",
            "INSERT INTO p SELECT 2, 'y';",
            "END;",
            "INSERT INTO p VALUES (3, 'z')");
    assertThat(job.plan().plan().places().writers())
        .extracting(SqlPlaces.Writer::place)
        .containsExactly("test.sql:4:1", "test.sql:5:1", "test.sql:8:1", "test.sql:10:1");
  }

  @Test
  void createTableAsDefinesAndFills() {
    Job job =
        sql.only(
            Job.class, SOURCE, "CREATE TABLE q WITH ('connector'='print') AS SELECT id FROM s");
    assertThat(job.plan().plan().places().writers()).hasSize(1);
    assertThat(firstColumn(sql.only(Output.class, "SHOW TABLES"))).contains("q");
  }

  @Test
  void aSelectIsAJobOfItsOwnBetweenTheOthers() {
    List<Step> steps =
        sql.run(
            SOURCE,
            SINK,
            "INSERT INTO p SELECT id, name FROM s;",
            "SELECT ts, id, id, 1 + 1 FROM s;",
            "SHOW TABLES;",
            "INSERT INTO p SELECT id, name FROM s;");
    assertThat(steps)
        .extracting(step -> (Object) step.getClass())
        .containsExactly(Job.class, Select.class, Output.class, Job.class);
    Select select = (Select) steps.get(1);
    JsonNode sink = json(select.plan()).get("nodes").findValue("dynamicTableSink");
    assertThat(sink.findValue("options").toString())
        .isEqualTo("{\"connector\":\"" + SelectTable.CONNECTOR + "\"}");
    assertThat(sink.findValue("columns").findValuesAsText("dataType"))
        .containsExactly("TIMESTAMP(3)", "INT", "INT", "INT NOT NULL");
  }

  @Test
  void aPlanHoldsTemporaryTablesToo() {
    Job job =
        sql.only(
            Job.class,
            SOURCE.replace("CREATE", "CREATE TEMPORARY"),
            SINK,
            "INSERT INTO p SELECT id, name FROM s; DROP TEMPORARY TABLE s;");
    JsonNode scan = json(job.plan()).get("nodes").findValue("scanTableSource");
    assertThat(scan.findValue("options").path("connector").asText()).isEqualTo("datagen");
    assertThat(scan.findValue("schema").findValuesAsText("name")).startsWith("id", "name", "ts");
  }

  @Test
  void anUpdatingSelectKeepsItsChangelog() {
    Select select = sql.only(Select.class, SOURCE, "SELECT name, COUNT(*) FROM s GROUP BY name");
    assertThat(json(select.plan()).findValue("inputChangelogMode").toString())
        .contains("UPDATE_BEFORE", "UPDATE_AFTER");
  }

  @Test
  void settingsEndUpWithThePlan() {
    sql.frontEnd().set("parallelism.default", "2");
    Job job =
        sql.only(
            Job.class,
            "SET 'pipeline.name' = 'tidy';",
            "SET 'table.local-time-zone' = 'Asia/Kathmandu';",
            "SET 'millrace.status.interval' = '1 s';",
            "SET 'table.exec.source.idle-timeout' = '2 s'; RESET 'table.exec.source.idle-timeout';",
            SOURCE,
            SINK,
            "INSERT INTO p SELECT id, name FROM s;");
    assertThat(job.plan().name()).isEqualTo("tidy");
    assertThat(job.plan().configuration())
        .containsOnlyKeys(
            "pipeline.name",
            "table.local-time-zone",
            "millrace.status.interval",
            "parallelism.default");
    Output listed = sql.only(Output.class, "SET");
    assertThat(listed.rows()).contains(List.of("pipeline.name", "tidy"));
    sql.run("RESET");
    assertThat(sql.only(Output.class, "SET").rows()).isEmpty();
  }

  @Test
  void aSettingReachesThePlanner() {
    sql.run(SOURCE, "SET 'table.local-time-zone' = 'Asia/Kathmandu'");
    Output plan =
        sql.only(Output.class, "EXPLAIN SELECT CAST(TO_TIMESTAMP_LTZ(0, 3) AS STRING) FROM s");
    assertThat(plan.rows().get(0).get(0)).contains("1970-01-01 05:30:00.000");
  }

  @Test
  void anOwnSettingMustExist() {
    assertThatThrownBy(() -> sql.run("SELECT 1;", "SET 'millrace.status.intervall' = '1 s'"))
        .hasMessageStartingWith(
            "test.sql:2:1: There is no setting 'millrace.status.intervall'; did you mean"
                + " 'millrace.status.interval'?");
    assertThatThrownBy(() -> sql.frontEnd().set("millrace.x", "1"))
        .hasMessage("There is no setting 'millrace.x'; known are: millrace.status.interval.");
    assertThatThrownBy(() -> sql.run("SET 'execution.runtime-mode' = 'BATCH'"))
        .hasMessageContaining("can only be 'streaming'");
  }

  @Test
  void settingsDoNotChangeBetweenInserts() {
    assertThatThrownBy(
            () ->
                sql.run(
                    SOURCE,
                    SINK,
                    "INSERT INTO p SELECT id, name FROM s;",
                    "SET 'parallelism.default' = '3';"))
        .hasMessageStartingWith("test.sql:4:1: A setting can't change after the first INSERT");
  }

  @Test
  void compilePlanWritesFlinksFile(@TempDir Path folder) {
    Path file = folder.resolve("plan.json");
    sql.run(SOURCE, SINK, "COMPILE PLAN '" + file + "' FOR INSERT INTO p SELECT id, name FROM s");
    assertThat(file).content().contains("stream-exec-table-source-scan");
    assertThatThrownBy(() -> sql.run("EXECUTE PLAN '" + file + "'"))
        .hasMessageStartingWith("test.sql:1:1: A plan is run with: millrace run FILE.plan.json");
  }
}
