package dev.millrace.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.connector.EpochTransactions;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcErrorsTest {
  private static final String SECRET = "s3cr3t-word";

  private static TestTable table(String url) {
    return new TestTable()
        .option("url", url)
        .option("table-name", "any")
        .column("id", DataType.of(TypeRoot.INT));
  }

  @Test
  void optionsAreChecked() {
    String url = "jdbc:postgresql://localhost/x";
    assertThatThrownBy(() -> table(url).without("url").sink()).hasMessageContaining("'url'");
    assertThatThrownBy(() -> table(url).without("table-name").sink())
        .hasMessageContaining("'table-name'");
    assertThatThrownBy(() -> table(url).option("username", "me").sink())
        .hasMessageContaining("both of the options 'username' and 'password'");
    assertThatThrownBy(() -> table(url).option("sink.max-retries", "-1").sink())
        .hasMessageContaining("'sink.max-retries' of table 't' has the value '-1'");
    assertThatThrownBy(() -> table(url).option("connection.max-retry-timeout", "1 ms").sink())
        .hasMessageContaining("it must be 1 s or more");
    assertThatThrownBy(() -> table(url).option("sink.delivery-guarantee", "twice").sink())
        .hasMessageContaining("none, at-least-once, exactly-once");
    assertThatThrownBy(() -> table(url).option("compatible-mode", "x").sink())
        .isInstanceOf(UnsupportedException.class)
        .hasMessageContaining("'compatible-mode' of table 't'");
    assertThatThrownBy(() -> table(url).changes().sink())
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("PRIMARY KEY");
  }

  @Test
  void otherDatabasesAreRefusedByName() {
    assertThatThrownBy(() -> table("jdbc:oracle:thin:me/" + SECRET + "@host:1521/x").sink())
        .isInstanceOf(UnsupportedException.class)
        .hasMessageContaining("begins with 'jdbc:oracle:' (known: jdbc:postgresql:, jdbc:mysql:,")
        .hasMessageNotContaining(SECRET);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:mysql://localhost:1/x, com.mysql:mysql-connector-j",
    "jdbc:mariadb://localhost:1/x, org.mariadb.jdbc:mariadb-java-client",
    "jdbc:postgresql://localhost:1/x, org.postgresql:postgresql"
  })
  void aMissingDriverIsSaidWithTheWayOut(String url, String artifact) {
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    thread.setContextClassLoader(new URLClassLoader(new URL[0], null));
    try {
      assertThatThrownBy(() -> table(url).writing())
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("There is no JDBC driver on the class path")
          .hasMessageContaining(artifact)
          .hasMessageContaining("'lib'");
    } finally {
      thread.setContextClassLoader(loader);
    }
    assertThatThrownBy(() -> table(url).option("driver", "no.such.Driver").writing())
        .hasMessageContaining("There is no JDBC driver 'no.such.Driver' on");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://localhost:1/x?password=" + SECRET,
        "jdbc:postgresql://me:" + SECRET + "@localhost:1/x",
        "jdbc:postgresql://me:/" + SECRET + "@localhost:1/x",
        "jdbc:mysql://me:" + SECRET + "@localhost:1/x",
        "jdbc:mysql://address=(host=localhost:1)(port=1)(password=" + SECRET + ")/x",
        "jdbc:mariadb://localhost:1/x?user=me&password=" + SECRET,
        "jdbc:mysql://localhost:1/x?trustCertificateKeyStorePassword=" + SECRET,
      })
  void noSecretIsInAMessage(String url) {
    for (TestTable table :
        new TestTable[] {
          table(url), table(url).option("username", "me").option("password", SECRET)
        }) {
      assertThatThrownBy(table::writing)
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("localhost:1")
          .hasMessageNotContaining(SECRET)
          .hasMessageNotContaining("\n");
      assertThat(table.sink().toString()).doesNotContain(SECRET);
    }
  }

  @Test
  void aUserWhoMayNotCreateTheTableOfEpochsIsToldWhatToDo() {
    TestDatabase database = TestPostgres.shared();
    database.execute("CREATE ROLE reader LOGIN");
    database.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    TestTable table =
        TestTable.of(database, "any")
            .column("id", DataType.of(TypeRoot.INT))
            .option("username", "reader")
            .option("sink.epoch-table", "none_yet")
            .exactlyOnce();
    try (EpochTransactions transactions = table.sink().system().open("job", "run")) {
      assertThatThrownBy(transactions::recover)
          .hasMessageContaining("Job 'job': the table of committed epochs cannot be created")
          .hasMessageContaining("permission denied")
          .hasMessageContaining("Have it created: CREATE TABLE \"none_yet\"");
    }
  }

  @Test
  void aWrongUserIsSaid() {
    TestTable table =
        TestTable.of(TestPostgres.shared(), "any")
            .column("id", DataType.of(TypeRoot.INT))
            .option("username", "nobody_here");
    assertThatThrownBy(table::writing)
        .hasMessageContaining("refuses the login")
        .hasMessageContaining("check 'username' and 'password'");
  }

  /** A table that cannot be written, or not now, must not cost its rows. */
  @ParameterizedTest
  @CsvSource({
    "22003, 0, true",
    "23505, 0, true",
    "44000, 0, true",
    "P0001, 0, true",
    "45000, 1644, true",
    "HY000, 1366, true",
    "HY000, 3819, true",
    "HY000, 1114, false",
    "25006, 0, false",
    "28000, 0, false",
    "40001, 0, false",
    "42501, 0, false",
    "53100, 0, false",
    "08006, 0, false"
  })
  void onlyARowsOwnFaultCanBecomeALetter(String state, int code, boolean ofRow) {
    assertThat(JdbcErrors.isOfRow(new SQLException("x", state, code))).isEqualTo(ofRow);
  }

  @ParameterizedTest
  @CsvSource({
    "08006, true",
    "57P01, true",
    "40001, true",
    "40P01, true",
    "53300, true",
    "23505, false",
    "22003, false",
    "42P01, false",
    "28P01, false"
  })
  void onlyWhatPassesIsTriedAgain(String state, boolean passing) {
    assertThat(JdbcErrors.isPassing(new SQLException("x", state))).isEqualTo(passing);
  }
}
