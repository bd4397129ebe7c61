package dev.millrace.conformance.program;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableConfig;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.table.planner.factories.TestValuesModelFactory;
import org.apache.flink.table.planner.utils.InternalConfigOptions;
import org.apache.flink.table.test.program.ConfigOptionTestStep;
import org.apache.flink.table.test.program.FailingSqlTestStep;
import org.apache.flink.table.test.program.FunctionTestStep;
import org.apache.flink.table.test.program.ModelTestStep;
import org.apache.flink.table.test.program.SinkTestStep;
import org.apache.flink.table.test.program.SourceTestStep;
import org.apache.flink.table.test.program.SqlTestStep;
import org.apache.flink.table.test.program.StatementSetTestStep;
import org.apache.flink.table.test.program.TableApiTestStep;
import org.apache.flink.table.test.program.TableTestProgram;
import org.apache.flink.table.test.program.TestStep;

/** A program as a SQL script. */
final class ProgramScript {
  /** The plans of Flink's restore tests are older than this setting. */
  private static final ConfigOption<Boolean> ON_CONFLICT =
      ExecutionConfigOptions.TABLE_EXEC_SINK_REQUIRE_ON_CONFLICT;

  private final TableConfig config = TableConfig.getDefault();
  private final List<String> statements = new ArrayList<>();
  private final Map<SinkTestStep, String> sinks = new LinkedHashMap<>();
  private final List<FailingSqlTestStep> failures = new ArrayList<>();

  /** A program, or a step of it, that SQL cannot say. */
  static final class NotSqlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotSqlException(String what) {
      super(what);
    }
  }

  /** Registers the sources' rows; throws {@link NotSqlException}. */
  ProgramScript(TableTestProgram program) {
    config.set(TableConfigOptions.LOCAL_TIME_ZONE, "UTC");
    // Flink's own tests of ORDER BY may use it: its planner asks a setting that is not public.
    config.set(InternalConfigOptions.TABLE_EXEC_NON_TEMPORAL_SORT_ENABLED, true);
    config.set(
        ON_CONFLICT, program.runSteps.stream().anyMatch(FailingSqlTestStep.class::isInstance));
    program.setupSteps.forEach(this::add);
    boolean tableApi = program.runSteps.stream().anyMatch(TableApiTestStep.class::isInstance);
    for (TestStep step : program.runSteps) {
      // Next to a Table API call, SQL is only what Flink is expected to write for it.
      if (!(tableApi && step instanceof SqlTestStep)) {
        add(step);
      }
    }
  }

  String text() {
    StringBuilder text = new StringBuilder();
    config
        .getConfiguration()
        .toMap()
        .forEach(
            (name, value) ->
                text.append("SET '%s' = '%s';\n".formatted(name, value.replace("'", "''"))));
    statements.forEach(statement -> text.append(statement).append(";\n\n"));
    return text.toString();
  }

  Configuration settings() {
    return config.getConfiguration();
  }

  List<String> statements() {
    return statements;
  }

  /** The {@code data-id} of each sink table. */
  Map<SinkTestStep, String> sinks() {
    return sinks;
  }

  /** The statements that must fail, each on its own; they are not part of the text. */
  List<FailingSqlTestStep> failures() {
    return failures;
  }

  private void add(TestStep step) {
    if (step instanceof ConfigOptionTestStep<?> option) {
      option.apply(recorder());
    } else if (step instanceof FunctionTestStep function) {
      function.apply(recorder());
    } else if (step instanceof SourceTestStep source) {
      add(source);
    } else if (step instanceof SinkTestStep sink) {
      add(sink);
    } else if (step instanceof ModelTestStep model) {
      model.apply(
          recorder(),
          Map.of("provider", "values", "data-id", TestValuesModelFactory.registerData(model.data)));
    } else if (step instanceof SqlTestStep sql) {
      record(sql.sql);
    } else if (step instanceof StatementSetTestStep set) {
      set.statements.forEach(this::record);
    } else if (step instanceof FailingSqlTestStep failing) {
      failures.add(failing);
    } else if (step instanceof TableApiTestStep api) {
      api(api);
    } else {
      throw new NotSqlException("a step of kind " + step.getKind());
    }
  }

  private void add(SourceTestStep source) {
    if (!source.indexes.isEmpty()) {
      throw new NotSqlException("a table with an index");
    }
    Map<String, String> options = new HashMap<>();
    options.put("connector", ValuesOptions.IDENTIFIER);
    options.put(
        "data-id", ValuesTables.register(source.dataBeforeRestore, source.dataAfterRestore));
    options.put("disable-lookup", Boolean.toString(!source.options.containsKey("disable-lookup")));
    options.put("runtime-source", "NewSource");
    options.keySet().removeAll(source.options.keySet());
    source.apply(recorder(), options);
  }

  private void add(SinkTestStep sink) {
    String id = ValuesTables.newSink(sink.getExpectedAsStrings().size());
    Map<String, String> options = new HashMap<>();
    options.put("connector", ValuesOptions.IDENTIFIER);
    options.put("data-id", id);
    options.put("sink-insert-only", "false");
    options.keySet().removeAll(sink.options.keySet());
    sink.apply(recorder(), options);
    sinks.put(sink, id);
  }

  /** Lets Flink write its Table API as SQL, which needs an environment that knows the tables. */
  private void api(TableApiTestStep step) {
    TableEnvironment real = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    real.getConfig().addConfiguration(config.getConfiguration());
    statements.forEach(real::executeSql);
    TableEnvironment recording =
        (TableEnvironment)
            Proxy.newProxyInstance(
                ProgramScript.class.getClassLoader(),
                real.getClass().getInterfaces(),
                (proxy, method, arguments) -> {
                  if (method.getName().equals("executeSql")) {
                    record((String) arguments[0]);
                    return null;
                  }
                  return method.invoke(real, arguments);
                });
    try {
      step.applyAsSql(recording);
    } catch (RuntimeException e) {
      throw new NotSqlException("a Table API call that Flink cannot write as SQL");
    }
  }

  /** An environment that only writes down what it is asked to do. */
  private TableEnvironment recorder() {
    return (TableEnvironment)
        Proxy.newProxyInstance(
            ProgramScript.class.getClassLoader(),
            new Class<?>[] {TableEnvironment.class},
            (proxy, method, arguments) -> answer(method.getName(), arguments));
  }

  private Object answer(String method, Object[] arguments) {
    switch (method) {
      case "executeSql" -> record((String) arguments[0]);
      case "createTemporarySystemFunction" -> create("TEMPORARY SYSTEM FUNCTION", arguments);
      case "createTemporaryFunction" -> create("TEMPORARY FUNCTION", arguments);
      case "createFunction" -> create("FUNCTION", arguments);
      case "getConfig" -> {
        return config;
      }
      default -> throw new NotSqlException("TableEnvironment." + method);
    }
    return null;
  }

  private void create(String kind, Object[] nameAndClass) {
    record(
        "CREATE %s `%s` AS '%s'"
            .formatted(kind, nameAndClass[0], ((Class<?>) nameAndClass[1]).getName()));
  }

  private void record(String sql) {
    String stripped = sql.strip();
    statements.add(
        stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1) : stripped);
  }
}
