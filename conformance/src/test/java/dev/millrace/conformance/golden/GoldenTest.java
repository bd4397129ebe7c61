package dev.millrace.conformance.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.api.Engine;
import dev.millrace.conformance.midway.SimulatedPlan;
import dev.millrace.conformance.midway.SimulatedPlan.Restored;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.flink.SelectTable;
import dev.millrace.plan.document.PlanDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The native engine comes to what Flink wrote down for each golden file: at parallelism 1 and 3,
 * and in simulation when it is killed in the middle and restored at another parallelism.
 *
 * <p>With {@code -Dmillrace.golden.write=true} Flink writes the expected results anew, and the list
 * of those that still fall back.
 */
class GoldenTest {
  private static final boolean WRITE = Boolean.getBoolean("millrace.golden.write");

  /** The files whose operators are not native yet: the one place that says so. */
  private static final Path FALLS_BACK = GoldenFiles.FOLDER.resolve("falls-back.txt");

  /** The connectors of the tables that golden files write. */
  private static final List<String> SINKS = List.of("memory", SelectTable.CONNECTOR);

  /** What is not restored, and why. */
  private static final Map<String, String> RUN_STRAIGHT_ONLY =
      Map.of("values", "its only source has one row, from which all others are made");

  private static final long FIRST_SEED = Long.getLong("millrace.random.seed", 1);
  private static final int MIDWAY_RUNS = Integer.getInteger("millrace.midway.runs", 1);
  private static final int MOST_BATCH_ROWS = 9;

  private static final AtomicInteger RESTORED_FILES = new AtomicInteger();

  @TempDir private Path folder;

  private static List<String> names() {
    return GoldenFiles.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void agreesWithFlink(String name) throws IOException, InterruptedException {
    assumeTrue(!WRITE);
    Path plan = folder.resolve("plan.json");
    GoldenFiles.compile(name, plan);
    if (Files.readAllLines(FALLS_BACK).contains(name)) {
      assertThatThrownBy(() -> GoldenFiles.runPlan(name, plan, 1))
          .as("%s runs natively now: take it off %s", name, FALLS_BACK)
          .isInstanceOf(UnsupportedException.class);
      return;
    }
    List<String> expected = Files.readAllLines(GoldenFiles.expected(name));
    assertThat(GoldenFiles.runPlan(name, plan, 1)).containsExactlyElementsOf(expected);
    assertThat(GoldenFiles.runPlan(name, plan, 3)).containsExactlyElementsOf(expected);
    if (RUN_STRAIGHT_ONLY.containsKey(name)) {
      return;
    }
    for (long seed = FIRST_SEED; seed < FIRST_SEED + MIDWAY_RUNS; seed++) {
      midway(name, plan, seed + name.hashCode(), expected);
    }
    RESTORED_FILES.incrementAndGet();
  }

  private static void midway(String name, Path plan, long seed, List<String> expected)
      throws IOException {
    int batchRows = 1 + new Random(seed).nextInt(MOST_BATCH_ROWS);
    SimulatedPlan simulated = new SimulatedPlan(PlanDocument.read(plan), batchRows, SINKS);
    assertThat(GoldenFiles.fold(name, simulated.straight(1, seed)))
        .as("seed %d", seed)
        .containsExactlyElementsOf(expected);
    List<Restored> runs = simulated.midway(seed);
    for (Restored restored : runs) {
      assertThat(GoldenFiles.fold(name, restored.changes()))
          .as("seed %d, %s", seed, restored.run())
          .containsExactlyElementsOf(expected);
    }
    Restored last = runs.get(runs.size() - 1);
    assertThat(last.run().inTheMiddle()).as("%s, seed %d, %s", name, seed, last.run()).isTrue();
  }

  @AfterAll
  static void printCounts() {
    System.out.printf(
        "Golden files: %d of %d restored at another parallelism in the middle of their input, %d times each; not %s%n",
        RESTORED_FILES.get(), names().size(), MIDWAY_RUNS, RUN_STRAIGHT_ONLY);
  }

  @Test
  void write() throws IOException, InterruptedException {
    assumeTrue(WRITE);
    List<String> fallBack = new ArrayList<>();
    for (String name : GoldenFiles.names()) {
      Files.write(GoldenFiles.expected(name), GoldenFiles.run(name, Engine.FLINK));
      try {
        GoldenFiles.run(name, Engine.NATIVE);
      } catch (UnsupportedException e) {
        fallBack.add(name);
      }
    }
    Files.write(FALLS_BACK, fallBack);
  }
}
