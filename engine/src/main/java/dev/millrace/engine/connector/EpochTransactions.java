package dev.millrace.engine.connector;

/**
 * The transactions of one job in one system: one for each epoch, with the number of the epoch
 * committed along with its rows. So the system itself tells whether an epoch counts.
 *
 * <p>Call order: {@link #recover} once; then {@link #begin} of each epoch, before its first row and
 * while the one before may still be uncommitted; {@link #commit} of each in the same order; {@link
 * #close}. Writers write between {@code begin} and the end of their epoch. All calls but those of
 * writers come from one thread.
 */
public interface EpochTransactions extends AutoCloseable {
  /** What {@link #recover} returns when nothing was committed by this run. */
  long NONE = 0;

  /**
   * Ends what a dead process has left open, so that it can neither commit nor write any more, and
   * returns the last epoch that this run has committed.
   */
  long recover();

  void begin(long epoch);

  /** Makes the rows and the number of the epoch durable and visible, both or none. */
  void commit(long epoch);

  /** Abandons what is not committed. */
  @Override
  void close();
}
