package dev.millrace.engine.runtime;

import dev.millrace.engine.checkpoint.Checkpointing;
import dev.millrace.engine.time.Clock;
import java.nio.file.Path;
import java.time.ZoneId;

/**
 * How a job runs.
 *
 * @param name for messages and threads; names the job in its snapshots and transactions
 * @param parallelism instances of every node that does not say otherwise
 * @param batchRows rows of a full batch
 * @param channelCapacity batches that may wait between two tasks
 * @param zone the session's time zone
 * @param checkpointing null if the job's state is not saved
 * @param restarts what happens when the job fails
 * @param stateMemory what state may take in memory, in bytes; more goes to disk
 * @param stateFolder where it goes then
 */
public record JobConfig(
    String name,
    int parallelism,
    int batchRows,
    int channelCapacity,
    ZoneId zone,
    Clock clock,
    Checkpointing checkpointing,
    RestartStrategy restarts,
    long stateMemory,
    Path stateFolder) {
  /** The defaults: one instance per core, batches that fit into a core's cache. */
  public static JobConfig named(String name) {
    return new JobConfig(
        name,
        Runtime.getRuntime().availableProcessors(),
        4096,
        16,
        ZoneId.of("UTC"),
        Clock.SYSTEM,
        null,
        new RestartStrategy.None(),
        Long.MAX_VALUE,
        Path.of(System.getProperty("java.io.tmpdir")));
  }

  public JobConfig withParallelism(int newParallelism) {
    return new JobConfig(
        name,
        newParallelism,
        batchRows,
        channelCapacity,
        zone,
        clock,
        checkpointing,
        restarts,
        stateMemory,
        stateFolder);
  }

  public JobConfig withZone(ZoneId newZone) {
    return new JobConfig(
        name,
        parallelism,
        batchRows,
        channelCapacity,
        newZone,
        clock,
        checkpointing,
        restarts,
        stateMemory,
        stateFolder);
  }

  public JobConfig withClock(Clock newClock) {
    return new JobConfig(
        name,
        parallelism,
        batchRows,
        channelCapacity,
        zone,
        newClock,
        checkpointing,
        restarts,
        stateMemory,
        stateFolder);
  }

  public JobConfig withBatchRows(int newBatchRows) {
    return new JobConfig(
        name,
        parallelism,
        newBatchRows,
        channelCapacity,
        zone,
        clock,
        checkpointing,
        restarts,
        stateMemory,
        stateFolder);
  }

  public JobConfig withChannelCapacity(int newCapacity) {
    return new JobConfig(
        name,
        parallelism,
        batchRows,
        newCapacity,
        zone,
        clock,
        checkpointing,
        restarts,
        stateMemory,
        stateFolder);
  }

  public JobConfig withCheckpointing(Checkpointing newCheckpointing) {
    return new JobConfig(
        name,
        parallelism,
        batchRows,
        channelCapacity,
        zone,
        clock,
        newCheckpointing,
        restarts,
        stateMemory,
        stateFolder);
  }

  public JobConfig withRestarts(RestartStrategy newRestarts) {
    return new JobConfig(
        name,
        parallelism,
        batchRows,
        channelCapacity,
        zone,
        clock,
        checkpointing,
        newRestarts,
        stateMemory,
        stateFolder);
  }

  public JobConfig withStateMemory(long bytes, Path folder) {
    return new JobConfig(
        name,
        parallelism,
        batchRows,
        channelCapacity,
        zone,
        clock,
        checkpointing,
        restarts,
        bytes,
        folder);
  }
}
