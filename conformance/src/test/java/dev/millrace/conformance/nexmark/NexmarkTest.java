package dev.millrace.conformance.nexmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.Millrace;
import dev.millrace.benchmarks.nexmark.NexmarkConfig;
import dev.millrace.benchmarks.nexmark.NexmarkJson;
import dev.millrace.benchmarks.nexmark.NexmarkQueries;
import dev.millrace.conformance.midway.SimulatedPlan;
import dev.millrace.conformance.midway.SimulatedPlan.Restored;
import dev.millrace.plan.document.PlanDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nexmark's queries come to the same when they are killed in the middle and restored at another
 * parallelism. All but q12, whose windows follow the clock: no two runs of it have the same result.
 * That they come to what Flink does, {@code millrace bench nexmark} shows.
 */
class NexmarkTest {
  private static final long EVENTS = Long.getLong("millrace.nexmark.events", 20_000);
  private static final long FIRST_SEED = Long.getLong("millrace.random.seed", 1);

  /** Of event time: so few that windows of ten seconds end before and after the kill. */
  private static final long EVENTS_PER_SECOND = 200;

  private static final int BATCH_ROWS = 500;
  private static final List<String> SINKS = List.of("checksum", "filesystem");

  private static final AtomicInteger RESTORED = new AtomicInteger();

  @TempDir private static Path folder;
  private static Path events;

  @BeforeAll
  static void writeEvents() throws IOException {
    events = folder.resolve("events.json");
    NexmarkJson.write(NexmarkConfig.of(EVENTS, EVENTS_PER_SECOND), events);
  }

  @AfterAll
  static void printCounts() {
    System.out.printf(
        "Nexmark: %d of %d queries restored at another parallelism in the middle of %d events%n",
        RESTORED.get(), NexmarkQueries.ALL.size(), EVENTS);
  }

  private static List<String> queries() {
    return NexmarkQueries.ALL.stream().filter(NexmarkQueries::comparable).toList();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void comesToTheSame(String query) throws IOException {
    SimulatedPlan plan = new SimulatedPlan(plan(query), BATCH_ROWS, SINKS);
    long seed = FIRST_SEED + query.hashCode();
    List<String> expected = plan.fold(plan.straight(1, seed));
    assertThat(expected).isNotEmpty();
    List<Restored> runs = plan.midway(seed);
    for (Restored restored : runs) {
      assertThat(plan.fold(restored.changes()))
          .as("seed %d, %s", FIRST_SEED, restored.run())
          .isEqualTo(expected);
    }
    Restored last = runs.get(runs.size() - 1);
    assertThat(last.run().inTheMiddle()).as("%s: %s", query, last.run()).isTrue();
    RESTORED.incrementAndGet();
  }

  private static PlanDocument plan(String query) throws IOException {
    String source =
        "'connector' = 'filesystem', 'format' = 'json', 'path' = '%s'".formatted(events.toUri());
    String sink = "'connector' = 'checksum'";
    Path plan = folder.resolve(query + ".plan.json");
    String files = folder.resolve("answer").toUri().toString();
    Millrace.sql(NexmarkQueries.script(query, source, sink, files)).compile(plan);
    return PlanDocument.read(plan);
  }
}
