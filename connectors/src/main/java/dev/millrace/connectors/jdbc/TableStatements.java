package dev.millrace.connectors.jdbc;

import dev.millrace.engine.batch.Batch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Writes rows to a table in one session; neither commits nor rolls back. Its statements live as
 * long as the session.
 */
final class TableStatements {
  /** A row that the database does not take, and why. */
  record Rejected(Batch batch, int row, SQLException reason) {}

  private final JdbcTable table;
  private final int[] columns;
  private final PreparedStatement insert;
  private final PreparedStatement delete;

  TableStatements(JdbcTable table, Connection connection) throws SQLException {
    this.table = table;
    this.columns = IntStream.range(0, table.binders().size()).toArray();
    this.insert = connection.prepareStatement(table.insertSql());
    this.delete = table.keyed() ? connection.prepareStatement(table.deleteSql()) : null;
  }

  /**
   * Deletions first: a row that comes may have the value of one that goes, in a column that is
   * unique.
   */
  void write(PendingRows rows) throws SQLException {
    int[] counts = new int[2];
    rows.forEachDeletion(
        (batch, row) -> {
          bind(delete, table.key(), batch, row);
          delete.addBatch();
          counts[0]++;
        });
    if (counts[0] > 0) {
      delete.executeBatch();
    }
    rows.forEachInsert(
        (batch, row) -> {
          bind(insert, columns, batch, row);
          insert.addBatch();
          counts[1]++;
        });
    if (counts[1] > 0) {
      insert.executeBatch();
    }
  }

  private void bind(PreparedStatement statement, int[] positions, Batch batch, int row)
      throws SQLException {
    List<ColumnBinder> binders = table.binders();
    for (int i = 0; i < positions.length; i++) {
      binders.get(positions[i]).bind(statement, i + 1, batch.column(positions[i]), row);
    }
  }

  /** Writes row by row, up to the first that is not taken. */
  Optional<Rejected> firstRejected(PendingRows rows) throws SQLException {
    Rejected[] rejected = new Rejected[1];
    rows.forEachDeletion((batch, row) -> tryOne(delete, table.key(), batch, row, rejected));
    rows.forEachInsert((batch, row) -> tryOne(insert, columns, batch, row, rejected));
    return Optional.ofNullable(rejected[0]);
  }

  private void tryOne(
      PreparedStatement statement, int[] positions, Batch batch, int row, Rejected[] rejected)
      throws SQLException {
    if (rejected[0] != null) {
      return;
    }
    statement.clearBatch();
    bind(statement, positions, batch, row);
    try {
      statement.executeUpdate();
    } catch (SQLException e) {
      if (JdbcErrors.isPassing(e)) {
        throw e;
      }
      rejected[0] = new Rejected(batch, row, e);
    }
  }
}
