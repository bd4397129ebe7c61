package dev.millrace.engine.connector;

import java.util.Map;

/** A part of a source that one reader reads in order: a partition, a file, a range of one. */
public interface Split {
  /** Names the split for good, for messages and for its position in snapshots. */
  String id();

  /**
   * What a snapshot keeps of it, from where it is to be read: {@link Source#split} makes an equal
   * split of that, also in another process.
   */
  Map<String, String> saved();
}
