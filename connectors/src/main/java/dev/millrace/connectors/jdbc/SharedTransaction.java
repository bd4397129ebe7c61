package dev.millrace.connectors.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Writes into the job's transaction of the rows' epoch. Not thread-safe. */
final class SharedTransaction implements RowOutput {
  private final JdbcTable table;
  private final JdbcTransactions transactions;
  private TableStatements statements;

  SharedTransaction(JdbcTable table, JdbcTransactions transactions) {
    this.table = table;
    this.transactions = transactions;
  }

  @Override
  public void write(PendingRows rows, long epoch) {
    transactions.write(
        epoch,
        new JdbcTransactions.Work() {
          @Override
          public void run(Connection connection) throws SQLException {
            if (statements == null) {
              statements = new TableStatements(table, connection);
            }
            statements.write(rows);
          }

          @Override
          public RuntimeException failure(Connection connection, SQLException e) {
            return JdbcErrors.ofWrite(table, connection, statements, rows, e);
          }
        });
  }

  @Override
  public void close() {}
}
