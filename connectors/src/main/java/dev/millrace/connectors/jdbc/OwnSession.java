package dev.millrace.connectors.jdbc;

import dev.millrace.engine.deadletter.RowErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes and commits in a session of its own. While the database is away it tries again, in a new
 * session; if the last answer was lost, rows may be written twice. Not thread-safe.
 */
final class OwnSession implements RowOutput {
  private static final Logger LOG = LoggerFactory.getLogger(OwnSession.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final JdbcTable table;
  private final RowErrors errors;
  private final int maxRetries;
  private final Duration longestPause;
  private Connection connection;
  private TableStatements statements;

  OwnSession(JdbcTable table, RowErrors errors, int maxRetries, Duration longestPause) {
    this.table = table;
    this.errors = errors;
    this.maxRetries = maxRetries;
    this.longestPause = longestPause;
  }

  @Override
  public void write(PendingRows rows, long epoch) {
    for (int failures = 1; ; failures++) {
      try {
        open();
        List<TableStatements.Rejected> rejected = statements.write(rows);
        connection.commit();
        statements.report(rejected);
        return;
      } catch (SQLException e) {
        if (!JdbcErrors.isPassing(e) || failures > maxRetries) {
          throw JdbcErrors.translate(table.subject(), table.database(), e);
        }
        close();
        pause(failures, e);
      }
    }
  }

  private void open() throws SQLException {
    if (connection == null) {
      connection = table.database().connect();
      statements = new TableStatements(table, connection, errors);
    }
  }

  private void pause(int failures, SQLException e) {
    Duration pause = FIRST_PAUSE.multipliedBy(failures);
    pause = pause.compareTo(longestPause) < 0 ? pause : longestPause;
    LOG.warn(
        "{}: {}: {}; the rows are written again in {} s.",
        table.subject(),
        table.database().name(),
        JdbcErrors.reason(table.database(), e),
        pause.toSeconds());
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw JdbcErrors.translate(table.subject(), table.database(), e);
    }
  }

  @Override
  public void close() {
    Sessions.close(connection);
    connection = null;
    statements = null;
  }
}
