package dev.millrace.engine.runtime;

import dev.millrace.engine.checkpoint.Checkpointing;
import dev.millrace.engine.checkpoint.SnapshotInfo;
import dev.millrace.engine.checkpoint.SnapshotStore;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.metrics.Metrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running dataflow. After a failure it goes on from its last checkpoint, as its configuration
 * says. Thread-safe.
 */
public final class Job {
  private static final Logger LOG = LoggerFactory.getLogger(Job.class);

  private final Dataflow dataflow;
  private final JobConfig config;
  private final Origin origin;
  private final Metrics metrics = new Metrics();
  private final Restarts restarts;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  /**
   * Done when the job must neither go on nor start again; what it holds is the failure, or null.
   */
  private final CompletableFuture<Throwable> ending = new CompletableFuture<>();

  private volatile boolean stopped;
  private volatile boolean restarting;

  /** The last one that could be started, if any. */
  private volatile JobAttempt attempt;

  private Job(Dataflow dataflow, JobConfig config, Origin origin) {
    this.dataflow = dataflow;
    this.config = config;
    this.origin = origin;
    this.restarts = new Restarts(config.restarts(), new Random());
  }

  /** Starts a job on threads of its own; fails if a source or sink cannot be opened. */
  public static Job start(Dataflow dataflow, JobConfig config) {
    return start(dataflow, config, Origin.NOTHING);
  }

  /** The same for a job that takes its first state from somewhere else. */
  public static Job start(Dataflow dataflow, JobConfig config, Origin origin) {
    Recovery.settle(dataflow, config, origin);
    Job job = new Job(dataflow, config, origin);
    job.startAttempt(/* resume= */ false);
    return job;
  }

  /**
   * Starts a job that goes on from the newest checkpoint of its name; from the beginning if there
   * is none. It has run before: if something outside is away, it waits for that as after a failure.
   */
  public static Job resume(Dataflow dataflow, JobConfig config) {
    return resume(dataflow, config, Origin.NOTHING);
  }

  /** The same for a job that goes on from its newest checkpoint, or else from somewhere else. */
  public static Job resume(Dataflow dataflow, JobConfig config, Origin origin) {
    Checkpointing checkpointing = config.checkpointing();
    JobConfig sameRun =
        Recovery.run(checkpointing.store())
            .map(run -> config.withCheckpointing(checkpointing.withRun(run)))
            .orElse(config);
    Job job = new Job(dataflow, sameRun, origin);
    job.startAgain();
    return job;
  }

  private void startAttempt(boolean resume) {
    attempt =
        JobAttempt.start(
            dataflow,
            config,
            metrics,
            recovery -> resume ? recovery.resume(origin) : recovery.begin(origin),
            this::attemptEnded);
    restarting = false;
    restarts.started(config.clock().nanoTime());
    metrics.counter(Metrics.JOB_START).set(config.clock().millis());
    if (stopped) {
      attempt.stop();
    }
    if (ending.isDone()) {
      attempt.cancel(ending.join());
    }
  }

  /** Runs on a thread of the attempt, its last one. */
  private void attemptEnded(Throwable failure) {
    if (failure == null || ending.isDone() || stopped) {
      complete(failure);
      return;
    }
    restarting = true;
    Optional<Duration> delay = mayRestart(failure) ? nextDelay() : Optional.empty();
    if (delay.isEmpty()) {
      complete(failure);
      return;
    }
    LOG.warn(
        "'{}' failed and starts again in {} ms: {}",
        config.name(),
        delay.get().toMillis(),
        describe(failure));
    LOG.debug("The failure of '{}':", config.name(), failure);
    Thread thread = new Thread(() -> restart(delay.get()), config.name() + "-restart");
    thread.setDaemon(true);
    thread.start();
  }

  private static boolean mayRestart(Throwable failure) {
    return !(failure instanceof MillraceException known
        && known.kind() == MillraceException.Kind.USAGE);
  }

  private Optional<Duration> nextDelay() {
    return restarts.failed(config.clock().nanoTime());
  }

  private void restart(Duration delay) {
    try {
      complete(ending.get(delay.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      startAgain();
    } catch (InterruptedException | ExecutionException e) {
      complete(e);
    }
  }

  private void startAgain() {
    try {
      startAttempt(config.checkpointing() != null);
    } catch (RuntimeException | Error failure) {
      attemptEnded(failure);
    }
  }

  private void complete(Throwable failure) {
    removeCheckpoints(failure != null && failure != ending.getNow(null));
    if (failure == null) {
      end.complete(null);
    } else {
      end.completeExceptionally(failure);
    }
  }

  /** Those that are not to outlive the job; not if it never ran, as they are of an earlier one. */
  private void removeCheckpoints(boolean failed) {
    Checkpointing checkpointing = config.checkpointing();
    if (checkpointing == null || attempt == null || checkpointing.afterEnd().keeps(failed)) {
      return;
    }
    try {
      checkpointing.store().deleteAll();
    } catch (MillraceException e) {
      LOG.warn("The checkpoints of '{}' stay where they are: {}", config.name(), e.getMessage());
    }
  }

  public JobConfig config() {
    return config;
  }

  public Metrics metrics() {
    return metrics;
  }

  /** Those that run now. */
  private List<Task> tasks() {
    JobAttempt running = attempt;
    return running == null ? List.of() : running.tasks();
  }

  /**
   * Watches the job's tasks as long as somebody has it look at them; one watcher a job is enough.
   */
  public JobMonitor monitor() {
    Set<String> sources = new HashSet<>();
    Map<String, String> places = new HashMap<>();
    for (Node node : dataflow.nodes()) {
      dataflow.place(node.id()).ifPresent(place -> places.put(node.name(), place));
      if (node instanceof SourceNode) {
        sources.add(node.name());
      }
    }
    return new JobMonitor(
        this::tasks,
        config.clock(),
        name -> places.containsKey(name) ? name + " (" + places.get(name) + ")" : name,
        new SourceRates(metrics, sources, config.clock()));
  }

  /**
   * Says in one line why the job is not at work; empty if it runs and all its sources have found
   * out what there is to read.
   */
  public Optional<String> notReady() {
    if (finished()) {
      return Optional.of(
          failed()
              ? "Job '%s' has failed; its log says why.".formatted(config.name())
              : "Job '%s' has ended.".formatted(config.name()));
    }
    if (restarting) {
      return Optional.of(
          "Job '%s' has failed and will start again; its log says why.".formatted(config.name()));
    }
    return tasks().stream()
        .filter(task -> task instanceof DiscoveryTask discovery && !discovery.discovered())
        .findFirst()
        .map(task -> task.name() + " is still looking for what there is to read.");
  }

  /**
   * Ends the sources; what they have read flows to the sinks, which are flushed. With checkpoints
   * there is one more, from which the job can be resumed. Returns at once.
   */
  public void stop() {
    stopped = true;
    JobAttempt running = attempt;
    if (running != null) {
      running.stop();
    }
  }

  /**
   * Saves what the job has read and what it keeps, whole, into a place of its own; what was written
   * before that is outside then.
   *
   * @param target where it goes; holds nothing yet
   * @param stop whether the job ends with it, as by {@link #stop}; it goes on if there comes no
   *     savepoint
   * @return what the savepoint says of itself; completed with a job's error if there comes none
   */
  public CompletableFuture<SnapshotInfo> savepoint(SnapshotStore target, boolean stop) {
    SavepointRequest request = SavepointRequest.to(target, stop);
    JobAttempt running = attempt;
    if (running == null || restarting || finished()) {
      request.fail(notReady().orElse("the job is being started."));
    } else {
      running.savepoint(request);
    }
    return request.done();
  }

  /** Ends the job as it stands; sinks are not flushed. Returns at once. */
  public void cancel() {
    Throwable cancelled = MillraceException.job("Job '" + config.name() + "' was cancelled.");
    ending.complete(cancelled);
    JobAttempt running = attempt;
    if (running != null) {
      running.cancel(cancelled);
    }
  }

  /** Whether the job has ended, in success or failure. */
  public boolean finished() {
    return end.isDone();
  }

  /** Whether the job has ended in failure. */
  public boolean failed() {
    return end.isCompletedExceptionally();
  }

  /** Waits for the end; throws the failure of the job, if it failed. */
  public void await() throws InterruptedException {
    try {
      end.get();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  /** Waits for the end, but no longer than this; returns whether the job has ended. */
  public boolean await(Duration timeout) throws InterruptedException {
    try {
      end.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private MillraceException failure(Throwable cause) {
    if (cause instanceof MillraceException known) {
      return known;
    }
    return MillraceException.job(
        "Job '%s' failed: %s".formatted(config.name(), describe(cause)), cause);
  }

  private static String describe(Throwable cause) {
    if (cause instanceof MillraceException) {
      return cause.getMessage();
    }
    return cause instanceof OutOfMemoryError
        ? "out of memory (" + cause.getMessage() + "); give the process a larger heap (-Xmx)"
        : cause.toString();
  }
}
