package dev.millrace.api;

/** Which engine runs a script. */
public enum Engine {
  /** Native if the whole plan is supported, else an embedded Flink, said in one line of the log. */
  AUTO,
  /** Ours; refuses what it cannot run, naming it. */
  NATIVE,
  /** A Flink cluster inside this process. */
  FLINK
}
