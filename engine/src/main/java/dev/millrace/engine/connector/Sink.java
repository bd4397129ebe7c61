package dev.millrace.engine.connector;

import java.util.List;

/** Where rows go: a description of an external table, with one writer per parallel instance. */
public interface Sink {
  SinkWriter writer(SinkContext context);

  /**
   * Whether writers may block (network, disk sync). The runtime then gives each a thread of its own
   * behind a bounded queue; else they are called by the workers.
   */
  boolean blocking();

  /**
   * The system whose transactions carry the rows, so that they become visible with the epoch; null
   * if rows are visible at once or by {@link #publish}. Sinks with equal systems share one.
   */
  default TransactionalSystem system() {
    return null;
  }

  /**
   * Whether rows become visible only when their epoch counts, by its transaction or by {@link
   * #publish}: what waits for an epoch that fails must be written again.
   */
  default boolean awaitsEpochs() {
    return system() != null;
  }

  /**
   * Makes visible what writers have prepared in an epoch that counts now. May be called again with
   * the same names, also by another process: what is visible already is left alone.
   */
  default void publish(List<String> prepared) {
    if (!prepared.isEmpty()) {
      throw new IllegalStateException("prepared, but never published: " + prepared);
    }
  }

  /** The parallelism that the table asks for, or 0 for that of its input. */
  default int parallelism() {
    return 0;
  }
}
