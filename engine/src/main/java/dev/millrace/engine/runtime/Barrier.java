package dev.millrace.engine.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * The end of an epoch on its way through a task: every stage adds what it keeps at that moment. Not
 * thread-safe.
 */
final class Barrier {
  /** No epoch: everything that is kept must be handed over. */
  static final long NONE = -1;

  private final long epoch;
  private final long base;
  private final boolean end;
  private final List<SavedPart> parts = new ArrayList<>();

  private Barrier(long epoch, long base, boolean end) {
    this.epoch = epoch;
    this.base = base;
    this.end = end;
  }

  /**
   * Between the rows of one epoch and those of the next.
   *
   * @param base the newest epoch that counts, or {@link #NONE}
   */
  static Barrier of(long epoch, long base) {
    return new Barrier(epoch, base, false);
  }

  /** Behind all rows of a task: its operators keep nothing that is needed any more. */
  static Barrier end() {
    return new Barrier(0, NONE, true);
  }

  long epoch() {
    return epoch;
  }

  /** Whether what was kept at the end of an epoch is there, so that only what is new need be. */
  boolean buildsOn(long earlier) {
    return earlier == base;
  }

  boolean isEnd() {
    return end;
  }

  void add(SavedPart part) {
    parts.add(part);
  }

  /** What the stages added. */
  List<SavedPart> parts() {
    return parts;
  }
}
