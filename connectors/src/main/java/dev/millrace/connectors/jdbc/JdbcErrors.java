package dev.millrace.connectors.jdbc;

import dev.millrace.engine.error.MillraceException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells the failures of databases apart and makes one line of each that says what to do. */
final class JdbcErrors {
  /** Lost or refused connections, insufficient resources, operator intervention. */
  private static final Set<String> PASSING_CLASSES = Set.of("08", "53", "57");

  /** Serialization failures and deadlocks. */
  private static final String ROLLBACK_CLASS = "40";

  /** MySQL: a lock was not to be had in time. */
  private static final int LOCK_WAIT_TIMEOUT = 1205;

  private JdbcErrors() {}

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }

  private static String stateClass(SQLException e) {
    return state(e).length() < 2 ? "" : state(e).substring(0, 2);
  }

  /** Whether the same statements may well succeed in a while, in a new session. */
  static boolean isPassing(SQLException e) {
    return PASSING_CLASSES.contains(stateClass(e))
        || stateClass(e).equals(ROLLBACK_CLASS)
        || e.getErrorCode() == LOCK_WAIT_TIMEOUT
        || e instanceof SQLTransientException
        || e instanceof SQLRecoverableException;
  }

  /** Whether the statement is to blame, whatever the row. */
  private static boolean isOfStatement(SQLException e) {
    return stateClass(e).equals("42");
  }

  static boolean isUnknownTable(SQLException e) {
    return state(e).equals("42P01") || state(e).equals("42S02");
  }

  /** {@code subject} is who fails, for example {@code Table 't'}. */
  static MillraceException translate(String subject, Database database, SQLException e) {
    String reason = reason(database, e);
    String line =
        switch (stateClass(e)) {
          case "08" ->
              "%s cannot reach %s: %s; check 'url', and that the database runs"
                  .formatted(subject, database.name(), reason);
          case "28" ->
              "%s: %s refuses the login: %s; check 'username' and 'password'"
                  .formatted(subject, database.name(), reason);
          case "42" ->
              "%s: %s does not accept the statement: %s; check 'table-name', the names and types of the columns, the permissions%s"
                  .formatted(subject, database.name(), reason, hint(e));
          default -> "%s: %s failed: %s".formatted(subject, database.name(), reason);
        };
    return MillraceException.job(line + ".", e);
  }

  private static String hint(SQLException e) {
    return state(e).equals("42P10")
        ? ", and that the columns of the primary key are unique in the database, too"
        : "";
  }

  /**
   * Why rows were not written: finds out which row is to blame, if one is, by writing one after the
   * other. Leaves the session with nothing written.
   *
   * @param statements null if it did not even come to them
   */
  static MillraceException ofWrite(
      JdbcTable table,
      Connection connection,
      TableStatements statements,
      PendingRows rows,
      SQLException e) {
    if (statements != null && !isPassing(e) && !isOfStatement(e)) {
      try {
        connection.rollback();
        Optional<TableStatements.Rejected> rejected = statements.firstRejected(rows);
        connection.rollback();
        if (rejected.isPresent()) {
          return rejected(table, rejected.get());
        }
      } catch (SQLException again) {
        e.addSuppressed(again);
      }
    }
    return translate(table.subject(), table.database(), e);
  }

  /** A row that the database does not take. */
  private static MillraceException rejected(JdbcTable table, TableStatements.Rejected rejected) {
    return MillraceException.job(
        "%s: %s does not take a row for %s, %s: %s."
            .formatted(
                table.subject(),
                table.database().name(),
                table.target(),
                table.describe(rejected.batch(), rejected.row()),
                reason(table.database(), rejected.reason())),
        rejected.reason());
  }

  /** What the database says, on one line, without secrets and without other values of a row. */
  static String reason(Database database, SQLException e) {
    SQLException first =
        e instanceof BatchUpdateException && e.getNextException() != null
            ? e.getNextException()
            : e;
    String message = first.getMessage() == null ? first.toString() : first.getMessage();
    String line =
        database
            .withoutSecrets(message)
            .lines()
            .map(String::strip)
            .filter(part -> !part.isEmpty() && !part.contains("Failing row contains"))
            .collect(Collectors.joining(" "));
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
