package dev.millrace.api;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.option.Placeholders;
import dev.millrace.engine.runtime.Job;
import dev.millrace.engine.time.Watermarks;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** A job on our own engine. */
final class NativeJob implements RunningJob {
  private final Job job;
  private final Set<String> sources;
  private final Set<String> sinks;
  private final Placeholders placeholders;
  private final Stopwatch stopwatch = new Stopwatch();

  /**
   * {@code sources} and {@code sinks} are the names of those nodes, whose counters make the status;
   * {@code placeholders} mask what must not be in the message of a failure.
   */
  NativeJob(Job job, Set<String> sources, Set<String> sinks, Placeholders placeholders) {
    this.placeholders = placeholders;
    this.job = job;
    this.sources = sources;
    this.sinks = sinks;
  }

  @Override
  public void await() throws InterruptedException {
    try {
      job.await();
    } catch (MillraceException e) {
      throw placeholders.masked(e);
    }
  }

  @Override
  public boolean await(Duration timeout) throws InterruptedException {
    try {
      return job.await(timeout);
    } catch (MillraceException e) {
      throw placeholders.masked(e);
    }
  }

  @Override
  public void stop() {
    job.stop();
  }

  @Override
  public void cancel() {
    job.cancel();
  }

  @Override
  public JobStatus status() {
    Map<Metrics.Key, Counter> counters = job.metrics().all();
    long watermark =
        counters.entrySet().stream()
            .filter(entry -> sinks.contains(entry.getKey().owner()))
            .filter(entry -> entry.getKey().name().equals(Metrics.WATERMARK))
            .mapToLong(entry -> entry.getValue().get())
            .min()
            .orElse(Watermarks.NONE);
    boolean known = watermark != Watermarks.NONE && watermark != Watermarks.END;
    return new JobStatus(
        stopwatch.state(job.finished(), job.failed()),
        total(sources, Metrics.ROWS_IN),
        total(sinks, Metrics.ROWS_OUT),
        job.metrics().total(Metrics.ROWS_SKIPPED),
        job.metrics().total(Metrics.DEAD_LETTERS),
        known ? OptionalLong.of(watermark) : OptionalLong.empty(),
        stopwatch.running(job.finished()));
  }

  private long total(Set<String> owners, String name) {
    return owners.stream().mapToLong(owner -> job.metrics().total(owner, name)).sum();
  }
}
