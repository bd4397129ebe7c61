package dev.millrace.server;

/** Threads that do not keep a process alive. */
final class Threads {
  static final String NAME = "millrace-telemetry";

  private Threads() {}

  static Thread daemon(Runnable action) {
    Thread thread = new Thread(action, NAME);
    thread.setDaemon(true);
    return thread;
  }

  /** Runs an action on a daemon, since threads that it starts are like the one they come from. */
  static void callAsDaemon(Runnable action) {
    Thread thread = daemon(action);
    thread.start();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
