package dev.millrace.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.checkpoint.Checkpointing;
import dev.millrace.engine.checkpoint.SnapshotInfo;
import dev.millrace.engine.checkpoint.SnapshotStore;
import dev.millrace.engine.checkpoint.StoredSnapshot;
import dev.millrace.engine.connector.SplitEnumerator.Assignment;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.ErrorHandling;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.dataflow.Node.Input;
import dev.millrace.engine.dataflow.Node.LetterNode;
import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.dataflow.Node.SinkNode;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.deadletter.ErrorMode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.operator.aggregate.GroupAggregate;
import dev.millrace.engine.runtime.NumbersSource.Numbers;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole jobs whose process is killed again and again, at moments that a seed decides: between any
 * two steps of the tasks, and within every call to the outside, before it has done its work or
 * after. Each time the job goes on at another parallelism; now and then it is stopped with a
 * savepoint, and a new run starts from that, or from a checkpoint that was left. In the end the
 * world outside must look as if nothing had happened.
 *
 * <p>The world: a source of several splits, a disk for snapshots that now and then fails, two
 * transactional systems, and a folder of files. With half of the seeds some rows cannot be read,
 * computed or written; letters about them go to a third transactional system or to another folder.
 * A few jobs have no memory for their state: it lies on disk.
 */
class CrashTest {
  private static final int SEEDS = Integer.getInteger("millrace.crash.seeds", 2000);
  private static final long FIRST_SEED = Long.getLong("millrace.random.seed", 1);
  private static final int KEYS = 5;
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);
  private static final DataType COUNTS =
      DataType.row(List.of(new Field("k", BIGINT), new Field("n", BIGINT)));

  /** So many seeds need one whose job has no memory for its state: files are slow. */
  private static final int SPILLED_ONE_IN = 100;

  @TempDir private Path stateFolder;

  @Test
  void theOutsideLooksAsIfNothingHadHappened() {
    long kills = 0;
    long savepoints = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      World world = new World(seed, stateFolder);
      kills += world.run();
      savepoints += world.savepoints;
    }
    System.out.printf(
        Locale.ROOT,
        "Crash simulation: %,d seeds, %,d kills, %,d starts of a new run, 0 failures%n",
        SEEDS,
        kills,
        savepoints);
    assertThat(kills).isPositive();
    assertThat(savepoints).isPositive();
  }

  private static final class World {
    private final long seed;
    private final Path stateFolder;
    private final Random random;
    private final Killed.Chance kill;
    private final SimulatedBlobs disk;
    private final SimulatedLedger counts;
    private final SimulatedLedger copies;
    private final SimulatedFiles files;
    private final boolean failing;

    /** The letters go to one of these. */
    private final SimulatedLedger letterLedger;

    private final SimulatedFiles letterFiles;
    private final boolean lettersInFiles;
    private final List<Numbers> splits;
    private Duration time = Duration.ofDays(1);
    private int savepoints;
    private Origin origin = Origin.NOTHING;
    private boolean begun = true;

    World(long seed, Path stateFolder) {
      this.seed = seed;
      this.stateFolder = stateFolder;
      this.random = new Random(seed);
      this.kill = new Killed.Chance(random);
      this.disk = new SimulatedBlobs(kill, random);
      this.counts = new SimulatedLedger("counts", kill);
      this.copies = new SimulatedLedger("copies", kill);
      this.failing = random.nextBoolean();
      this.files = new SimulatedFiles(NumbersSource.ROW, kill, row -> refused((Long) row.get(0)));
      this.letterLedger = new SimulatedLedger("letters", kill);
      this.letterFiles = new SimulatedFiles(DeadLetters.ROW, kill);
      this.lettersInFiles = random.nextBoolean();
      this.splits =
          LongStream.range(0, 1 + random.nextInt(4))
              .mapToObj(n -> new Numbers("split " + n, n * 1000, random.nextInt(120), true))
              .toList();
    }

    private boolean broken(long number) {
      return failing && number % 11 == 3;
    }

    private boolean uncomputable(long number) {
      return failing && number % 13 == 5;
    }

    private boolean refused(long number) {
      return failing && number % 7 == 2;
    }

    /** Returns how often the process was killed. */
    int run() {
      int kills = 0;
      kill.set(5 + random.nextInt(60));
      disk.failOneIn(random.nextBoolean() ? 0 : 20);
      while (!runOnce(kills)) {
        kills++;
        if (kills == 20) {
          kill.set(0);
          disk.failOneIn(0);
        }
        assertThat(kills).as("seed %d: kills until the job is done", seed).isLessThan(40);
      }
      check();
      return kills;
    }

    /** Whether the job came to its end. */
    private boolean runOnce(int kills) {
      CompletableFuture<SnapshotInfo> savepoint = new CompletableFuture<>();
      try {
        if (begun && kills < 20 && random.nextInt(16) == 0) {
          startFromNewestCheckpoint();
        }
        AtomicLong steps = new AtomicLong(kills < 20 ? random.nextInt(600) : Long.MAX_VALUE);
        Simulation simulation = simulation();
        if (kills < 20 && random.nextInt(4) == 0) {
          savepoint = simulation.savepoint(savepointStore(), /* stop= */ true);
        }
        boolean done = simulation.runUntilKilled(() -> steps.getAndDecrement() <= 0);
        time = Duration.ofMillis(simulation.clock().millis());
        return done && !startFrom(savepoint);
      } catch (Killed e) {
        return false;
      } catch (MillraceException e) {
        // The disk did not answer: the job has failed and is started again, too.
        assertThat(e).as("seed %d", seed).hasMessageContaining("the disk does not answer");
        return false;
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }

    private SnapshotStore savepointStore() {
      return new SnapshotStore(disk, "savepoint " + savepoints);
    }

    /** Whether the job has ended with the savepoint, from which a new run begins. */
    private boolean startFrom(CompletableFuture<SnapshotInfo> savepoint) {
      if (!savepoint.isDone() || savepoint.isCompletedExceptionally()) {
        return false;
      }
      disk.failOneIn(0);
      startFrom(savepointStore().open(savepoint.join().epoch()));
      return true;
    }

    private void startFrom(StoredSnapshot snapshot) {
      origin = new Origin(snapshot, false);
      savepoints++;
      begun = false;
    }

    /** Its results may not be outside yet. If it does not count, nothing begins with it. */
    private void startFromNewestCheckpoint() {
      SnapshotStore store = new SnapshotStore(disk, "job");
      if (store.epochs().isEmpty()) {
        return;
      }
      StoredSnapshot newest = store.open(store.epochs().get(0));
      try {
        Recovery.settle(dataflow(), config(), new Origin(newest, false));
        startFrom(newest);
      } catch (MillraceException e) {
        if (!e.getMessage().contains("does not count")) {
          throw e;
        }
      }
    }

    private JobConfig config() {
      Checkpointing checkpointing =
          new Checkpointing(
              new SnapshotStore(disk, "job"),
              "run " + savepoints,
              Duration.ofMillis(random.nextInt(30)),
              Duration.ZERO,
              Duration.ofMinutes(10),
              0,
              1 + random.nextInt(2));
      return JobConfig.named("job")
          .withParallelism(1 + random.nextInt(3))
          .withChannelCapacity(1 + random.nextInt(4))
          .withCheckpointing(checkpointing)
          .withStateMemory(seed % SPILLED_ONE_IN == 0 ? 0 : Long.MAX_VALUE, stateFolder);
    }

    /** Who starts from somewhere does so until it has worked; from then on the run resumes. */
    private Simulation simulation() {
      long order = random.nextLong();
      Simulation simulation =
          begun
              ? Simulation.resume(dataflow(), config(), order, time, origin)
              : Simulation.from(dataflow(), config(), order, time, origin);
      begun = true;
      return simulation;
    }

    private Dataflow dataflow() {
      NumbersSource source =
          new NumbersSource(
              random.nextBoolean() ? Assignment.EAGER : Assignment.ON_DEMAND,
              1 + random.nextInt(9),
              this::broken,
              splits.toArray(new Numbers[0]));
      Exchange forward = new Exchange.Forward();
      List<Node> nodes =
          List.of(
              new SourceNode(1, "numbers[1]", "", source, NumbersSource.ROW, null),
              new OperatorNode(
                  2,
                  "key[2]",
                  "",
                  List.of(new Input(1, forward)),
                  COUNTS,
                  0,
                  () -> new ByRemainder(this::uncomputable)),
              new OperatorNode(
                  3,
                  "count[3]",
                  "",
                  List.of(new Input(2, new Exchange.Hash(List.of(0)))),
                  COUNTS,
                  0,
                  World::count),
              new SinkNode(4, "counts[4]", "", new Input(3, forward), counts.table(COUNTS)),
              new SinkNode(
                  5, "copies[5]", "", new Input(1, forward), copies.table(NumbersSource.ROW)),
              new SinkNode(6, "files[6]", "", new Input(1, forward), files),
              new LetterNode(7, "letters[7]", ""),
              new SinkNode(
                  8,
                  "letters[8]",
                  "",
                  new Input(7, forward),
                  lettersInFiles ? letterFiles : letterLedger.table(DeadLetters.ROW)));
      return new Dataflow(nodes, Map.of(), new ErrorHandling(ErrorMode.DEAD_LETTER, Map.of()));
    }

    private static GroupAggregate count() {
      List<AggregateCall> calls =
          List.of(
              new AggregateCall("COUNT", List.of(), List.of(), -1, false, false, false, BIGINT));
      GroupAggregate.Spec spec =
          new GroupAggregate.Spec(
              List.of(0), List.of(BIGINT), List.of(BIGINT), false, false, false, 0);
      return new GroupAggregate(spec, new Aggregates(calls));
    }

    private void check() {
      List<Long> all =
          splits.stream()
              .flatMapToLong(s -> LongStream.range(s.first(), s.first() + s.count()))
              .sorted()
              .boxed()
              .toList();
      List<Long> expected = without(all, this::broken);
      assertThat(numbers(copies.rows())).as("seed %d, copies", seed).isEqualTo(expected);
      assertThat(numbers(files.rows()))
          .as("seed %d, files", seed)
          .isEqualTo(without(expected, this::refused));
      assertThat(letters())
          .as("seed %d, letters", seed)
          .containsExactlyInAnyOrderElementsOf(expectedLetters(all, expected));
      Map<Object, Object> expectedCounts = new HashMap<>();
      without(expected, this::uncomputable)
          .forEach(n -> expectedCounts.merge(n % KEYS, 1L, (a, b) -> (long) a + (long) b));
      Map<Object, Object> lastCounts = new HashMap<>();
      for (List<Object> row : counts.rows()) {
        Object before = lastCounts.put(row.get(0), row.get(1));
        assertThat((long) row.get(1))
            .as("seed %d: counts of a key only grow", seed)
            .isGreaterThan(before == null ? 0 : (long) before);
      }
      assertThat(lastCounts).as("seed %d, counts", seed).isEqualTo(expectedCounts);
    }

    private static List<Long> without(List<Long> numbers, Predicate<Long> failed) {
      return numbers.stream().filter(failed.negate()).toList();
    }

    private List<String> expectedLetters(List<Long> all, List<Long> read) {
      List<String> letters = new ArrayList<>();
      all.stream().filter(this::broken).forEach(n -> letters.add("decode " + n));
      read.stream()
          .filter(this::uncomputable)
          .forEach(n -> letters.add("expression " + NumbersSource.json(n)));
      read.stream()
          .filter(this::refused)
          .forEach(n -> letters.add("sink " + NumbersSource.json(n)));
      return letters;
    }

    private List<String> letters() {
      List<List<Object>> rows = lettersInFiles ? letterFiles.rows() : letterLedger.rows();
      return rows.stream()
          .map(
              row ->
                  row.get(DeadLetters.STAGE)
                      + " "
                      + new String((byte[]) row.get(DeadLetters.RAW_BYTES), StandardCharsets.UTF_8))
          .toList();
    }

    private static List<Long> numbers(List<List<Object>> rows) {
      return rows.stream().map(row -> (Long) row.get(0)).sorted().toList();
    }
  }
}
