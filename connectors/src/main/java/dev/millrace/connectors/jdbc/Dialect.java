package dev.millrace.connectors.jdbc;

import dev.millrace.engine.type.DataType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What differs from one kind of database to another. Stateless. */
interface Dialect {
  /** The dialect of a URL, if there is one. */
  static Optional<Dialect> of(String url) {
    if (url.startsWith("jdbc:postgresql:")) {
      return Optional.of(new PostgreSql());
    }
    if (url.startsWith("jdbc:mysql:")) {
      return Optional.of(MySql.MYSQL);
    }
    return url.startsWith("jdbc:mariadb:") ? Optional.of(MySql.MARIADB) : Optional.empty();
  }

  /** The database's name, for messages. */
  String name();

  /** Where its driver is found: group and artifact. */
  String driverArtifact();

  /** Settings of the driver that a URL may overrule. */
  Map<String, String> driverDefaults();

  /** Statements that a new session begins with; {@code zone} is the script's. */
  List<String> sessionSetup(ZoneId zone);

  /** A name of a column, or a part of a table's, as SQL has it. */
  String quote(String identifier);

  /** What follows an INSERT so that it replaces the row of the same key. */
  String onConflict(List<String> key, List<String> others);

  /**
   * Whether the columns, or some of them, are unique in a table; true also if the database says so
   * itself when a row is written.
   */
  boolean isUnique(Connection connection, String quotedTable, List<String> columns)
      throws SQLException;

  /** Sets a parameter to values of a type; throws {@code UnsupportedException} if it can't. */
  ColumnBinder binder(DataType type);

  /** The statement that creates a table of committed epochs. */
  String createEpochTable(String quotedTable);

  /**
   * Takes a lock that the session holds until it ends, if nobody has it. A session that is gone has
   * neither it nor an open transaction.
   */
  boolean tryLock(Connection connection, long lock) throws SQLException;

  /** Ends the session that holds the lock, if there is one. */
  void endHolder(Connection connection, long lock) throws SQLException;
}
