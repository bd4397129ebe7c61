package dev.millrace.engine.dataflow;

import java.util.List;

/** How rows get from the parallel instances of one node to those of the next. */
public sealed interface Exchange {
  /** Each instance hands to the one of the same number; round robin if the counts differ. */
  record Forward() implements Exchange {}

  /** By the hash of the key columns: equal keys meet in one instance. */
  record Hash(List<Integer> columns) implements Exchange {}

  /** All rows to the first instance. */
  record Single() implements Exchange {}

  /** All rows to every instance. */
  record Broadcast() implements Exchange {}
}
