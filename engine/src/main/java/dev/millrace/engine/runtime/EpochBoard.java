package dev.millrace.engine.runtime;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Where the tasks of a job and its {@link CheckpointCoordinator} meet: it posts which epoch is to
 * end, they report what they kept when it did. Thread-safe.
 */
final class EpochBoard {
  /**
   * What a task kept.
   *
   * @param epoch that ended, or {@link #FINISHED}
   */
  record Report(int task, long epoch, List<SavedPart> parts) {}

  /** Of a task that has seen all its rows. */
  static final long FINISHED = Long.MAX_VALUE;

  private final boolean checkpointing;
  private final long start;
  private final boolean fresh;
  private final Queue<Report> reports = new ConcurrentLinkedQueue<>();
  private final Waker waker;
  private int tasks;
  private volatile long requested;
  private volatile long last = Long.MAX_VALUE;
  private volatile long whole;
  private volatile long completed;

  /**
   * A board for a job.
   *
   * @param checkpointing whether epochs end before the job does
   * @param start the epoch that the job begins after
   * @param fresh whether it does so without a snapshot of that epoch
   */
  EpochBoard(boolean checkpointing, long start, boolean fresh, Waker waker) {
    this.checkpointing = checkpointing;
    this.start = start;
    this.fresh = fresh;
    this.requested = start;
    this.completed = start;
    this.waker = waker;
  }

  /** The next task's place; called before anything runs. */
  Participant join() {
    return new Participant(tasks++);
  }

  int tasks() {
    return tasks;
  }

  /** The epoch that the job began after. */
  long start() {
    return start;
  }

  /** Whether an epoch ends before any row is read. */
  boolean isFirst(long epoch) {
    return fresh && epoch == start + 1;
  }

  /**
   * Asks the sources to end an epoch.
   *
   * @param isLast whether to read nothing after it
   * @param isWhole whether all that is kept must be handed over, whatever an earlier snapshot holds
   */
  void request(long epoch, boolean isLast, boolean isWhole) {
    if (isLast) {
      last = epoch;
    }
    if (isWhole) {
      whole = epoch;
    }
    requested = epoch;
    waker.wake();
  }

  /** Takes back that an epoch was to be the last. */
  void goOn() {
    last = Long.MAX_VALUE;
    waker.wake();
  }

  /** Says that an epoch counts. */
  void complete(long epoch) {
    completed = epoch;
    waker.wake();
  }

  boolean hasReports() {
    return !reports.isEmpty();
  }

  /** The next report, or null. */
  Report poll() {
    return reports.poll();
  }

  /** A task's view. */
  final class Participant {
    private final int task;

    private Participant(int task) {
      this.task = task;
    }

    /** The newest epoch that is to end. */
    long requested() {
      return requested;
    }

    /** The newest epoch that counts. */
    long completed() {
      return completed;
    }

    /** The epoch that the job began after. */
    long start() {
      return start;
    }

    /**
     * Whether a task that has ended this epoch must wait: nothing is read before the positions to
     * start from are part of a snapshot, nor after the last one. Nor do clocks move anything then:
     * the first epoch has no rows, whatever state a job begins with.
     */
    boolean held(long epoch) {
      return checkpointing && ((fresh && epoch == start) || epoch >= last);
    }

    /** The barrier that ends an epoch. */
    Barrier barrier(long epoch) {
      return Barrier.of(epoch, epoch == whole ? Barrier.NONE : completed);
    }

    void passed(Barrier barrier) {
      reports.add(new Report(task, barrier.isEnd() ? FINISHED : barrier.epoch(), barrier.parts()));
      waker.wake();
    }
  }
}
