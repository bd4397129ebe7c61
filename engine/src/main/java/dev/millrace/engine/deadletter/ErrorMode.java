package dev.millrace.engine.deadletter;

/** What happens to a row that cannot be processed. */
public enum ErrorMode {
  /** It fails the job. */
  FAIL,
  /** It is counted, and a letter about it goes to the dead-letter table. */
  DEAD_LETTER,
  /** It is counted and passed over. */
  SKIP
}
