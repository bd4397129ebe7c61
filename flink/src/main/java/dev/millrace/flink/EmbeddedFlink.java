package dev.millrace.flink;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.plan.document.PlanDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.table.api.PlanReference;
import org.apache.flink.table.api.TableConfig;
import org.apache.flink.table.api.TableResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs compiled plans on a Flink cluster inside this process: the only class that starts one. */
final class EmbeddedFlink implements FlinkJob {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFlink.class);

  private static final long STOP_RETRY_MILLIS = 100;

  private final JobClient client;
  private final SelectRows rows;
  private final CompletableFuture<JobExecutionResult> result;
  private final Session session;
  private final Path state;

  private EmbeddedFlink(JobClient client, SelectRows rows, Session session, Path state) {
    this.client = client;
    this.rows = rows;
    this.session = session;
    this.state = state;
    this.result =
        client.getJobExecutionResult().whenComplete((done, failure) -> close(rows, state));
  }

  static FlinkJob start(Session session, PlanDocument plan, Consumer<Batch> reader) {
    plan.configuration().forEach(session::set);
    TableConfig config = session.environment().getConfig();
    config.set(DeploymentOptions.TARGET, LocalExecutor.NAME);
    config.set(PipelineOptions.OBJECT_REUSE, true);
    config.set(PipelineOptions.NAME, plan.name());
    SelectRows rows =
        SelectTable.schema(plan)
            .map(select -> new SelectRows(select.rowType(), reader))
            .orElse(null);
    if (rows != null) {
      config.set(SelectTableFactory.ROWS_ID, rows.id());
    }
    Path state = temporaryDirectory();
    if (!plan.configuration().containsKey(CheckpointingOptions.CHECKPOINTS_DIRECTORY.key())) {
      // In memory, Flink's default, more than a few megabytes could not be stopped gently.
      config.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
      config.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, state.toUri().toString());
    }
    try {
      PlanReference reference = PlanReference.fromJsonString(plan.flinkPlan());
      TableResult started = session.environment().loadPlan(reference).execute();
      return new EmbeddedFlink(started.getJobClient().orElseThrow(), rows, session, state);
    } catch (RuntimeException e) {
      close(rows, state);
      throw failure(e, session);
    }
  }

  private static void close(SelectRows rows, Path state) {
    if (rows != null) {
      rows.close();
    }
    delete(state);
  }

  @Override
  public void await() throws InterruptedException {
    try {
      drainRows();
      result.get();
    } catch (ExecutionException e) {
      if (RootCause.chain(e).stream().noneMatch(JobCancellationException.class::isInstance)) {
        throw failure(e, session);
      }
    } catch (RuntimeException e) {
      // The reader of the rows failed; without it the job would wait for ever.
      cancel();
      throw e;
    }
  }

  private void drainRows() throws InterruptedException {
    boolean more = rows != null;
    while (more) {
      boolean over = result.isDone();
      more = rows.passOn() || !over;
    }
  }

  private static MillraceException failure(Throwable e, Session session) {
    String cause = session.placeholders().mask(RootCause.line(e));
    return MillraceException.job("The job failed on embedded Flink: " + cause, e);
  }

  @Override
  public void stop() {
    var unused =
        client
            .stopWithSavepoint(false, state.toUri().toString(), SavepointFormatType.NATIVE)
            .whenComplete(
                (path, failure) -> {
                  if (failure != null && !result.isDone()) {
                    stopFailed(failure);
                  }
                });
  }

  private void stopFailed(Throwable failure) {
    if (isStarting(failure)) {
      LOG.debug("The job is still starting; stopping it a little later");
      CompletableFuture.delayedExecutor(STOP_RETRY_MILLIS, TimeUnit.MILLISECONDS)
          .execute(this::stop);
    } else {
      LOG.warn("The job could not be stopped gently and is cancelled: {}", RootCause.line(failure));
      cancel();
    }
  }

  /** Whether the job could not be stopped only because some of its tasks don't run yet. */
  private static boolean isStarting(Throwable failure) {
    return RootCause.chain(failure).stream()
        .filter(CheckpointException.class::isInstance)
        .map(cause -> ((CheckpointException) cause).getCheckpointFailureReason())
        .anyMatch(reason -> reason == CheckpointFailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING);
  }

  /** For what Flink writes of the job's state: it stops a job only by a savepoint. */
  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("millrace-flink");
    } catch (IOException e) {
      throw MillraceException.job("A temporary directory cannot be made: " + e.getMessage(), e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("The state of a job in {} was not deleted", directory, e);
    }
  }

  @Override
  public void cancel() {
    var unused =
        client
            .cancel()
            .whenComplete((done, failure) -> LOG.debug("The job was cancelled", failure));
  }
}
