package dev.millrace.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.flink.Step.Job;
import dev.millrace.flink.Step.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script takes secrets from outside, and they never come out again. */
class PlaceholdersTest {
  private static final String SOURCE =
      "CREATE TABLE s (id INT) WITH ('connector'='datagen', 'number-of-rows'='${env:ROWS}');";
  private static final String KAFKA =
      "CREATE TABLE k (id INT) WITH ('connector'='kafka', 'topic'='t', 'format'='json',"
          + " 'properties.bootstrap.servers'='localhost:1',"
          + " 'properties.sasl.jaas.config'='password=${env:SECRET}');";

  private final Sql sql = new Sql();

  @Test
  void aPlanKeepsThePlaceholder() {
    Job job = sql.only(Job.class, SOURCE, KAFKA, "INSERT INTO k SELECT id FROM s");
    assertThat(job.plan().write())
        .contains("${env:ROWS}", "password=${env:SECRET}")
        .doesNotContain(Sql.SECRET);
  }

  @Test
  void noAnswerShowsASecret() {
    sql.run(
        SOURCE,
        KAFKA,
        "CREATE CATALOG c WITH ('type'='generic_in_memory', 'default-database'='${env:SECRET}');",
        "SET 'pipeline.name' = '${env:SECRET}'");
    assertThat(
            sql.run(
                "SHOW CREATE TABLE k; SHOW CREATE CATALOG c; DESCRIBE CATALOG EXTENDED c; SET;",
                "EXPLAIN INSERT INTO k SELECT id FROM s /*+ OPTIONS('rows-per-second'='${env:ROWS}') */;",
                "USE CATALOG c; SHOW DATABASES"))
        .asString()
        .contains("${env:SECRET}")
        .doesNotContain(Sql.SECRET);
    assertThat(sql.only(Output.class, "SHOW CURRENT DATABASE").rows().get(0))
        .containsExactly("${env:SECRET}");
  }

  @Test
  void noMessageShowsASecret() {
    Throwable failure =
        catchThrowable(
            () ->
                sql.run(
                    "CREATE TABLE b (id INT) WITH",
                    "('connector'='datagen', 'number-of-rows'='${env:SECRET}');",
                    "SELECT * FROM b"));
    assertThat(failure)
        .hasMessageStartingWith(
            "test.sql:2:25: Option 'number-of-rows' can't have the value '${env:SECRET}'")
        .hasMessageNotContaining(Sql.SECRET);
    assertThatThrownBy(() -> sql.run("CREATE CATALOG c WITH ('type'='${env:SECRET}')"))
        .hasMessageContaining("There is no catalog type '${env:SECRET}'")
        .hasMessageNotContaining(Sql.SECRET);
  }

  @Test
  void aMissingVariableIsReportedWhereItStands() {
    assertThatThrownBy(
            () ->
                sql.run(
                    "CREATE TABLE t (id INT) WITH (", "'connector'='print', 'x'='${env:NONE}')"))
        .hasMessageStartingWith(
            "test.sql:2:26: ${env:NONE}: the environment variable NONE is not set.");
    assertThatThrownBy(() -> sql.run("SET 'pipeline.name' = '${file:/no/such/file}'"))
        .hasMessageStartingWith(
            "test.sql:1:23: ${file:/no/such/file}: the file /no/such/file cannot be read.");
    assertThatThrownBy(
            () ->
                sql.run(SOURCE, "SELECT * FROM s /*+ OPTIONS('rows-per-second'='${env:NONE}') */"))
        .hasMessageStartingWith("test.sql:2:1: ${env:NONE}: the environment variable NONE is not");
  }

  @Test
  void aStringOfAQueryIsNoOption() {
    Job job =
        sql.only(
            Job.class,
            "CREATE TABLE p (t STRING) WITH ('connector'='print');",
            "INSERT INTO p VALUES ('${env:NONE} ${env:SECRET}')");
    assertThat(job.plan().write()).contains("${env:NONE} ${env:SECRET}");
  }

  @Test
  void aPlanIsCompiledWithoutItsSecrets() {
    Sql elsewhere = new Sql(Sql.placeholders().keepingUnknown());
    Job job =
        elsewhere.only(
            Job.class, SOURCE, KAFKA.replace("SECRET", "NONE"), "INSERT INTO k SELECT id FROM s");
    assertThat(job.plan().write()).contains("password=${env:NONE}");
  }

  @Test
  void aFileHoldsAValue(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("rows"), "x\n");
    assertThatThrownBy(() -> sql.run(SOURCE.replace("env:ROWS", "file:" + file), "SELECT * FROM s"))
        .hasMessageContaining("can't have the value '${file:" + file + "}'");
  }

  @Test
  void takingTheModulesAwayDoesNotTakeThePlaceholders() {
    sql.run(SOURCE, "USE MODULES core;");
    sql.run("SELECT * FROM s");
    sql.run("UNLOAD MODULE millrace");
    sql.run("SELECT * FROM s");
  }

  @Test
  void aModelTakesNone() {
    assertThatThrownBy(
            () ->
                sql.run(
                    "CREATE MODEL m INPUT (a STRING) OUTPUT (b STRING)"
                        + " WITH ('provider'='x', 'key'='${env:SECRET}')"))
        .hasMessageContaining("Placeholders are not possible in the options of a model.");
  }
}
