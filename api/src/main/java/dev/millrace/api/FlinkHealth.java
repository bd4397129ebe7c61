package dev.millrace.api;

import dev.millrace.server.Health;
import java.util.Optional;

/** The health of a job on embedded Flink: whether it runs. */
record FlinkHealth(String name, RunningJob job) implements Health {
  /** Typed so that whoever calls it can be loaded without {@link Health}. */
  static Health of(String name, RunningJob job) {
    return new FlinkHealth(name, job);
  }

  @Override
  public Optional<String> notLive() {
    return Optional.empty();
  }

  @Override
  public Optional<String> notReady() {
    return job.status().state() == JobStatus.State.RUNNING
        ? Optional.empty()
        : Optional.of("Job '%s' has ended.".formatted(name));
  }
}
