package dev.millrace.engine.connector;

/** Where rows go: a description of an external table, with one writer per parallel instance. */
public interface Sink {
  SinkWriter writer(SinkContext context);

  /**
   * Whether writers may block (network, disk sync). The runtime then gives each a thread of its own
   * behind a bounded queue; else they are called by the workers.
   */
  boolean blocking();

  /** The parallelism that the table asks for, or 0 for that of its input. */
  default int parallelism() {
    return 0;
  }
}
