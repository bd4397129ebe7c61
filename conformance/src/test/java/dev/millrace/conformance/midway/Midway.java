package dev.millrace.conformance.midway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.millrace.engine.checkpoint.Checkpointing;
import dev.millrace.engine.checkpoint.MemoryBlobs;
import dev.millrace.engine.checkpoint.SnapshotStore;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.runtime.JobConfig;
import dev.millrace.engine.runtime.Simulation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Runs a job in simulation that is killed in the middle of its input, once or twice, and goes on
 * from its last stored checkpoint at another parallelism, as a dataflow that was made anew. A seed
 * decides where, and between which parallelisms. Its sinks get what epochs have committed, before
 * and after.
 */
public final class Midway {
  private static final int HIGHEST_PARALLELISM = 3;
  private static final int MOST_CHANNEL_BATCHES = 4;
  private static final int MOST_KILLS = 2;
  private static final int ROWS_FOR_TWO_KILLS = 4;

  /** For which a job goes on after the checkpoint, in vain. */
  private static final int MOST_STEPS_IN_VAIN = 60;

  /** Nothing is read before it ends. */
  private static final long FIRST_EPOCH = 1;

  private static final long SCATTER = 0x9E3779B97F4A7C15L;

  private final JobConfig config;
  private final Duration interval;
  private final Random random;
  private final Ledger ledger = new Ledger();
  private final SnapshotStore store = new SnapshotStore(new MemoryBlobs(), "midway");
  private int[] parallelisms;
  private Dataflow last;
  private Simulation simulation;
  private long rows;

  static {
    // A line for each of thousands of restores would hide what tests have to say.
    ((Logger) LoggerFactory.getLogger("dev.millrace.engine.runtime.Recovery")).setLevel(Level.WARN);
  }

  /**
   * A job that is run once.
   *
   * @param interval between checkpoints until it is killed for the last time; zero for as many as
   *     possible, for sources that do not wait for the clock
   */
  public Midway(JobConfig config, Duration interval, long seed) {
    // Scattered: the first numbers drawn from neighbouring seeds are alike.
    this.random = new Random(seed * SCATTER);
    this.config = config.withChannelCapacity(1 + random.nextInt(MOST_CHANNEL_BATCHES));
    this.interval = interval;
  }

  /** The rows that a job's sources have read. */
  public static long rowsRead(Dataflow dataflow, Simulation simulation) {
    long total = 0;
    for (Node node : dataflow.nodes()) {
      if (node instanceof SourceNode) {
        total += simulation.metrics().total(node.name(), Metrics.ROWS_IN);
      }
    }
    return total;
  }

  /**
   * Runs the job until it is killed for the last time, and returns the one that goes on.
   *
   * @param dataflow makes it anew for each start
   * @param allRows that the job's sources have; at least two
   * @param start where the clock begins, since the epoch
   */
  public Simulation restore(Supplier<Dataflow> dataflow, long allRows, Duration start) {
    rows = allRows;
    parallelisms = parallelisms(rows < ROWS_FOR_TWO_KILLS ? 1 : 1 + random.nextInt(MOST_KILLS));
    // All before anything runs: tables in memory are empty when they are opened.
    List<Dataflow> made = Stream.generate(dataflow).limit(parallelisms.length).toList();
    int kills = parallelisms.length - 1;
    Duration time = start;
    for (int i = 0; i < kills; i++) {
      Dataflow killed = made.get(i);
      Simulation running = resume(killed, parallelisms[i], interval, time);
      running.runUntilKilled(new Kill(killed, running, (rows - 1) / kills));
      time = Duration.ofMillis(running.clock().millis());
    }
    last = made.get(kills);
    simulation = resume(last, parallelisms[kills], Duration.ofDays(1), time);
    return simulation;
  }

  /** Random ones; no two neighbours are equal. */
  private int[] parallelisms(int kills) {
    int[] drawn = new int[kills + 1];
    drawn[0] = 1 + random.nextInt(HIGHEST_PARALLELISM);
    for (int i = 1; i < drawn.length; i++) {
      int step = random.nextInt(HIGHEST_PARALLELISM - 1);
      drawn[i] = 1 + (drawn[i - 1] + step) % HIGHEST_PARALLELISM;
    }
    return drawn;
  }

  private Simulation resume(
      Dataflow dataflow, int parallelism, Duration checkpointInterval, Duration start) {
    Checkpointing checkpointing =
        new Checkpointing(
            store, "run", checkpointInterval, Duration.ZERO, Duration.ofMinutes(10), 0, 1);
    return Simulation.resume(
        ledger.before(dataflow),
        config.withParallelism(parallelism).withCheckpointing(checkpointing),
        random.nextLong(),
        start);
  }

  /** Lets the sinks have all that was written, as the savepoint does that a job is stopped with. */
  public void commitAll() {
    ledger.commitAll();
  }

  /** The dataflow that goes on, without the ledger. */
  public Dataflow last() {
    return last;
  }

  /** Another parallelism than that of the last part. */
  public int otherParallelism() {
    return parallelisms[parallelisms.length - 2];
  }

  /** The rows read before the last checkpoint that was restored; known once the job has ended. */
  public long rowsBefore() {
    return rows - rowsRead(last, simulation);
  }

  /** Whether some but not all rows were read before that checkpoint. */
  public boolean inTheMiddle() {
    return rowsBefore() > 0 && rowsBefore() < rows;
  }

  @Override
  public String toString() {
    return "parallelisms %s, the last from row %d of %d"
        .formatted(Arrays.toString(parallelisms), rowsBefore(), rows);
  }

  /** Some steps after the first checkpoint that follows upon a random row. */
  private final class Kill implements BooleanSupplier {
    private final Dataflow dataflow;
    private final Simulation running;
    private final long enoughRows;

    /** Mostly few: in many, the next checkpoint comes. */
    private int stepsLeft = random.nextInt(1 + random.nextInt(MOST_STEPS_IN_VAIN));

    private long lastEpoch = Math.max(FIRST_EPOCH, ledger.committed());
    private boolean saved;

    Kill(Dataflow dataflow, Simulation running, long mostRows) {
      this.dataflow = dataflow;
      this.running = running;
      this.enoughRows = 1 + random.nextLong(Math.max(1, mostRows));
    }

    @Override
    public boolean getAsBoolean() {
      if (!saved && ledger.committed() > lastEpoch) {
        lastEpoch = ledger.committed();
        saved = rowsRead(dataflow, running) >= enoughRows;
      }
      return saved && stepsLeft-- <= 0;
    }
  }
}
