package dev.millrace.engine.connector;

/** A part of a source that one reader reads in order: a partition, a file, a range of one. */
public interface Split {
  /** Names the split for good, for messages and (later) for its position in snapshots. */
  String id();
}
