package dev.millrace.conformance.program;

import dev.millrace.conformance.changelog.Change;
import dev.millrace.conformance.changelog.Materialized;
import dev.millrace.conformance.program.ProgramScript.NotSqlException;
import dev.millrace.conformance.program.Programs.Named;
import dev.millrace.conformance.program.ValuesTables.Written;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.option.Placeholders;
import dev.millrace.flink.FrontEnd;
import dev.millrace.flink.Step;
import dev.millrace.flink.script.Script;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.test.program.FailingSqlTestStep;
import org.apache.flink.table.test.program.SinkTestStep;

/**
 * Runs programs on the native engine, and judges the results.
 *
 * <p>Each runs in several orders that seeds decide, and then some more times with a kill in the
 * middle and a restore at another parallelism.
 */
final class ProgramRunner {
  /** Far apart, because the first numbers drawn from neighbouring seeds are alike. */
  private static final List<Integer> SEEDS = List.of(1, 1_000_003);

  private static final int FIRST_MIDWAY_SEED = Integer.getInteger("millrace.random.seed", 1);
  private static final int MIDWAY_RUNS = Integer.getInteger("millrace.midway.runs", 1);

  /** Runs that may miss the middle of a short input, for each that hits it. */
  private static final int MIDWAY_MISSES = 50;

  private ProgramRunner() {}

  static Outcome run(Named program) throws InterruptedException {
    try {
      ProgramScript script = new ProgramScript(program.program());
      return script.failures().isEmpty() ? run(program.name(), script) : runFailing(script);
    } catch (NotSqlException e) {
      return Outcome.fallsBack(List.of("not SQL: " + e.getMessage()));
    } catch (UnsupportedException e) {
      return Outcome.fallsBack(e.reasons());
    } finally {
      ValuesTables.clear();
    }
  }

  private static Outcome run(String name, ProgramScript script) throws InterruptedException {
    List<PlanRun> jobs;
    try {
      jobs = jobs(script.text());
    } catch (MillraceException e) {
      return refusedByPlanner(e)
          ? Outcome.fallsBack(List.of("refused by Flink's planner: " + firstLine(e)))
          : Outcome.differs("fails: " + firstLine(e));
    }
    Set<String> differences = new LinkedHashSet<>();
    for (int seed : SEEDS) {
      differences.addAll(differences(script, () -> jobs.forEach(job -> job.straight(seed))));
    }
    List<String> ofRestored = new ArrayList<>();
    Restored restored = midway(name, script, jobs, differences, ofRestored);
    if (!ofRestored.isEmpty()) {
      return Outcome.differs(String.join("; ", ofRestored));
    }
    if (differences.isEmpty()) {
      return Outcome.agrees(restored);
    }
    return FlinkRun.agrees(script)
        ? Outcome.agreesWithFlink(restored)
        : Outcome.differs(String.join("; ", differences));
  }

  private static Set<String> differences(ProgramScript script, Runnable jobs) {
    Set<String> differences = new LinkedHashSet<>();
    try {
      jobs.run();
      compare(script.sinks(), differences);
    } catch (MillraceException e) {
      differences.add("fails: " + firstLine(e));
    }
    return differences;
  }

  /**
   * Runs the jobs with a kill each, until enough of them were killed in the middle; what they come
   * to must be what they come to without.
   */
  private static Restored midway(
      String name,
      ProgramScript script,
      List<PlanRun> jobs,
      Set<String> without,
      List<String> differences) {
    Restored most = Restored.NOWHERE;
    int hits = 0;
    for (int n = 0; hits < MIDWAY_RUNS && n < MIDWAY_RUNS * MIDWAY_MISSES; n++) {
      int seed = FIRST_MIDWAY_SEED + n + name.hashCode();
      Set<Restored> restored = EnumSet.noneOf(Restored.class);
      Set<String> found =
          differences(script, () -> jobs.forEach(job -> restored.add(job.midway(seed))));
      if (!without.containsAll(found) || without.isEmpty() != found.isEmpty()) {
        differences.add("restored midway, seed %d: %s".formatted(seed, String.join("; ", found)));
      }
      hits += restored.contains(Restored.MISSED) ? 0 : 1;
      most = Restored.most(most, restored);
    }
    return most;
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
        jobs(script.text() + step.sql + ";").forEach(job -> job.straight(1));
        return Outcome.differs("does not fail: " + step.sql);
      } catch (MillraceException e) {
        if (!says(e, step.expectedErrorMessage)) {
          return Outcome.differs("fails with another message: " + firstLine(e));
        }
      }
    }
    return Outcome.failsAsExpected();
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

  private static List<PlanRun> jobs(String script) {
    List<PlanRun> jobs = new ArrayList<>();
    FrontEnd frontEnd = new FrontEnd(Placeholders.ofProcess(), Set.of());
    for (Step step : frontEnd.run(new Script("script", script))) {
      if (step instanceof Step.Planned planned) {
        jobs.add(new PlanRun(planned.plan()));
      }
    }
    return jobs;
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
