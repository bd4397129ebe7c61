package dev.millrace.connectors.jdbc;

import dev.millrace.engine.error.MillraceException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
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

  /** Values that cannot be, constraints, views that check what is written to them. */
  private static final Set<String> ROW_CLASSES = Set.of("22", "23", "44");

  /** What triggers throw of their own will; a value too large for an index. */
  private static final Set<String> ROW_STATES = Set.of("P0001", "45000", "54000");

  /** Values that cannot be, and constraints, for which MySQL has no state of SQL. */
  private static final Set<Integer> ROW_ERRORS_OF_MYSQL = Set.of(1366, 3819);

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

  /**
   * Whether the values of a row are to blame, or a rule for rows, so that other rows may well be
   * taken.
   */
  static boolean isOfRow(SQLException e) {
    return ROW_CLASSES.contains(stateClass(e))
        || ROW_STATES.contains(state(e))
        || ROW_ERRORS_OF_MYSQL.contains(e.getErrorCode());
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

  /** What is wrong with a row that the database does not take. */
  static String ofRow(JdbcTable table, TableStatements.Rejected rejected) {
    return "%s: %s does not take a row for %s, %s: %s."
        .formatted(
            table.subject(),
            table.database().name(),
            table.target(),
            table.describe(rejected.change().batch(), rejected.change().row()),
            reason(table.database(), rejected.reason()));
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
