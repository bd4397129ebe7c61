package dev.millrace.server;

import dev.millrace.engine.runtime.Job;
import dev.millrace.engine.runtime.JobMonitor;
import java.util.Optional;

/** The health of a job on our own engine. */
record JobHealth(Job job, JobMonitor monitor) implements Health {
  @Override
  public Optional<String> notLive() {
    return job.finished() ? Optional.empty() : monitor.stuck();
  }

  @Override
  public Optional<String> notReady() {
    return job.notReady();
  }
}
