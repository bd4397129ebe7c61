package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MillraceTest {
  private static final String TABLES =
      """
      CREATE TABLE readings (
        id STRING, v DECIMAL(6, 2), born TIMESTAMP(3), tags ARRAY<STRING>, place ROW<x INT, y INT>, m MAP<STRING, INT>
      ) WITH ('connector' = 'memory');
      CREATE TABLE clean (
        id STRING, v DECIMAL(6, 2), born TIMESTAMP(3), tags ARRAY<STRING>, place ROW<x INT, y INT>, m MAP<STRING, INT>
      ) WITH ('connector' = 'memory');
      """;

  private static Row reading(String id, String value) {
    return Row.of(
        id,
        new BigDecimal(value),
        LocalDateTime.parse("2026-03-01T08:00:00.250"),
        List.of("a", "b"),
        Arrays.asList(1, null),
        Map.of("k", 7));
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"NATIVE", "FLINK"})
  void rowsOfMemoryTablesGoThrough(Engine engine) throws InterruptedException {
    MemorySink clean = new MemorySink();
    try (Job job =
        Millrace.sql(TABLES + "INSERT INTO clean SELECT * FROM readings WHERE v > 0;")
            .engine(engine)
            .source("readings", MemorySource.of(reading("t-1", "21.50"), reading("t-2", "-1.00")))
            .sink("clean", clean)
            .start()) {
      job.await();
      assertThat(job.engine()).isEqualTo(engine);
      assertThat(job.status().state()).isEqualTo(JobStatus.State.FINISHED);
    }
    assertThat(clean.rows()).containsExactly(reading("t-1", "21.50"));
  }

  @Test
  void rowsAddedWhileRunningArrive() throws InterruptedException {
    MemorySource readings = new MemorySource();
    MemorySink clean = new MemorySink();
    try (Job job =
        Millrace.sql(TABLES + "INSERT INTO clean SELECT * FROM readings;")
            .source("readings", readings)
            .sink("clean", clean)
            .start()) {
      readings.add(reading("t-1", "1.00"));
      assertThat(clean.awaitRows(1, Duration.ofSeconds(60))).isTrue();
      readings.add(reading("t-2", "2.00"));
      assertThat(clean.awaitRows(2, Duration.ofSeconds(60))).isTrue();
      // A row is counted when the sink has taken it, and is seen by others a moment before.
      await().until(() -> job.status().rowsOut() == 2);
    }
    assertThat(clean.rows()).containsExactly(reading("t-1", "1.00"), reading("t-2", "2.00"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"NATIVE", "FLINK"})
  void rowsOfASelectAreRead(Engine engine) throws InterruptedException {
    List<String> rows = new ArrayList<>();
    try (Job job =
        Millrace.sql("SELECT id, UPPER(name) FROM (VALUES (1, 'a'), (2, 'b')) AS t (id, name);")
            .engine(engine)
            .start()) {
      job.forEachRow(row -> rows.add(row.toString()));
    }
    assertThat(rows).containsExactly("+I[1, A]", "+I[2, B]");
  }

  @Test
  void nativeRefusesWhatItCannotRun() {
    Millrace script =
        Millrace.sql("SELECT x FROM (VALUES (ARRAY[1])) AS t (a) CROSS JOIN UNNEST(a) AS u (x);")
            .engine(Engine.NATIVE);
    assertThatThrownBy(script::start)
        .isInstanceOf(UnsupportedException.class)
        .hasMessageContaining("a table function");
  }

  @Test
  void failureOfAJobIsThrownOnceWithItsCause() {
    Job job =
        Millrace.sql("SELECT CAST(name AS INT) FROM (VALUES ('1'), ('x')) AS t (name);")
            .engine(Engine.NATIVE)
            .start();
    assertThatThrownBy(() -> job.forEachRow(row -> {}))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("'x'");
    job.close();
    assertThat(job.status().state()).isEqualTo(JobStatus.State.FAILED);
  }

  @Test
  void memoryTableWithoutRowsIsNamed() {
    Millrace script =
        Millrace.sql(TABLES + "INSERT INTO clean SELECT * FROM readings;")
            .source("reading", new MemorySource())
            .sink("clean", new MemorySink());
    assertThatThrownBy(script::start)
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("'readings'")
        .hasMessageContaining("did you mean 'reading'");
  }

  @Test
  void rowOfTheWrongShapeFailsTheJob() {
    Job job =
        Millrace.sql(TABLES + "INSERT INTO clean SELECT * FROM readings;")
            .source("readings", MemorySource.of(Row.of("only one")))
            .sink("clean", new MemorySink())
            .engine(Engine.NATIVE)
            .start();
    assertThatThrownBy(job::await)
        .hasMessageContaining("'readings' has 1 values; the table has 6 columns");
  }

  @Test
  void parallelismBelowOneIsRefused() {
    assertThatThrownBy(() -> Millrace.sql("SELECT 1;").parallelism(0))
        .isInstanceOf(MillraceException.class);
  }
}
