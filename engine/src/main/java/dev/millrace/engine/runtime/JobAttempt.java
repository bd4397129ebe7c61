package dev.millrace.engine.runtime;

import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.metrics.Metrics;
import java.util.List;
import java.util.function.Consumer;

/** A job from a start to the next failure. Thread-safe. */
final class JobAttempt {
  private final StopSignal stop = new StopSignal();
  private final Workers workers;
  private final Transactions transactions;
  private final Consumer<Throwable> ended;
  private TaskGraph graph;

  private JobAttempt(JobConfig config, Transactions transactions, Consumer<Throwable> ended) {
    this.workers = new Workers(config.name());
    this.transactions = transactions;
    this.ended = ended;
  }

  /**
   * Starts the tasks on threads of their own.
   *
   * @param resume whether they go on from the newest checkpoint that counts
   * @param ended called once by the last thread, with the failure or null
   */
  static JobAttempt start(
      Dataflow dataflow,
      JobConfig config,
      Metrics metrics,
      boolean resume,
      Consumer<Throwable> ended) {
    String run = config.checkpointing() == null ? "" : config.checkpointing().run();
    Transactions transactions = Transactions.open(dataflow, config.name(), run);
    JobAttempt attempt = new JobAttempt(config, transactions, ended);
    try {
      attempt.open(
          dataflow, new JobServices(config, metrics, attempt.workers, transactions, 0), resume);
    } catch (RuntimeException | Error e) {
      attempt.close();
      throw e;
    }
    attempt.workers.start(
        attempt.graph.tasks(), Runtime.getRuntime().availableProcessors(), attempt::complete);
    return attempt;
  }

  private void open(Dataflow dataflow, JobServices services, boolean resume) {
    Recovery recovery = new Recovery(dataflow, services);
    JobStart start = resume ? recovery.resume() : recovery.anew();
    graph =
        TaskGraph.build(dataflow, services.from(start.epoch() + 1), stop, start, workers::suspend);
    graph.open();
  }

  private void complete() {
    Throwable failure = workers.failure();
    try {
      close();
    } catch (RuntimeException | Error e) {
      failure = failure == null ? e : failure;
    }
    ended.accept(failure);
  }

  private void close() {
    try {
      if (graph != null) {
        graph.close();
      }
    } finally {
      transactions.close();
    }
  }

  List<Task> tasks() {
    return graph.tasks();
  }

  /** See {@link Job#stop}. */
  void stop() {
    if (graph.stopsWithCheckpoint()) {
      graph.coordinator().stop();
    } else {
      stop.request();
    }
    workers.wake();
  }

  void cancel(Throwable cause) {
    workers.abort(cause);
    workers.wake();
  }
}
