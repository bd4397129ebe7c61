package dev.millrace.conformance.program;

import dev.millrace.conformance.midway.Midway;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.runtime.JobConfig;
import dev.millrace.engine.runtime.JobSnapshot;
import dev.millrace.engine.runtime.Simulation;
import dev.millrace.plan.document.PlanDocument;
import dev.millrace.plan.document.PlanSettings;
import dev.millrace.plan.node.Connectors;
import dev.millrace.plan.node.PlanTranslator;
import java.time.Duration;

/**
 * Runs a job of a program in simulation: on one thread, in an order that a seed decides, under a
 * clock of its own. One with a savepoint runs until it waits for more; what its operators keep is
 * restored into a new job, days later, which reads the rest.
 */
final class PlanRun {
  private static final Duration START = Duration.ofDays(20_000);
  private static final Duration UNTIL_SAVEPOINT = Duration.ofMinutes(2);

  /** Longer than any time to live that a program sets. */
  private static final Duration PAUSE = Duration.ofDays(30);

  private static final Duration LIMIT = Duration.ofHours(1);

  /** Less than a tick of the sources: a checkpoint between any two rows. */
  private static final Duration WITH_TICKS = Duration.ofMillis(1);

  private static final Connectors CONNECTORS = Connectors.load(PlanRun.class.getClassLoader());

  private final PlanDocument document;
  private final PlanSettings settings;

  /** What the sources have, up to the savepoint if there is one. */
  private long rows;

  PlanRun(PlanDocument document) {
    this.document = document;
    this.settings = new PlanSettings(document.configuration());
  }

  private Dataflow dataflow() {
    return PlanTranslator.translate(document.plan(), settings, CONNECTORS);
  }

  private JobConfig config(int parallelism) {
    return JobConfig.named("program").withZone(settings.zone()).withParallelism(parallelism);
  }

  /** Runs it at parallelism 1. */
  void straight(int seed) {
    Dataflow dataflow = dataflow();
    ValuesTables.restored(false);
    ValuesTables.delayNone();
    Simulation simulation = new Simulation(dataflow, config(1), seed, JobSnapshot.NONE, START);
    finish(simulation, dataflow, 1, seed, () -> {});
    rows = Midway.rowsRead(dataflow, simulation);
  }

  /** Runs it with a kill before the savepoint; it must have run straight before. */
  Restored midway(int seed) {
    ValuesTables.restored(false);
    ValuesTables.delaySome(seed);
    if (rows < 2) {
      return atSavepoint(seed);
    }
    // What the plan itself holds is read without waiting.
    Duration interval = ValuesTables.hasSources() ? WITH_TICKS : Duration.ZERO;
    Midway midway = new Midway(config(1).withBatchRows(1), interval, seed);
    Simulation restored = midway.restore(this::dataflow, rows, START);
    finish(restored, midway.last(), midway.otherParallelism(), seed, midway::commitAll);
    return midway.inTheMiddle() ? Restored.IN_THE_MIDDLE : Restored.MISSED;
  }

  private Restored atSavepoint(int seed) {
    Dataflow dataflow = dataflow();
    boolean saved = ValuesTables.awaitSavepoint();
    Simulation simulation = new Simulation(dataflow, config(2), seed, JobSnapshot.NONE, START);
    finish(simulation, dataflow, 3, seed, () -> {});
    return saved ? Restored.AT_SAVEPOINT : Restored.NOWHERE;
  }

  /** Runs a job to its end, beyond the savepoint if there is one. */
  private void finish(
      Simulation job, Dataflow dataflow, int parallelismAfter, int seed, Runnable atSavepoint) {
    Simulation last = job;
    if (ValuesTables.awaitSavepoint()) {
      JobSnapshot snapshot = job.runAndSave(UNTIL_SAVEPOINT);
      atSavepoint.run();
      ValuesTables.restored(true);
      last = new Simulation(dataflow, config(parallelismAfter), seed, snapshot, START.plus(PAUSE));
    }
    if (!last.run(LIMIT)) {
      throw MillraceException.job("It does not end.");
    }
  }
}
