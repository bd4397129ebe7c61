package dev.millrace.connectors.jdbc;

import dev.millrace.engine.connector.EpochTransactions;
import dev.millrace.engine.error.MillraceException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/**
 * The row of a job in the table of committed epochs: {@code job} (its name), {@code run}, {@code
 * epoch} (the last one committed) and {@code generation} (how often the job was taken over).
 *
 * <p>Who takes a job over first ends the session of whoever had it, known by a lock that it holds,
 * so that its open transaction frees its rows; then it counts the generation up. A commit updates
 * the row of its own generation only. So a process that was taken for dead cannot commit, even if
 * something between it and the database kept its session alive.
 */
final class EpochTable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long POLL_MILLIS = 50;

  private final Database database;
  private final String table;
  private final String job;
  private long generation;

  /** {@code name} is that of the table, as an option gives it. */
  EpochTable(Database database, String name, String job) {
    this.database = database;
    this.table = JdbcTable.quoted(database.dialect(), name);
    this.job = job;
  }

  /** Who fails, in messages. */
  String subject() {
    return "Job '" + job + "'";
  }

  /** Makes the job this process's own; returns the last epoch that this run has committed. */
  long takeOver(Connection connection, String run) throws SQLException {
    createIfAbsent(connection);
    takeLock(connection);
    long committed = EpochTransactions.NONE;
    boolean known = false;
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT run, epoch, generation FROM " + table + " WHERE job = ? FOR UPDATE")) {
      select.setString(1, job);
      try (ResultSet row = select.executeQuery()) {
        if (row.next()) {
          known = true;
          committed = run.equals(row.getString(1)) ? row.getLong(2) : EpochTransactions.NONE;
          generation = row.getLong(3);
        }
      }
    }
    generation++;
    update(
        connection,
        known
            ? "UPDATE " + table + " SET generation = ? WHERE job = ?"
            : "INSERT INTO " + table + " (generation, job, run, epoch) VALUES (?, ?, '', 0)",
        generation,
        job);
    connection.commit();
    return committed;
  }

  /** Notes, in the transaction with its rows, that an epoch is committed. */
  void mark(Connection connection, String run, long epoch) throws SQLException {
    int rows =
        update(
            connection,
            "UPDATE " + table + " SET run = ?, epoch = ? WHERE job = ? AND generation = ?",
            run,
            epoch,
            job,
            generation);
    if (rows != 1) {
      throw MillraceException.job(
          "%s: another process has taken the job over in %s; this one may not write any more."
              .formatted(subject(), database.name()));
    }
  }

  private static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  private void createIfAbsent(Connection connection) throws SQLException {
    if (exists(connection)) {
      return;
    }
    String sql = database.dialect().createEpochTable(table);
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      if (JdbcErrors.isPassing(e)) {
        throw e;
      }
      // Another job may have created it at the same moment.
      if (!exists(connection)) {
        throw MillraceException.job(
            "%s: the table of committed epochs cannot be created in %s: %s. Have it created: %s"
                .formatted(subject(), database.name(), JdbcErrors.reason(database, e), sql),
            e);
      }
    }
  }

  private boolean exists(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement
          .executeQuery("SELECT job, run, epoch, generation FROM " + table + " WHERE 1 = 0")
          .close();
      return true;
    } catch (SQLException e) {
      if (!JdbcErrors.isUnknownTable(e)) {
        throw e;
      }
      return false;
    } finally {
      connection.rollback();
    }
  }

  private void takeLock(Connection connection) throws SQLException {
    long lock = lock(connection);
    long start = System.nanoTime();
    while (!database.dialect().tryLock(connection, lock)) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw MillraceException.job(
            "%s: another session in %s holds the job and does not end. End it there, or wait."
                .formatted(subject(), database.name()));
      }
      database.dialect().endHolder(connection, lock);
      try {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw MillraceException.job(subject() + ": interrupted while it was taken over.", e);
      }
    }
  }

  /** The number of the job's lock, which a server may share among all its databases. */
  private long lock(Connection connection) throws SQLException {
    String name = connection.getCatalog() + "\n" + table + "\n" + job;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
