package dev.millrace.engine.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * The end of an epoch on its way through a task: every stage adds what it keeps at that moment. Not
 * thread-safe.
 */
final class Barrier {
  private final long epoch;
  private final boolean end;
  private final boolean whole;
  private final List<SavedPart> parts = new ArrayList<>();

  private Barrier(long epoch, boolean end, boolean whole) {
    this.epoch = epoch;
    this.end = end;
    this.whole = whole;
  }

  /** Between the rows of one epoch and those of the next. */
  static Barrier of(long epoch, boolean whole) {
    return new Barrier(epoch, false, whole);
  }

  /** Behind all rows of a task: its operators keep nothing that is needed any more. */
  static Barrier end() {
    return new Barrier(0, true, true);
  }

  long epoch() {
    return epoch;
  }

  boolean isEnd() {
    return end;
  }

  /** Whether the parts must say everything, whatever an earlier snapshot holds. */
  boolean isWhole() {
    return whole;
  }

  void add(SavedPart part) {
    parts.add(part);
  }

  /** What the stages added. */
  List<SavedPart> parts() {
    return parts;
  }
}
