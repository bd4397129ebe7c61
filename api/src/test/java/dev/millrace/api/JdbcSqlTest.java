package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that write to a database, from the planner to its tables. */
class JdbcSqlTest {
  private static EmbeddedPostgres database;

  @BeforeAll
  static void start() throws IOException {
    database = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws IOException {
    database.close();
  }

  private static String url() {
    return database.getJdbcUrl("postgres", "postgres");
  }

  private static List<String> query(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(result.getString(1));
      }
      return rows;
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Groups come, change and go again when they have three rows; each input row is written, too. */
  @Test
  void changesAndRowsGoToTwoTablesInOneTransaction(@TempDir Path folder) throws Exception {
    execute("CREATE TABLE totals (k TEXT PRIMARY KEY, n BIGINT, total NUMERIC(10, 2))");
    execute("CREATE TABLE seen (id INT, at TIMESTAMPTZ)");
    String options =
        "'connector' = 'jdbc', 'url' = '%s', 'sink.delivery-guarantee' = 'exactly-once', 'table-name' = "
            .formatted(url());
    String script =
        """
        SET 'pipeline.name' = 'two-tables';
        SET 'execution.checkpointing.interval' = '1 h';
        SET 'execution.checkpointing.dir' = '%s';
        CREATE TABLE s (id INT, k STRING) WITH ('connector' = 'memory');
        CREATE TABLE totals (n BIGINT, k STRING, total DECIMAL(10, 2), PRIMARY KEY (k) NOT ENFORCED)
        WITH (%s 'totals');
        CREATE TABLE seen (id INT, `at` TIMESTAMP_LTZ(3)) WITH (%s 'seen');
        INSERT INTO totals SELECT COUNT(*), k, SUM(CAST(id AS DECIMAL(8, 2))) FROM s GROUP BY k
        HAVING COUNT(*) <> 3;
        INSERT INTO seen SELECT id, TO_TIMESTAMP_LTZ(id * 1000, 3) FROM s;
        """
            .formatted(folder.toUri(), options, options);
    Row[] rows =
        IntStream.range(0, 10).mapToObj(id -> Row.of(id, "k" + id % 4)).toArray(Row[]::new);
    try (Job job =
        Millrace.sql(script)
            .engine(Engine.NATIVE)
            .parallelism(2)
            .source("s", MemorySource.of(rows))
            .start()) {
      job.await();
    }
    // k0: 0, 4, 8 and k1: 1, 5, 9 have three rows; k2: 2, 6 and k3: 3, 7 have two.
    assertThat(query("SELECT k || ' ' || n || ' ' || total FROM totals ORDER BY k"))
        .containsExactly("k2 2 8.00", "k3 2 10.00");
    assertThat(query("SELECT EXTRACT(EPOCH FROM at)::int || '' FROM seen ORDER BY id"))
        .containsExactlyElementsOf(
            IntStream.range(0, 10).mapToObj(id -> String.format(Locale.ROOT, "%d", id)).toList());
    assertThat(query("SELECT job FROM millrace_epochs WHERE job = 'two-tables'")).hasSize(1);
  }

  /** Rows and letters about those that the database does not take, in one transaction. */
  @Test
  void rowsThatADatabaseDoesNotTakeAreLetters(@TempDir Path folder) throws Exception {
    execute("CREATE TABLE odd (id INT CHECK (id % 2 = 1))");
    execute(
        "CREATE TABLE letters (time TIMESTAMPTZ, job TEXT, stage TEXT, \"table\" TEXT, split TEXT,"
            + " position BIGINT, class TEXT, message TEXT, raw_bytes BYTEA)");
    String options =
        "'connector' = 'jdbc', 'url' = '%s', 'sink.delivery-guarantee' = 'exactly-once', 'table-name' = "
            .formatted(url());
    String script =
        """
        SET 'pipeline.name' = 'odd-numbers';
        SET 'execution.checkpointing.interval' = '50 ms';
        SET 'execution.checkpointing.dir' = '%s';
        SET 'millrace.errors.table' = 'dead_letters';
        CREATE TABLE dead_letters (`time` TIMESTAMP_LTZ(3), job STRING, stage STRING,
          `table` STRING, split STRING, `position` BIGINT, class STRING, message STRING,
          raw_bytes BYTES) WITH (%s 'letters');
        CREATE TABLE numbers (id INT) WITH ('connector' = 'datagen', 'rows-per-second' = '500',
          'fields.id.kind' = 'sequence', 'fields.id.start' = '0', 'fields.id.end' = '999');
        CREATE TABLE odd (id INT) WITH (%s 'odd');
        INSERT INTO odd SELECT id FROM numbers;
        """
            .formatted(folder.toUri(), options, options);
    try (Job job = Millrace.sql(script).engine(Engine.NATIVE).parallelism(2).start()) {
      job.await();
      assertThat(job.status().rowsOut()).isEqualTo(500);
      assertThat(job.status().deadLetters()).isEqualTo(500);
    }
    assertThat(query("SELECT COUNT(DISTINCT id) || ' ' || COUNT(*) FROM odd"))
        .containsExactly("500 500");
    String number = "convert_from(raw_bytes, 'UTF8')::json->>'id'";
    assertThat(
            query(
                "SELECT CONCAT_WS(' ', stage, \"table\", COUNT(*), COUNT(DISTINCT %1$s), SUM((%1$s)::int)) FROM letters GROUP BY stage, \"table\""
                    .formatted(number)))
        .containsExactly("sink odd 500 500 249500");
  }
}
