package dev.millrace.connectors.jdbc;

import dev.millrace.engine.deadletter.RowErrors;

/** Writes into the job's transaction of the rows' epoch. Not thread-safe. */
final class SharedTransaction implements RowOutput {
  private final JdbcTable table;
  private final RowErrors errors;
  private final JdbcTransactions transactions;
  private TableStatements statements;

  SharedTransaction(JdbcTable table, RowErrors errors, JdbcTransactions transactions) {
    this.table = table;
    this.errors = errors;
    this.transactions = transactions;
  }

  @Override
  public void write(PendingRows rows, long epoch) {
    transactions.write(
        epoch,
        table.subject(),
        connection -> {
          if (statements == null) {
            statements = new TableStatements(table, connection, errors);
          }
          statements.report(statements.writeBehindOthers(rows));
        });
  }

  @Override
  public void close() {}
}
