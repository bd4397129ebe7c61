package dev.millrace.engine.runtime;

import dev.millrace.engine.checkpoint.Checkpointing;
import dev.millrace.engine.time.Clock;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.function.Consumer;

/** How a job runs. Immutable. */
public final class JobConfig {
  private final String name;
  private int parallelism = Runtime.getRuntime().availableProcessors();

  /** Fits into a core's cache. */
  private int batchRows = 4096;

  private int channelCapacity = 16;
  private ZoneId zone = ZoneId.of("UTC");
  private Clock clock = Clock.SYSTEM;
  private Checkpointing checkpointing;
  private RestartStrategy restarts = new RestartStrategy.None();
  private long stateMemory = Long.MAX_VALUE;
  private Path stateFolder = Path.of(System.getProperty("java.io.tmpdir"));

  private JobConfig(String name) {
    this.name = name;
  }

  /** The defaults: one instance per core, nothing saved. */
  public static JobConfig named(String name) {
    return new JobConfig(name);
  }

  private JobConfig with(Consumer<JobConfig> change) {
    JobConfig copy = new JobConfig(name);
    copy.parallelism = parallelism;
    copy.batchRows = batchRows;
    copy.channelCapacity = channelCapacity;
    copy.zone = zone;
    copy.clock = clock;
    copy.checkpointing = checkpointing;
    copy.restarts = restarts;
    copy.stateMemory = stateMemory;
    copy.stateFolder = stateFolder;
    change.accept(copy);
    return copy;
  }

  public JobConfig withParallelism(int newParallelism) {
    return with(copy -> copy.parallelism = newParallelism);
  }

  public JobConfig withZone(ZoneId newZone) {
    return with(copy -> copy.zone = newZone);
  }

  public JobConfig withClock(Clock newClock) {
    return with(copy -> copy.clock = newClock);
  }

  public JobConfig withBatchRows(int newBatchRows) {
    return with(copy -> copy.batchRows = newBatchRows);
  }

  public JobConfig withChannelCapacity(int newCapacity) {
    return with(copy -> copy.channelCapacity = newCapacity);
  }

  public JobConfig withCheckpointing(Checkpointing newCheckpointing) {
    return with(copy -> copy.checkpointing = newCheckpointing);
  }

  public JobConfig withRestarts(RestartStrategy newRestarts) {
    return with(copy -> copy.restarts = newRestarts);
  }

  public JobConfig withStateMemory(long bytes, Path folder) {
    return with(
        copy -> {
          copy.stateMemory = bytes;
          copy.stateFolder = folder;
        });
  }

  /** For messages and threads; names the job in its snapshots and transactions. */
  public String name() {
    return name;
  }

  /** Instances of every node that does not say otherwise. */
  public int parallelism() {
    return parallelism;
  }

  /** Rows of a full batch. */
  public int batchRows() {
    return batchRows;
  }

  /** Batches that may wait between two tasks. */
  public int channelCapacity() {
    return channelCapacity;
  }

  /** The session's time zone. */
  public ZoneId zone() {
    return zone;
  }

  public Clock clock() {
    return clock;
  }

  /** Null if the job's state is not saved. */
  public Checkpointing checkpointing() {
    return checkpointing;
  }

  /** What happens when the job fails. */
  public RestartStrategy restarts() {
    return restarts;
  }

  /** What state may take in memory, in bytes; more goes to disk. */
  public long stateMemory() {
    return stateMemory;
  }

  /** Where state goes that does not fit into memory. */
  public Path stateFolder() {
    return stateFolder;
  }
}
