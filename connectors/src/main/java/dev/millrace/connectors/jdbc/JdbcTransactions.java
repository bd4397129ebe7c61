package dev.millrace.connectors.jdbc;

import dev.millrace.engine.connector.EpochTransactions;
import dev.millrace.engine.error.MillraceException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The transactions of a job in one database: one session, in which one epoch's transaction follows
 * the other. A writer that is already in the next epoch waits until the last one is committed: two
 * transactions at once might want the same rows, and the later one would hold locks that the
 * earlier one needs.
 *
 * <p>A transaction that fails is not tried again, since the rows that it had are gone: the job goes
 * on from its last checkpoint. Thread-safe.
 */
final class JdbcTransactions implements EpochTransactions {
  /** What a writer does in a transaction. */
  @FunctionalInterface
  interface Work {
    void run(Connection connection) throws SQLException;
  }

  private final Database database;
  private final EpochTable epochs;
  private final String run;
  private Connection connection;

  /** The epoch whose rows the transaction takes; 0 before the first. */
  private long current;

  private RuntimeException failure;

  JdbcTransactions(Database database, EpochTable epochs, String run) {
    this.database = database;
    this.epochs = epochs;
    this.run = run;
  }

  @Override
  public synchronized long recover() {
    try {
      connection = database.connect();
      return epochs.takeOver(connection, run);
    } catch (SQLException e) {
      throw failed(JdbcErrors.translate(epochs.subject(), database, e));
    }
  }

  @Override
  public synchronized void begin(long epoch) {
    if (current == 0) {
      current = epoch;
      notifyAll();
    }
  }

  /**
   * Does the work in the transaction of an epoch, as soon as that is the current one.
   *
   * @param subject who fails if it cannot be done
   */
  synchronized void write(long epoch, String subject, Work work) {
    awaitEpoch(epoch);
    try {
      work.run(connection);
    } catch (SQLException e) {
      throw failed(JdbcErrors.translate(subject, database, e));
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  private void awaitEpoch(long epoch) {
    try {
      while (failure == null && epoch != current) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MillraceException.job(
          "%s: interrupted while epoch %d was waited for.".formatted(epochs.subject(), epoch), e);
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public synchronized void commit(long epoch) {
    if (failure != null) {
      throw failure;
    }
    try {
      epochs.mark(connection, run, epoch);
      connection.commit();
    } catch (SQLException e) {
      throw failed(JdbcErrors.translate(epochs.subject(), database, e));
    } catch (MillraceException e) {
      throw failed(e);
    }
    current = epoch + 1;
    notifyAll();
  }

  /** Notes why nothing can be written any more, for all who wait or come. */
  private RuntimeException failed(RuntimeException reason) {
    failure = reason;
    notifyAll();
    return reason;
  }

  @Override
  public synchronized void close() {
    Sessions.close(connection);
    connection = null;
  }
}
