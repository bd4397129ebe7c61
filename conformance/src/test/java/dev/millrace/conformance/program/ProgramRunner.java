package dev.millrace.conformance.program;

import dev.millrace.api.Engine;
import dev.millrace.api.Job;
import dev.millrace.api.Millrace;
import dev.millrace.api.RunObserver;
import dev.millrace.conformance.changelog.Change;
import dev.millrace.conformance.changelog.Materialized;
import dev.millrace.conformance.program.ProgramScript.NotSqlException;
import dev.millrace.conformance.program.Programs.Named;
import dev.millrace.conformance.program.ValuesTables.Written;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.test.program.FailingSqlTestStep;
import org.apache.flink.table.test.program.SinkTestStep;

/** Runs programs on the native engine, one instance of each operator, and judges the results. */
final class ProgramRunner {
  private static final Duration LIMIT = Duration.ofSeconds(30);

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
    try {
      execute(script.text());
    } catch (MillraceException e) {
      return refusedByPlanner(e)
          ? Outcome.fallsBack(List.of("refused by Flink's planner: " + firstLine(e)))
          : Outcome.differs("fails: " + firstLine(e));
    }
    List<String> differences = new ArrayList<>();
    for (Map.Entry<SinkTestStep, String> sink : script.sinks().entrySet()) {
      Written written = ValuesTables.written(sink.getValue());
      if (written != null) {
        compare(sink.getKey(), written, differences);
      }
    }
    if (differences.isEmpty()) {
      return Outcome.agrees();
    }
    return FlinkRun.agrees(script)
        ? Outcome.agreesWithFlink()
        : Outcome.differs(String.join("; ", differences));
  }

  private static Outcome runFailing(ProgramScript script) throws InterruptedException {
    for (FailingSqlTestStep step : script.failures()) {
      try {
        execute(script.text() + step.sql + ";");
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

  private static void execute(String script) throws InterruptedException {
    Millrace.sql(script)
        .engine(Engine.NATIVE)
        .parallelism(1)
        .run(
            new RunObserver() {
              @Override
              public void output(List<String> columns, List<List<String>> rows, boolean plain) {}

              @Override
              public void started(Job job) throws InterruptedException {
                if (!job.await(LIMIT)) {
                  throw MillraceException.job("It does not end.");
                }
              }
            });
  }

  private static void compare(SinkTestStep sink, Written written, List<String> differences) {
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
