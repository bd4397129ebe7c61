package dev.millrace.engine.runtime;

import dev.millrace.engine.checkpoint.Checkpointing;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Node.SinkNode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the epochs of a job. One at a time: it asks the sources for a barrier, waits until every
 * task has passed it, stores what they kept, and has the sinks' transactions commit and prepared
 * output published. An epoch counts when it is stored and its deciding transaction is committed.
 *
 * <p>A failure on the way fails the job, which goes on from the last epoch that counts; if nothing
 * outside waits for the epoch, some failures in a row are let pass. When all tasks have finished,
 * one last epoch ends; it is stored like any other if the job has checkpoints.
 */
final class CheckpointCoordinator implements Task {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointCoordinator.class);

  /** An epoch that is ending. */
  private static final class Ending {
    private final long epoch;
    private final boolean isLast;
    private final long startNanos;

    /** Null if it is no savepoint. */
    private final SavepointRequest savepoint;

    private final Map<Integer, List<SavedPart>> passed = new HashMap<>();

    Ending(long epoch, boolean isLast, long startNanos, SavepointRequest savepoint) {
      this.epoch = epoch;
      this.isLast = isLast;
      this.startNanos = startNanos;
      this.savepoint = savepoint;
    }
  }

  private final JobServices services;
  private final Checkpointing checkpointing;
  private final EpochBoard board;
  private final List<SplitAssigner> sources;
  private final Dataflow dataflow;
  private final Set<Integer> sinks = new HashSet<>();
  private final boolean awaited;
  private final SnapshotWriting writing;
  private final Runnable suspend;
  private final CheckpointMetrics metrics;
  private final TaskMeter meter;
  private final SavepointQueue savepoints = new SavepointQueue();
  private final Map<Integer, List<SavedPart>> finishedTasks = new HashMap<>();
  private Ending ending;
  private long epoch;
  private long nextNanos;
  private int failures;
  private volatile boolean stopRequested;
  private boolean finished;

  /**
   * A coordinator for the tasks that have joined the board.
   *
   * @param sources of the job, which know the splits that no reader has
   * @param suspend ends the job after the last epoch that {@link #stop} asked for
   */
  CheckpointCoordinator(
      Dataflow dataflow,
      JobServices services,
      EpochBoard board,
      List<SplitAssigner> sources,
      Runnable suspend) {
    this.dataflow = dataflow;
    this.services = services;
    this.checkpointing = services.config().checkpointing();
    this.board = board;
    this.sources = List.copyOf(sources);
    this.suspend = suspend;
    this.epoch = board.start();
    this.meter = TaskMeter.unlisted("checkpoints", services.config().clock());
    this.metrics = new CheckpointMetrics(services.metrics());
    this.writing = checkpointing == null ? null : new SnapshotWriting(dataflow, services.config());
    List<SinkNode> sinkNodes = dataflow.sinks();
    sinkNodes.forEach(sink -> sinks.add(dataflow.position(sink)));
    this.awaited = sinkNodes.stream().anyMatch(sink -> sink.sink().awaitsEpochs());
  }

  /** Ends one more epoch and then the job, whose sources read nothing after it. */
  void stop() {
    stopRequested = true;
  }

  /** Has the next epoch that ends stored as a savepoint, too. */
  void savepoint(SavepointRequest request) {
    savepoints.add(request);
  }

  @Override
  public String name() {
    return "checkpoints";
  }

  @Override
  public boolean blocking() {
    return true;
  }

  @Override
  public void open() {
    nextNanos = clock().nanoTime();
    services.transactions().begin(epoch + 1);
  }

  private Clock clock() {
    return services.config().clock();
  }

  @Override
  public boolean run() {
    boolean moved = takeReports();
    if (ending != null) {
      return endEpochIfPassed() || moved;
    }
    if (finishedTasks.size() == board.tasks()) {
      endLastEpoch();
      return true;
    }
    if (due()) {
      begin();
      return true;
    }
    return moved;
  }

  @Override
  public boolean hasWork() {
    return board.hasReports();
  }

  private boolean takeReports() {
    boolean any = false;
    for (EpochBoard.Report report; (report = board.poll()) != null; any = true) {
      if (report.epoch() == EpochBoard.FINISHED) {
        finishedTasks.put(report.task(), report.parts());
      } else if (ending != null && report.epoch() == ending.epoch) {
        ending.passed.put(report.task(), report.parts());
      } else {
        report.parts().forEach(SavedPart::release);
      }
    }
    return any;
  }

  private boolean due() {
    return checkpointing != null
        && (stopRequested || !savepoints.isEmpty() || clock().nanoTime() - nextNanos >= 0)
        && sources.stream().allMatch(SplitAssigner::discovered);
  }

  private void begin() {
    epoch++;
    SavepointRequest savepoint = savepoints.poll();
    boolean isLast = stopRequested || (savepoint != null && savepoint.stop());
    ending = new Ending(epoch, isLast, clock().nanoTime(), savepoint);
    services.transactions().begin(epoch + 1);
    board.request(epoch, isLast, savepoint != null);
  }

  private boolean endEpochIfPassed() {
    List<SavedPart> parts = new ArrayList<>();
    for (int task = 0; task < board.tasks(); task++) {
      List<SavedPart> passed = ending.passed.getOrDefault(task, finishedTasks.get(task));
      if (passed == null) {
        failIfLate();
        return false;
      }
      parts.addAll(passed);
    }
    addUnassigned(parts);
    endEpoch(parts);
    return true;
  }

  private void addUnassigned(List<SavedPart> parts) {
    for (SplitAssigner source : sources) {
      parts.add(source.unassigned(source.of(parts)));
    }
  }

  private void endEpoch(List<SavedPart> parts) {
    try {
      long bytes = writing.write(ending.epoch, board.isFirst(ending.epoch), parts);
      failures = 0;
      count(ending.epoch, parts);
      finishedTasks.replaceAll(
          (task, last) -> ending.passed.containsKey(task) ? last : withoutOutput(last));
      removeOlder();
      metrics.completed(bytes, clock().nanoTime() - ending.startNanos, clock().millis());
    } catch (SnapshotWriting.Failed e) {
      failed(e.getMessage(), e.getCause());
    } finally {
      parts.forEach(SavedPart::release);
    }
    scheduleNext();
  }

  private List<SavedPart> output(List<SavedPart> parts) {
    return parts.stream().filter(part -> sinks.contains(part.node())).toList();
  }

  /** What cannot be removed now goes with a later checkpoint. */
  private void removeOlder() {
    try {
      checkpointing.store().retain(checkpointing.retained());
    } catch (MillraceException e) {
      LOG.warn(
          "Older checkpoints of '{}' are not removed yet: {}",
          services.config().name(),
          e.getMessage());
    }
  }

  /** What sinks wrote at the end of a task is part of one epoch only. */
  private List<SavedPart> withoutOutput(List<SavedPart> parts) {
    return parts.stream().filter(part -> !sinks.contains(part.node())).toList();
  }

  /** Lets everything outside know that an epoch counts, the deciding system first. */
  private void count(long ended, List<SavedPart> parts) {
    services.transactions().commit(ended);
    JobSnapshot.of(ended, output(parts)).publish(dataflow);
    board.complete(ended);
    if (ending != null) {
      conclude(parts);
    }
  }

  private void conclude(List<SavedPart> parts) {
    boolean asWished = ending.savepoint == null || writeSavepoint(parts);
    if (ending.isLast) {
      stopOrGoOn(asWished);
    }
  }

  /** A job that was to stop with a savepoint goes on if there is none. */
  private void stopOrGoOn(boolean stopping) {
    if (stopping || stopRequested) {
      finished = true;
      suspend.run();
    } else {
      board.goOn();
    }
  }

  /**
   * Writes what the tasks kept once more. Now that the epoch counts everywhere, what its sinks
   * handed over is no longer needed. Whoever asked is told; the job is not concerned.
   */
  private boolean writeSavepoint(List<SavedPart> parts) {
    SavepointRequest savepoint = ending.savepoint;
    try {
      writing.writeSavepoint(savepoint.target(), ending.epoch, withoutOutput(parts));
      savepoint.done().complete(savepoint.target().info(ending.epoch));
      return true;
    } catch (SnapshotWriting.Failed | MillraceException e) {
      savepoint.fail(e.getMessage());
      return false;
    }
  }

  private void endLastEpoch() {
    List<SavedPart> parts = new ArrayList<>();
    finishedTasks.values().forEach(parts::addAll);
    addUnassigned(parts);
    long last = epoch + 1;
    if (checkpointing != null) {
      try {
        writing.write(last, false, parts);
      } catch (SnapshotWriting.Failed e) {
        throw MillraceException.job(e.getMessage(), e.getCause());
      }
    }
    count(last, parts);
    finished = true;
  }

  private void failIfLate() {
    Duration timeout = checkpointing.timeout();
    if (clock().nanoTime() - ending.startNanos >= timeout.toNanos()) {
      failed(
          "it was not complete after %d s ('execution.checkpointing.timeout')"
              .formatted(timeout.toSeconds()),
          null);
      ending.passed.values().forEach(parts -> parts.forEach(SavedPart::release));
      scheduleNext();
    }
  }

  private void failed(String reason, Throwable cause) {
    failures++;
    metrics.failed();
    String message = "Checkpoint %d failed: %s".formatted(ending.epoch, reason);
    if (ending.savepoint != null) {
      ending.savepoint.fail(message);
    }
    if (awaited || failures > checkpointing.tolerableFailures()) {
      throw MillraceException.job(message + ".", cause);
    }
    LOG.warn("{}. The job goes on; the next checkpoint is tried as usual.", message);
    if (!stopRequested) {
      board.goOn();
    }
  }

  private void scheduleNext() {
    long now = clock().nanoTime();
    long byInterval = ending.startNanos + checkpointing.interval().toNanos();
    nextNanos = Math.max(byInterval, now + checkpointing.minPause().toNanos());
    ending = null;
  }

  @Override
  public boolean finished() {
    return finished;
  }

  @Override
  public TaskMeter meter() {
    return meter;
  }

  @Override
  public void close() {
    savepoints.close();
    if (ending != null && ending.savepoint != null) {
      SavepointQueue.failEnded(ending.savepoint);
    }
  }
}
