package dev.millrace.connectors.jdbc;

import dev.millrace.connectors.jdbc.PendingRows.Change;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.deadletter.FailedAt;
import dev.millrace.engine.deadletter.RowErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes rows to a table in one session; does not commit. Its statements live as long as the
 * session.
 */
final class TableStatements {
  /** A row that the database does not take, and why. */
  record Rejected(Change change, SQLException reason) {}

  private final JdbcTable table;
  private final Connection connection;
  private final RowErrors errors;
  private final int[] columns;
  private final PreparedStatement insert;
  private final PreparedStatement delete;

  /** {@code errors} says whether a row that the database does not take fails the job. */
  TableStatements(JdbcTable table, Connection connection, RowErrors errors) throws SQLException {
    this.table = table;
    this.connection = connection;
    this.errors = errors;
    this.columns = IntStream.range(0, table.binders().size()).toArray();
    this.insert = connection.prepareStatement(table.insertSql());
    this.delete = table.keyed() ? connection.prepareStatement(table.deleteSql()) : null;
  }

  /**
   * Writes rows in a transaction of their own.
   *
   * @return the rows that the database does not take, to be reported when the others are committed
   */
  List<Rejected> write(PendingRows rows) throws SQLException {
    return write(rows, null);
  }

  /** The same in a transaction that has other rows already, which stay. */
  List<Rejected> writeBehindOthers(PendingRows rows) throws SQLException {
    if (errors.fail()) {
      return write(rows, null);
    }
    Savepoint before = connection.setSavepoint();
    List<Rejected> rejected = write(rows, before);
    connection.releaseSavepoint(before);
    return rejected;
  }

  private List<Rejected> write(PendingRows rows, Savepoint before) throws SQLException {
    List<Rejected> rejected = new ArrayList<>();
    try {
      writeAll(rows);
    } catch (SQLException e) {
      if (!JdbcErrors.isOfRow(e)) {
        throw e;
      }
      rollBack(before);
      writeTaken(rows, rejected);
    }
    return rejected;
  }

  /** To the beginning of the transaction if there is no savepoint. */
  private void rollBack(Savepoint to) throws SQLException {
    if (to == null) {
      connection.rollback();
    } else {
      connection.rollback(to);
    }
  }

  /**
   * Deletions first: a row that comes may have the value of one that goes, in a column that is
   * unique.
   */
  private void writeAll(PendingRows rows) throws SQLException {
    int[] counts = new int[2];
    rows.forEachDeletion(
        change -> {
          bind(delete, table.key(), change);
          delete.addBatch();
          counts[0]++;
        });
    if (counts[0] > 0) {
      delete.executeBatch();
    }
    rows.forEachInsert(
        change -> {
          bind(insert, columns, change);
          insert.addBatch();
          counts[1]++;
        });
    if (counts[1] > 0) {
      insert.executeBatch();
    }
  }

  private void bind(PreparedStatement statement, int[] positions, Change change)
      throws SQLException {
    List<ColumnBinder> binders = table.binders();
    for (int i = 0; i < positions.length; i++) {
      Vector column = change.batch().column(positions[i]);
      binders.get(positions[i]).bind(statement, i + 1, column, change.row());
    }
  }

  /**
   * Writes the rows that the database takes, and of the others' keys the last one that it takes;
   * throws if another one fails the job.
   */
  private void writeTaken(PendingRows rows, List<Rejected> rejected) throws SQLException {
    List<Change> changes = new ArrayList<>();
    rows.forEachDeletion(changes::add);
    rows.forEachInsert(changes::add);
    while (!changes.isEmpty()) {
      int known = rejected.size();
      writeTaken(delete, table.key(), ofKind(true, changes), rejected);
      writeTaken(insert, columns, ofKind(false, changes), rejected);
      changes =
          rejected.subList(known, rejected.size()).stream()
              .flatMap(row -> rows.before(row.change()).stream())
              .toList();
    }
  }

  private static List<Change> ofKind(boolean deletions, List<Change> changes) {
    return changes.stream().filter(change -> change.deletes() == deletions).toList();
  }

  /** Halves what is not taken as a whole, down to the rows that are to blame. */
  private void writeTaken(
      PreparedStatement statement, int[] positions, List<Change> rows, List<Rejected> rejected)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    Savepoint before = connection.setSavepoint();
    try {
      statement.clearBatch();
      for (Change change : rows) {
        bind(statement, positions, change);
        statement.addBatch();
      }
      statement.executeBatch();
      connection.releaseSavepoint(before);
      return;
    } catch (SQLException e) {
      if (!JdbcErrors.isOfRow(e)) {
        throw e;
      }
      connection.rollback(before);
      connection.releaseSavepoint(before);
      if (rows.size() == 1) {
        reject(new Rejected(rows.get(0), e), rejected);
        return;
      }
    }
    int half = rows.size() / 2;
    writeTaken(statement, positions, rows.subList(0, half), rejected);
    writeTaken(statement, positions, rows.subList(half, rows.size()), rejected);
  }

  private void reject(Rejected row, List<Rejected> rejected) {
    if (errors.fail()) {
      report(row);
    }
    rejected.add(row);
  }

  /** Reports rows that are rejected for good, since the others are written for good. */
  void report(List<Rejected> rejected) {
    rejected.forEach(this::report);
  }

  private void report(Rejected row) {
    Change change = row.change();
    errors.reject(
        FailedAt.SINK, 0, change.batch(), change.row(), JdbcErrors.ofRow(table, row), row.reason());
  }
}
