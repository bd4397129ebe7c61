package dev.millrace.conformance.program;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Where a program was restored at another parallelism. */
enum Restored {
  /** Nowhere: its jobs have less than two rows to read, and no savepoint. */
  NOWHERE,
  /** Before its first row or behind its last one. */
  MISSED,
  /** At its own savepoint only, as there are less than two rows before it. */
  AT_SAVEPOINT,
  /** Some but not all rows before it were read. */
  IN_THE_MIDDLE;

  /** The farthest that one came to. */
  static Restored most(Restored before, Collection<Restored> now) {
    Set<Restored> all = EnumSet.of(before);
    all.addAll(now);
    return Collections.max(all);
  }
}
