package dev.millrace.conformance.program;

import dev.millrace.conformance.changelog.Change;
import dev.millrace.conformance.changelog.Materialized;
import dev.millrace.conformance.program.ValuesTables.Written;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.planner.factories.TestValuesTableFactory;

/**
 * A program on Flink: its restore tests run plans that older planners made, with rows before and
 * after, and some SQL has another result when it is run as a whole by now. Sinks that stay empty
 * prove nothing.
 */
final class FlinkRun {
  private static final long LIMIT_SECONDS = 30;

  private FlinkRun() {}

  /** Whether the sinks that were written natively hold what Flink writes; no if it cannot run. */
  static boolean agrees(ProgramScript script) throws InterruptedException {
    try {
      execute(script);
    } catch (ExecutionException | TimeoutException | RuntimeException | LinkageError e) {
      return false;
    }
    return script.sinks().entrySet().stream()
        .allMatch(sink -> agrees(sink.getKey().name, ValuesTables.written(sink.getValue())));
  }

  private static void execute(ProgramScript script)
      throws InterruptedException, ExecutionException, TimeoutException {
    TableEnvironment environment = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    environment.getConfig().addConfiguration(script.settings());
    environment.getConfig().set(CoreOptions.DEFAULT_PARALLELISM, 1);
    for (String statement : script.statements()) {
      TableResult result = environment.executeSql(statement);
      if (result.getJobClient().isPresent()) {
        result.await(LIMIT_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  private static boolean agrees(String table, Written written) {
    if (written == null || written.changes().isEmpty()) {
      return false;
    }
    List<Change> changes =
        TestValuesTableFactory.getRawResultsAsStrings(table).stream().map(Change::parse).toList();
    return Materialized.fold(changes, written.key())
        .equals(Materialized.fold(written.changes(), written.key()));
  }
}
