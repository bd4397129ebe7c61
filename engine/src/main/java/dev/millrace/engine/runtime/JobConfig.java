package dev.millrace.engine.runtime;

import dev.millrace.engine.time.Clock;
import java.time.ZoneId;

/**
 * How a job runs.
 *
 * @param name for messages and threads
 * @param parallelism instances of every node that does not say otherwise
 * @param batchRows rows of a full batch
 * @param channelCapacity batches that may wait between two tasks
 * @param zone the session's time zone
 */
public record JobConfig(
    String name, int parallelism, int batchRows, int channelCapacity, ZoneId zone, Clock clock) {
  /** The defaults: one instance per core, batches that fit into a core's cache. */
  public static JobConfig named(String name) {
    return new JobConfig(
        name, Runtime.getRuntime().availableProcessors(), 4096, 16, ZoneId.of("UTC"), Clock.SYSTEM);
  }

  public JobConfig withParallelism(int newParallelism) {
    return new JobConfig(name, newParallelism, batchRows, channelCapacity, zone, clock);
  }

  public JobConfig withZone(ZoneId newZone) {
    return new JobConfig(name, parallelism, batchRows, channelCapacity, newZone, clock);
  }

  public JobConfig withClock(Clock newClock) {
    return new JobConfig(name, parallelism, batchRows, channelCapacity, zone, newClock);
  }

  public JobConfig withBatchRows(int newBatchRows) {
    return new JobConfig(name, parallelism, newBatchRows, channelCapacity, zone, clock);
  }

  public JobConfig withChannelCapacity(int newCapacity) {
    return new JobConfig(name, parallelism, batchRows, newCapacity, zone, clock);
  }
}
