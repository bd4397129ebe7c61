package dev.millrace.server;

import dev.millrace.engine.runtime.Job;
import io.micrometer.core.instrument.MeterRegistry;

/** One way out for metrics: those of the process, and those of the job that is shown. */
final class Outlet implements AutoCloseable {
  private final MeterRegistry registry;
  private final ProcessMeters process;
  private JobMeters job;

  /** Closes the registry in the end. */
  Outlet(MeterRegistry registry) {
    this.registry = registry;
    this.process = new ProcessMeters(registry);
  }

  /** Shows this job from now on; null for none. */
  void show(Job newJob) {
    if (job != null) {
      job.close();
    }
    job = newJob == null ? null : new JobMeters(newJob, registry);
  }

  /** Brings the job's metrics up to date. */
  void refresh() {
    if (job != null) {
      job.refresh();
    }
  }

  @Override
  public void close() {
    registry.close();
    process.close();
  }
}
