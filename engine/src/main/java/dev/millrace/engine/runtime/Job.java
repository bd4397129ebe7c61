package dev.millrace.engine.runtime;

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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running dataflow. Thread-safe. */
public final class Job {
  private static final Logger LOG = LoggerFactory.getLogger(Job.class);

  private final Dataflow dataflow;
  private final JobConfig config;
  private final Metrics metrics = new Metrics();
  private final StopSignal stop = new StopSignal();
  private final Workers workers;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private List<Task> tasks = List.of();

  private Job(Dataflow dataflow, JobConfig config) {
    this.dataflow = dataflow;
    this.config = config;
    this.workers = new Workers(config.name());
  }

  /** Starts a job on threads of its own; fails if a source or sink cannot be opened. */
  public static Job start(Dataflow dataflow, JobConfig config) {
    Job job = new Job(dataflow, config);
    JobServices services = new JobServices(config, job.metrics, job.workers);
    job.tasks = TaskGraph.build(dataflow, services, job.stop).tasks();
    try {
      job.tasks.forEach(Task::open);
    } catch (RuntimeException e) {
      job.closeTasks();
      throw e;
    }
    job.metrics.counter(Metrics.JOB_START).set(config.clock().millis());
    job.workers.start(job.tasks, Runtime.getRuntime().availableProcessors(), job::complete);
    return job;
  }

  private void complete() {
    Throwable failure = workers.failure();
    try {
      closeTasks();
    } catch (RuntimeException | Error e) {
      failure = failure == null ? e : failure;
    }
    if (failure == null) {
      end.complete(null);
    } else {
      end.completeExceptionally(failure);
    }
  }

  /** Closes every task even if closing one fails; throws the first failure. */
  private void closeTasks() {
    Throwable first = null;
    for (Task task : tasks) {
      try {
        task.close();
      } catch (RuntimeException | Error e) {
        LOG.debug("Closing {} failed", task.name(), e);
        first = first == null ? e : first;
      }
    }
    if (first instanceof Error error) {
      throw error;
    }
    if (first instanceof RuntimeException failure) {
      throw failure;
    }
  }

  public JobConfig config() {
    return config;
  }

  public Metrics metrics() {
    return metrics;
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
        tasks,
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
    return tasks.stream()
        .filter(task -> task instanceof DiscoveryTask discovery && !discovery.discovered())
        .findFirst()
        .map(task -> task.name() + " is still looking for what there is to read.");
  }

  /**
   * Ends the sources; what they have read flows to the sinks, which are flushed. Returns at once.
   */
  public void stop() {
    stop.request();
    workers.wake();
  }

  /** Ends the job as it stands; sinks are not flushed. Returns at once. */
  public void cancel() {
    workers.abort(MillraceException.job("Job '" + config.name() + "' was cancelled."));
    workers.wake();
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
    return cause instanceof OutOfMemoryError
        ? "out of memory (" + cause.getMessage() + "); give the process a larger heap (-Xmx)"
        : cause.toString();
  }
}
