package dev.millrace.api;

import java.util.List;

/** Is told what a script does as it runs. Called by the thread that runs the script. */
public interface RunObserver {
  /**
   * A statement such as SHOW, DESCRIBE or EXPLAIN has a result.
   *
   * @param rows the cells as text, null for NULL
   * @param plain whether the only cell is a text to be shown as it stands
   */
  void output(List<String> columns, List<List<String>> rows, boolean plain);

  /**
   * A job that has checkpoints is about to be started. Whatever this throws keeps it from being.
   *
   * @param job its name, by which its checkpoints are found again
   */
  default void starting(String job) {}

  /** A job was started. Read its rows, watch it, stop it; the script goes on when it has ended. */
  void started(Job job) throws InterruptedException;
}
