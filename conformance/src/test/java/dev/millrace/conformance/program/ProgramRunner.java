package dev.millrace.conformance.program;

import dev.millrace.conformance.changelog.Change;
import dev.millrace.conformance.changelog.Materialized;
import dev.millrace.conformance.program.ProgramScript.NotSqlException;
import dev.millrace.conformance.program.Programs.Named;
import dev.millrace.conformance.program.ValuesTables.Written;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.option.Placeholders;
import dev.millrace.engine.runtime.JobConfig;
import dev.millrace.engine.runtime.JobSnapshot;
import dev.millrace.engine.runtime.Simulation;
import dev.millrace.flink.FrontEnd;
import dev.millrace.flink.Step;
import dev.millrace.flink.script.Script;
import dev.millrace.plan.document.PlanDocument;
import dev.millrace.plan.document.PlanSettings;
import dev.millrace.plan.node.Connectors;
import dev.millrace.plan.node.PlanTranslator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.test.program.FailingSqlTestStep;
import org.apache.flink.table.test.program.SinkTestStep;

/**
 * Runs programs on the native engine, and judges the results.
 *
 * <p>A program runs in simulation: on one thread, in several orders that seeds decide, under a
 * clock of its own. One with a savepoint runs until it waits for more; what its operators keep is
 * restored into a new job, days later, which reads the rest.
 */
final class ProgramRunner {
  /** Far apart, because the first numbers drawn from neighbouring seeds are alike. */
  private static final List<Integer> SEEDS = List.of(1, 1_000_003, 2_000_029);

  private static final Duration START = Duration.ofDays(20_000);
  private static final Duration UNTIL_SAVEPOINT = Duration.ofMinutes(2);

  /** Longer than any time to live that a program sets. */
  private static final Duration PAUSE = Duration.ofDays(30);

  private static final Duration LIMIT = Duration.ofHours(1);

  private static final Connectors CONNECTORS =
      Connectors.load(ProgramRunner.class.getClassLoader());

  private ProgramRunner() {}

  static Outcome run(Named program) throws InterruptedException {
    try {
      ProgramScript script = new ProgramScript(program.program());
      return script.failures().isEmpty() ? run(script) : runFailing(script);
    } catch (NotSqlException e) {
      return Outcome.fallsBack(List.of("not SQL: " + e.getMessage()));
    } catch (UnsupportedException e) {
      return Outcome.fallsBack(e.reasons());
    } finally {
      ValuesTables.clear();
    }
  }

  private static Outcome run(ProgramScript script) throws InterruptedException {
    List<PlanDocument> plans;
    try {
      plans = plans(script.text());
    } catch (MillraceException e) {
      return refusedByPlanner(e)
          ? Outcome.fallsBack(List.of("refused by Flink's planner: " + firstLine(e)))
          : Outcome.differs("fails: " + firstLine(e));
    }
    Set<String> differences = new LinkedHashSet<>();
    for (int seed : SEEDS) {
      try {
        plans.forEach(plan -> execute(plan, seed));
        compare(script.sinks(), differences);
      } catch (MillraceException e) {
        differences.add("fails: " + firstLine(e));
      }
    }
    if (differences.isEmpty()) {
      return Outcome.agrees();
    }
    return FlinkRun.agrees(script)
        ? Outcome.agreesWithFlink()
        : Outcome.differs(String.join("; ", differences));
  }

  private static void compare(Map<SinkTestStep, String> sinks, Set<String> differences) {
    sinks.forEach(
        (sink, id) -> {
          Written written = ValuesTables.written(id);
          if (written != null) {
            compare(sink, written, differences);
          }
        });
  }

  private static Outcome runFailing(ProgramScript script) {
    for (FailingSqlTestStep step : script.failures()) {
      try {
        plans(script.text() + step.sql + ";").forEach(plan -> execute(plan, 1));
        return Outcome.differs("does not fail: " + step.sql);
      } catch (MillraceException e) {
        if (!says(e, step.expectedErrorMessage)) {
          return Outcome.differs("fails with another message: " + firstLine(e));
        }
      }
    }
    return Outcome.agrees();
  }

  /** Two programs are for Flink's batch mode only. */
  private static boolean refusedByPlanner(MillraceException e) {
    return e.kind() == MillraceException.Kind.USAGE
        && e.getCause() != null
        && e.getCause().getStackTrace()[0].getClassName().startsWith("org.apache.");
  }

  private static String firstLine(Exception e) {
    return e.getMessage().lines().findFirst().orElse("");
  }

  private static boolean says(Throwable e, String message) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && cause.getMessage().contains(message)) {
        return true;
      }
    }
    return false;
  }

  private static List<PlanDocument> plans(String script) {
    List<PlanDocument> plans = new ArrayList<>();
    FrontEnd frontEnd = new FrontEnd(Placeholders.ofProcess(), Set.of());
    for (Step step : frontEnd.run(new Script("script", script))) {
      if (step instanceof Step.Planned planned) {
        plans.add(planned.plan());
      }
    }
    return plans;
  }

  private static void execute(PlanDocument document, int seed) {
    PlanSettings settings = new PlanSettings(document.configuration());
    Dataflow dataflow = PlanTranslator.translate(document.plan(), settings, CONNECTORS);
    JobConfig config = JobConfig.named("program").withZone(settings.zone()).withParallelism(1);
    ValuesTables.restored(false);
    JobSnapshot snapshot = JobSnapshot.NONE;
    Duration start = START;
    if (ValuesTables.awaitSavepoint()) {
      snapshot =
          new Simulation(dataflow, config, seed, snapshot, start).runAndSave(UNTIL_SAVEPOINT);
      start = START.plus(PAUSE);
      ValuesTables.restored(true);
    }
    if (!new Simulation(dataflow, config, seed, snapshot, start).run(LIMIT)) {
      throw MillraceException.job("It does not end.");
    }
  }

  private static void compare(SinkTestStep sink, Written written, Set<String> differences) {
    List<String> expected = expected(sink, written.key());
    List<String> actual = Materialized.fold(written.changes(), written.key());
    List<String> missing = without(expected, actual);
    List<String> surplus = without(actual, expected);
    if (!missing.isEmpty() || !surplus.isEmpty()) {
      differences.add("%s lacks %s and has %s".formatted(sink.name, missing, surplus));
    }
  }

  private static List<String> without(List<String> rows, List<String> others) {
    List<String> rest = new ArrayList<>(rows);
    others.forEach(rest::remove);
    return rest;
  }

  /** What a sink's expected changelog comes to; what is said materialized is for batch mode. */
  private static List<String> expected(SinkTestStep sink, int[] key) {
    return Materialized.fold(sink.getExpectedAsStrings().stream().map(Change::parse).toList(), key);
  }
}
