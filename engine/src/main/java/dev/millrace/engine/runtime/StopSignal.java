package dev.millrace.engine.runtime;

/** Asks the sources of a job to end, so that what was read flows to the sinks and no more comes. */
final class StopSignal {
  private volatile boolean requested;

  void request() {
    requested = true;
  }

  boolean requested() {
    return requested;
  }
}
