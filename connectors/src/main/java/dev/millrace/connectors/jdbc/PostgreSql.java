package dev.millrace.connectors.jdbc;

import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.type.DataType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** PostgreSQL, from version 9.5 on. */
final class PostgreSql implements Dialect {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public String driverArtifact() {
    return "org.postgresql:postgresql";
  }

  /**
   * A batch goes out as statements of many rows; a text may be a {@code uuid}, a {@code jsonb} or
   * whatever else the column is.
   */
  @Override
  public Map<String, String> driverDefaults() {
    return Map.of(
        "reWriteBatchedInserts", "true",
        "stringtype", "unspecified",
        "tcpKeepAlive", "true",
        "ApplicationName", "millrace");
  }

  /**
   * The zone, or a TIMESTAMP_LTZ that is cast to the column's type would be so in the JVM's; in a
   * name such as {@code GMT+02:00} the database reads the sign the other way round. And a commit
   * that was answered must outlive a crash: the epoch before it is forgotten then.
   */
  @Override
  public List<String> sessionSetup(ZoneId zone) {
    String name =
        zone.normalized() instanceof ZoneOffset offset
            ? "INTERVAL '" + offset.getTotalSeconds() / 60 + "' MINUTE"
            : "'" + zone.getId() + "'";
    return List.of(
        "SET TIME ZONE " + name,
        "SELECT set_config('synchronous_commit', 'on', false)"
            + " WHERE current_setting('synchronous_commit') = 'off'");
  }

  /**
   * As in Flink, which does not quote here, capitals do not matter; a name in double quotes is
   * taken as it is.
   */
  @Override
  public String quote(String identifier) {
    if (identifier.startsWith("\"")) {
      return identifier;
    }
    String name =
        PLAIN.matcher(identifier).matches() ? identifier.toLowerCase(Locale.ROOT) : identifier;
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public String onConflict(List<String> key, List<String> others) {
    String target = " ON CONFLICT (" + String.join(", ", key) + ") DO ";
    return others.isEmpty()
        ? target + "NOTHING"
        : target
            + "UPDATE SET "
            + String.join(
                ", ", others.stream().map(column -> column + " = EXCLUDED." + column).toList());
  }

  @Override
  public boolean isUnique(Connection connection, String quotedTable, List<String> columns) {
    return true;
  }

  @Override
  public ColumnBinder binder(DataType type) {
    return switch (type.root()) {
      case TIMESTAMP_LTZ -> Binders.instants();
      case ARRAY -> Binders.arrays(type.element(), elementName(type.element()));
      default -> Binders.of(type);
    };
  }

  private static String elementName(DataType element) {
    return switch (element.root()) {
      case CHAR, VARCHAR -> "text";
      case BINARY, VARBINARY -> "bytea";
      case BOOLEAN -> "bool";
      case TINYINT, SMALLINT -> "int2";
      case INT -> "int4";
      case BIGINT -> "int8";
      case FLOAT -> "float4";
      case DOUBLE -> "float8";
      case DECIMAL -> "numeric";
      case DATE -> "date";
      case TIME -> "time";
      case TIMESTAMP -> "timestamp";
      case TIMESTAMP_LTZ -> "timestamptz";
      default -> throw new UnsupportedException("the type " + DataType.array(element));
    };
  }

  @Override
  public String createEpochTable(String quotedTable) {
    return "CREATE TABLE "
        + quotedTable
        + " (job VARCHAR(255) NOT NULL PRIMARY KEY, run VARCHAR(64) NOT NULL,"
        + " epoch BIGINT NOT NULL, generation BIGINT NOT NULL)";
  }

  @Override
  public boolean tryLock(Connection connection, long lock) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
      statement.setLong(1, lock);
      try (ResultSet result = statement.executeQuery()) {
        return result.next() && result.getBoolean(1);
      }
    }
  }

  /** A user may end sessions of its own without a further permission. */
  @Override
  public void endHolder(Connection connection, long lock) throws SQLException {
    String sql =
        "SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            + " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
            + " AND d.datname = current_database()"
            + " AND (l.classid::bigint << 32 | l.objid::bigint) = ? AND l.pid <> pg_backend_pid()";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, lock);
      statement.execute();
    }
  }
}
