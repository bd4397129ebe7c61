package dev.millrace.connectors.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends sessions. */
final class Sessions {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private Sessions() {}

  /** Rolls back what is not committed; the session may be broken already. */
  static void close(Connection connection) {
    if (connection == null) {
      return;
    }
    try (connection) {
      if (!connection.isClosed() && !connection.getAutoCommit()) {
        connection.rollback();
      }
    } catch (SQLException e) {
      LOG.debug("A session with a database ended badly", e);
    }
  }
}
