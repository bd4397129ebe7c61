package dev.millrace.connectors.jdbc;

import dev.millrace.engine.type.DataType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** MySQL and MariaDB, which differ by their drivers only. */
record MySql(String name, String driverArtifact, Map<String, String> driverDefaults)
    implements Dialect {
  static final MySql MYSQL =
      new MySql("MySQL", "com.mysql:mysql-connector-j", Map.of("rewriteBatchedStatements", "true"));
  static final MySql MARIADB =
      new MySql("MariaDB", "org.mariadb.jdbc:mariadb-java-client", Map.of("useBulkStmts", "true"));

  /** An error that means that the session to end is gone by itself. */
  private static final int NO_SUCH_SESSION = 1094;

  /**
   * In UTC a TIMESTAMP column holds the instant that is sent. A server that is not strict would
   * change values that do not fit, and say nothing.
   */
  @Override
  public List<String> sessionSetup(ZoneId zone) {
    return List.of(
        "SET time_zone = '+00:00'",
        "SET sql_mode = CONCAT_WS(',', NULLIF(@@sql_mode, ''), 'STRICT_ALL_TABLES')");
  }

  /** A name in backquotes is taken as it is. */
  @Override
  public String quote(String identifier) {
    return identifier.startsWith("`") ? identifier : '`' + identifier.replace("`", "``") + '`';
  }

  @Override
  public String onConflict(List<String> key, List<String> others) {
    List<String> updated = others.isEmpty() ? key : others;
    return " ON DUPLICATE KEY UPDATE "
        + String.join(
            ", ", updated.stream().map(column -> column + " = VALUES(" + column + ")").toList());
  }

  /** Without a unique index an upsert would just insert. */
  @Override
  public boolean isUnique(Connection connection, String quotedTable, List<String> columns)
      throws SQLException {
    Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    known.addAll(columns);
    Map<String, Boolean> indexes = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SHOW INDEX FROM " + quotedTable + " WHERE Non_unique = 0")) {
      while (result.next()) {
        indexes.merge(
            result.getString("Key_name"),
            known.contains(quote(result.getString("Column_name"))),
            Boolean::logicalAnd);
      }
    }
    return indexes.containsValue(true);
  }

  @Override
  public ColumnBinder binder(DataType type) {
    return switch (type.root()) {
      case TIMESTAMP_LTZ -> Binders.localTimestamps();
      default -> Binders.of(type);
    };
  }

  @Override
  public String createEpochTable(String quotedTable) {
    String text = " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL";
    return "CREATE TABLE "
        + quotedTable
        + " (job VARCHAR(255)"
        + text
        + " PRIMARY KEY, run VARCHAR(64)"
        + text
        + ", epoch BIGINT NOT NULL, generation BIGINT NOT NULL) ENGINE = InnoDB";
  }

  private static String lockName(long lock) {
    return "millrace:" + Long.toHexString(lock);
  }

  @Override
  public boolean tryLock(Connection connection, long lock) throws SQLException {
    return query(connection, "SELECT GET_LOCK(?, 0)", lock) == 1;
  }

  /** A user may end sessions of its own without a further permission. */
  @Override
  public void endHolder(Connection connection, long lock) throws SQLException {
    long session = query(connection, "SELECT IS_USED_LOCK(?)", lock);
    if (session == 0) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("KILL " + session);
    } catch (SQLException e) {
      if (e.getErrorCode() != NO_SUCH_SESSION) {
        throw e;
      }
    }
  }

  /** The number that a query about a lock answers, 0 for NULL. */
  private static long query(Connection connection, String sql, long lock) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, lockName(lock));
      try (ResultSet result = statement.executeQuery()) {
        return result.next() ? result.getLong(1) : 0;
      }
    }
  }
}
