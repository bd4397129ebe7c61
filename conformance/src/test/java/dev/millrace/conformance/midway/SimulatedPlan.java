package dev.millrace.conformance.midway;

import dev.millrace.conformance.changelog.Change;
import dev.millrace.conformance.changelog.Materialized;
import dev.millrace.engine.connector.SinkFactory;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.runtime.JobConfig;
import dev.millrace.engine.runtime.Simulation;
import dev.millrace.plan.document.PlanDocument;
import dev.millrace.plan.document.PlanSettings;
import dev.millrace.plan.node.Connectors;
import dev.millrace.plan.node.PlanTranslator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A plan that writes one table from bounded ones, run in simulation straight and with a kill. */
public final class SimulatedPlan {
  private static final Duration START = Duration.ofDays(20_000);
  private static final Duration LIMIT = Duration.ofDays(1);

  /** Runs that may miss the middle of a short input. */
  private static final int MOST_MISSES = 50;

  private final PlanDocument document;
  private final PlanSettings settings;
  private final JobConfig config;
  private final Connectors connectors;
  private final List<Change> written = new ArrayList<>();
  private int[] key = new int[0];
  private long rows;

  /**
   * What a restored job came to.
   *
   * @param changes that its sinks got, before the kill and after
   * @param run what was killed where
   */
  public record Restored(List<Change> changes, Midway run) {}

  /**
   * A plan to be run.
   *
   * @param batchRows rows that sources hand out at once
   * @param sinks the connectors that the table to write may have
   */
  public SimulatedPlan(PlanDocument document, int batchRows, List<String> sinks) {
    this.document = document;
    this.settings = new PlanSettings(document.configuration());
    this.config = JobConfig.named("plan").withZone(settings.zone()).withBatchRows(batchRows);
    this.connectors =
        Connectors.load(SimulatedPlan.class.getClassLoader())
            .with(
                List.of(),
                sinks.stream()
                    .<SinkFactory>map(
                        sink -> new CollectingSink(sink, positions -> key = positions, written))
                    .toList());
  }

  private Dataflow dataflow() {
    return PlanTranslator.translate(document.plan(), settings, connectors);
  }

  /** Runs it without a kill; returns what its sinks got. */
  public List<Change> straight(int parallelism, long seed) {
    Dataflow dataflow = dataflow();
    Simulation simulation = new Simulation(dataflow, config.withParallelism(parallelism), seed);
    finish(simulation);
    rows = Midway.rowsRead(dataflow, simulation);
    return written();
  }

  /**
   * Runs it with a kill and a restore until that happens in the middle of the input; returns what
   * the sinks got each time. It must have run straight before.
   */
  public List<Restored> midway(long seed) {
    List<Restored> restored = new ArrayList<>();
    Midway run;
    do {
      // A short input has no middle unless it comes in small batches.
      int batchRows = Math.max(1, config.batchRows() >> restored.size());
      run = new Midway(config.withBatchRows(batchRows), Duration.ZERO, seed + restored.size());
      finish(run.restore(this::dataflow, rows, START));
      restored.add(new Restored(written(), run));
    } while (!run.inTheMiddle() && restored.size() <= MOST_MISSES);
    return restored;
  }

  /** What the plan's table holds in the end, by its primary key if it has one. */
  public List<String> fold(List<Change> changes) {
    return Materialized.fold(changes, key);
  }

  private static void finish(Simulation simulation) {
    if (!simulation.run(LIMIT)) {
      throw MillraceException.job("It does not end.");
    }
  }

  private List<Change> written() {
    List<Change> changes = List.copyOf(written);
    written.clear();
    return changes;
  }
}
