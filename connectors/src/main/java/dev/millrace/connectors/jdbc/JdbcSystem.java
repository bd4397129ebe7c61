package dev.millrace.connectors.jdbc;

import dev.millrace.engine.connector.EpochTransactions;
import dev.millrace.engine.connector.TransactionalSystem;

/** A database, as tables with the same URL, user and table of epochs write to it. */
record JdbcSystem(Database database, String epochTable) implements TransactionalSystem {
  @Override
  public String name() {
    return database.name();
  }

  @Override
  public EpochTransactions open(String job, String run) {
    return new JdbcTransactions(database, new EpochTable(database, epochTable, job), run);
  }
}
