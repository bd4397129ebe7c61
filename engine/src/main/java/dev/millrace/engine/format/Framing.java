package dev.millrace.engine.format;

/** How the records of a format follow each other in a file. */
public enum Framing {
  /**
   * One record a line, so that a file can be cut at any line end; an ending {@code \r} is dropped.
   */
  LINES,
  /** One record a line, but line ends within quotes belong to the record (see {@link Quoting}). */
  QUOTED_LINES
}
