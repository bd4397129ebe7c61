package dev.millrace.engine.runtime;

import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.metrics.Metrics;
import java.util.List;
import java.util.function.Consumer;

/** A job from a start to the next failure. Thread-safe. */
final class JobAttempt {
  private final Workers workers;
  private final Consumer<Throwable> ended;
  private final TaskGraph graph;

  private JobAttempt(Workers workers, TaskGraph graph, Consumer<Throwable> ended) {
    this.workers = workers;
    this.graph = graph;
    this.ended = ended;
  }

  /**
   * Starts the tasks on threads of their own.
   *
   * @param ended called once by the last thread, with the failure or null
   */
  static JobAttempt start(
      Dataflow dataflow,
      JobConfig config,
      Metrics metrics,
      TaskGraph.Beginning beginning,
      Consumer<Throwable> ended) {
    Workers workers = new Workers(config.name());
    TaskGraph graph = TaskGraph.of(dataflow, config, metrics, workers, beginning, workers::suspend);
    try {
      graph.open();
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
    JobAttempt attempt = new JobAttempt(workers, graph, ended);
    workers.start(graph.tasks(), Runtime.getRuntime().availableProcessors(), attempt::complete);
    return attempt;
  }

  private void complete() {
    Throwable failure = workers.failure();
    try {
      graph.close();
    } catch (RuntimeException | Error e) {
      failure = failure == null ? e : failure;
    }
    ended.accept(failure);
  }

  List<Task> tasks() {
    return graph.tasks();
  }

  /** See {@link Job#stop}. */
  void stop() {
    graph.stop();
    workers.wakeAll();
  }

  void savepoint(SavepointRequest request) {
    graph.savepoint(request);
    workers.wakeAll();
  }

  void cancel(Throwable cause) {
    workers.abort(cause);
    workers.wakeAll();
  }
}
