package dev.millrace.api;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.flink.FlinkJob;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A job on an embedded Flink, waited for on a thread of its own, which also hands on its rows. */
final class EmbeddedFlinkJob implements RunningJob {
  private final FlinkJob job;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final Stopwatch stopwatch = new Stopwatch();

  /** {@code afterwards} runs when the job is over and its rows have been handed on. */
  EmbeddedFlinkJob(FlinkJob job, Runnable afterwards) {
    this.job = job;
    Thread waiter = new Thread(() -> waitForEnd(afterwards), "flink-job");
    waiter.setDaemon(true);
    waiter.start();
  }

  private void waitForEnd(Runnable afterwards) {
    try {
      job.await();
      afterwards.run();
      end.complete(null);
    } catch (MillraceException e) {
      afterwards.run();
      end.completeExceptionally(e);
    } catch (InterruptedException | RuntimeException e) {
      afterwards.run();
      end.completeExceptionally(MillraceException.job("The job was lost: " + e, e));
    }
  }

  @Override
  public void await() throws InterruptedException {
    try {
      end.get();
    } catch (ExecutionException e) {
      throw (MillraceException) e.getCause();
    }
  }

  @Override
  public boolean await(Duration timeout) throws InterruptedException {
    try {
      end.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw (MillraceException) e.getCause();
    }
  }

  @Override
  public void stop() {
    if (!end.isDone()) {
      job.stop();
    }
  }

  @Override
  public void cancel() {
    if (!end.isDone()) {
      job.cancel();
    }
  }

  /** Flink's own counters are not read: rows are 0. */
  @Override
  public JobStatus status() {
    boolean finished = end.isDone();
    return new JobStatus(
        stopwatch.state(finished, end.isCompletedExceptionally()),
        0,
        0,
        0,
        0,
        OptionalLong.empty(),
        stopwatch.running(finished));
  }
}
