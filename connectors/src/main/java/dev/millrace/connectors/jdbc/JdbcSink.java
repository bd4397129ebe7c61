package dev.millrace.connectors.jdbc;

import dev.millrace.connectors.DeliveryGuarantee;
import dev.millrace.engine.connector.EpochTransactions;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import java.time.Duration;

/**
 * A table that writes to a database.
 *
 * @param maxRows changes that are held back at most before they are written
 * @param interval after which they are written all the same; zero for never
 * @param maxRetries how often rows are written again while the database is away
 * @param longestPause between two of these
 * @param system whose transactions carry the rows, or null
 * @param parallelism of the sink, or 0 for its input's
 */
record JdbcSink(
    JdbcTable table,
    int maxRows,
    Duration interval,
    int maxRetries,
    Duration longestPause,
    DeliveryGuarantee delivery,
    JdbcSystem system,
    int parallelism)
    implements Sink {
  @Override
  public SinkWriter writer(SinkContext context) {
    if (context.subtask() == 0) {
      table.check();
    }
    EpochTransactions transactions = context.transactions();
    RowOutput output =
        transactions == null
            ? new OwnSession(table, context.errors(), maxRetries, longestPause)
            : new SharedTransaction(table, context.errors(), (JdbcTransactions) transactions);
    return new JdbcSinkWriter(this, output, context);
  }

  @Override
  public boolean blocking() {
    return true;
  }
}
