package dev.millrace.flink;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.type.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.table.api.PlanReference;
import org.apache.flink.table.api.TableConfig;
import org.apache.flink.table.api.TableResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs compiled plans on a Flink cluster inside this process: the only class that starts one. */
final class EmbeddedFlink implements FlinkJob {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFlink.class);

  private final JobClient client;
  private final SelectRows rows;
  private final CompletableFuture<JobExecutionResult> result;
  private final Session session;

  private EmbeddedFlink(JobClient client, SelectRows rows, Session session) {
    this.client = client;
    this.rows = rows;
    this.session = session;
    this.result = client.getJobExecutionResult();
  }

  static FlinkJob start(
      Session session, String name, String plan, DataType selectType, Consumer<Batch> reader) {
    SelectRows rows = selectType == null ? null : new SelectRows(selectType, reader);
    TableConfig config = session.environment().getConfig();
    config.set(DeploymentOptions.TARGET, LocalExecutor.NAME);
    config.set(PipelineOptions.OBJECT_REUSE, true);
    config.set(PipelineOptions.NAME, name);
    if (rows != null) {
      config.set(SelectTableFactory.ROWS_ID, rows.id());
    }
    try {
      TableResult started =
          session.environment().loadPlan(PlanReference.fromJsonString(plan)).execute();
      return new EmbeddedFlink(started.getJobClient().orElseThrow(), rows, session);
    } catch (RuntimeException e) {
      throw failure(e, session);
    }
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
    } finally {
      if (rows != null) {
        rows.close();
      }
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
    Path savepoint = temporaryDirectory();
    var unused =
        client
            .stopWithSavepoint(false, savepoint.toUri().toString(), SavepointFormatType.NATIVE)
            .whenComplete(
                (path, failure) -> {
                  delete(savepoint);
                  if (failure != null) {
                    LOG.debug("The job cannot be stopped gently and is cancelled", failure);
                    cancel();
                  }
                });
  }

  /** Flink stops a job only by a savepoint; nobody needs this one. */
  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("millrace-stop");
    } catch (IOException e) {
      throw MillraceException.job("A temporary directory cannot be made: " + e.getMessage(), e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("The savepoint {} of a stopped job was not deleted", directory, e);
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
