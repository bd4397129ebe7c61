package dev.millrace.flink;

import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.option.Placeholders;
import dev.millrace.flink.script.Position;
import dev.millrace.flink.script.Script;
import dev.millrace.flink.script.Statement;
import dev.millrace.flink.script.Statements;
import dev.millrace.plan.document.ErrorSettings;
import dev.millrace.plan.document.PlanDocument;
import dev.millrace.plan.document.SqlPlaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.flink.table.api.SqlParserException;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.operations.BeginStatementSetOperation;
import org.apache.flink.table.operations.CompileAndExecutePlanOperation;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.EndStatementSetOperation;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.QueryOperation;
import org.apache.flink.table.operations.SinkModifyOperation;
import org.apache.flink.table.operations.StatementSetOperation;
import org.apache.flink.table.operations.command.ExecutePlanOperation;
import org.apache.flink.table.operations.command.ResetOperation;
import org.apache.flink.table.operations.command.SetOperation;
import org.apache.flink.table.operations.ddl.CreateTableOperation;

/** One run through a script: executes its statements and gathers the INSERTs until a job is due. */
final class ScriptRun {
  private static final String JOB_NAME = "pipeline.name";

  private final Session session;
  private final Script script;
  private final TableEnvironmentInternal environment;
  private final List<Step> steps = new ArrayList<>();
  private final List<Insert> pending = new ArrayList<>();
  private Statement openSet;

  /** A statement that writes to a table, and where it begins. */
  private record Insert(ModifyOperation operation, Statement statement, Position position) {}

  ScriptRun(Session session, Script script) {
    this.session = session;
    this.script = script;
    this.environment = session.environment();
  }

  List<Step> run() {
    for (Statement statement : Statements.of(script)) {
      reporting(statement, () -> execute(parse(statement), statement));
    }
    if (openSet != null) {
      throw openSet.error("This statement set has no END.");
    }
    planPending();
    return steps;
  }

  private void reporting(Statement statement, Runnable action) {
    try {
      action.run();
    } catch (UnsupportedException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new SqlErrors(session, statement, statement.position()).toUserError(e);
    }
  }

  private Operation parse(Statement statement) {
    UnaryOperator<String> resolve = session.placeholders()::resolve;
    String sql = statement.sql();
    if (statement.startsWith("CREATE", "CATALOG") || statement.startsWith("ALTER", "CATALOG")) {
      sql = statement.withLiterals(resolve);
    } else if (definesOptions(statement)) {
      // Only to see whether they can be resolved, while the place is known.
      statement.withLiterals(resolve);
    } else if (statement.startsWith("CREATE", "MODEL")) {
      statement.withLiterals(ScriptRun::refusePlaceholder);
    }
    return environment.getParser().parse(sql).get(0);
  }

  private static boolean definesOptions(Statement statement) {
    return statement.startsWith("SET")
        || statement.startsWith("CREATE", "TABLE")
        || statement.startsWith("CREATE", "TEMPORARY", "TABLE")
        || statement.startsWith("ALTER", "TABLE");
  }

  private static String refusePlaceholder(String literal) {
    if (Placeholders.isIn(literal)) {
      throw MillraceException.usage("Placeholders are not possible in the options of a model.");
    }
    return literal;
  }

  private void execute(Operation operation, Statement statement) {
    if (openSet != null && !isInsert(operation)) {
      endSet(operation, statement);
    } else if (operation instanceof BeginStatementSetOperation) {
      openSet = statement;
    } else if (operation instanceof SetOperation set) {
      set(set, statement);
    } else if (operation instanceof ResetOperation reset) {
      reset(reset, statement);
    } else if (operation instanceof QueryOperation query) {
      select(query, statement);
    } else if (operation instanceof CreateTableASOperation createAs) {
      createAs(createAs, statement);
    } else if (operation instanceof ModifyOperation insert) {
      pending.add(new Insert(insert, statement, statement.position()));
    } else if (operation instanceof StatementSetOperation set) {
      addAll(set, statement);
    } else if (startsJob(operation)) {
      throw statement.error("A plan is run with: millrace run FILE.plan.json");
    } else {
      executeNow(operation, statement);
    }
  }

  private static boolean isInsert(Operation operation) {
    return operation instanceof SinkModifyOperation || operation instanceof StatementSetOperation;
  }

  private void endSet(Operation operation, Statement statement) {
    if (!(operation instanceof EndStatementSetOperation)) {
      throw statement.error(
          "Only INSERT may stand in the statement set that begins at line %d."
              .formatted(openSet.position().line()));
    }
    openSet = null;
  }

  private static boolean startsJob(Operation operation) {
    return operation instanceof ExecutePlanOperation
        || operation instanceof CompileAndExecutePlanOperation;
  }

  private void set(SetOperation set, Statement statement) {
    if (set.getKey().isEmpty()) {
      steps.add(Results.settings(session.settings()));
      return;
    }
    String name = set.getKey().get();
    String value = set.getValue().orElse("");
    if (!session.has(name, value)) {
      refuseBetweenInserts(statement);
      session.set(name, value);
    }
  }

  private void reset(ResetOperation reset, Statement statement) {
    refuseBetweenInserts(statement);
    if (reset.getKey().isPresent()) {
      session.reset(reset.getKey().get());
    } else {
      session.settings().keySet().forEach(session::reset);
    }
  }

  private void refuseBetweenInserts(Statement statement) {
    if (!pending.isEmpty()) {
      throw statement.error(
          "A setting can't change after the first INSERT (line %d): all INSERT statements of a"
                  .formatted(pending.get(0).position().line())
              + " script run as one job. Put it before them.");
    }
  }

  private void createAs(CreateTableASOperation createAs, Statement statement) {
    executeNow(createAs.getCreateTableOperation(), statement);
    ModifyOperation insert = createAs.toSinkModifyOperation(environment.getCatalogManager());
    pending.add(new Insert(insert, statement, statement.position()));
  }

  private void addAll(StatementSetOperation set, Statement statement) {
    List<Position> parts = statement.parts();
    for (int i = 0; i < set.getOperations().size(); i++) {
      pending.add(new Insert(set.getOperations().get(i), statement, parts.get(i)));
    }
  }

  private void executeNow(Operation operation, Statement statement) {
    Results.of(environment.executeInternal(operation), session.placeholders())
        .ifPresent(steps::add);
    session.keepPlaceholders();
    if (statement.startsWith("CREATE", "VIEW")
        || statement.startsWith("CREATE", "TEMPORARY", "VIEW")) {
      statement
          .calls(statement.position())
          .forEach((name, at) -> session.calls().putIfAbsent(name, statement.named(at)));
    }
    if (operation instanceof CreateTableOperation create) {
      session.tables().put(create.getTableIdentifier(), statement);
      session.temporaryTables().add(create);
    }
  }

  private void select(QueryOperation query, Statement statement) {
    planPending();
    ModifyOperation insert = SelectTable.sinkFor(query, environment.getCatalogManager());
    Insert select = new Insert(insert, statement, statement.position());
    steps.add(new Step.Select(plan(List.of(select))));
  }

  private void planPending() {
    if (!pending.isEmpty()) {
      steps.add(new Step.Job(plan(pending)));
      pending.clear();
    }
  }

  private PlanDocument plan(List<Insert> inserts) {
    Map<String, String> settings = session.settings();
    String name = settings.getOrDefault(JOB_NAME, script.name());
    String json = session.temporaryTables().complete(compile(inserts));
    PlanDocument plan = PlanDocument.of(json, name, settings, places(inserts));
    String letterTable = settings.get(ErrorSettings.TABLE);
    return letterTable == null ? plan : withLetterTable(plan, letterTable);
  }

  private PlanDocument withLetterTable(PlanDocument plan, String name) {
    CatalogManager catalogs = environment.getCatalogManager();
    try {
      ObjectIdentifier identifier =
          catalogs.qualifyIdentifier(environment.getParser().parseIdentifier(name));
      Optional<ContextResolvedTable> found = catalogs.getTable(identifier);
      if (found.isPresent()
          && found.get().getResolvedTable() instanceof ResolvedCatalogTable table) {
        return plan.withLetterTable(
            identifier.asSerializableString(), TemporaryTables.flinksJson(environment, table));
      }
    } catch (SqlParserException | ValidationException e) {
      throw noLetterTable(name, e);
    }
    throw noLetterTable(name, null);
  }

  private static MillraceException noLetterTable(String name, Exception cause) {
    return MillraceException.usage(
        "Option '%s' = '%s': there is no such table. Make one: %s;"
            .formatted(ErrorSettings.TABLE, name, DeadLetters.createTable(name)),
        cause);
  }

  private SqlPlaces places(List<Insert> inserts) {
    Map<String, String> tables = new TreeMap<>();
    session
        .tables()
        .forEach(
            (table, statement) ->
                tables.put(table.asSummaryString(), statement.named(statement.position())));
    return new SqlPlaces(tables, inserts.stream().map(this::writer).toList());
  }

  private SqlPlaces.Writer writer(Insert insert) {
    Statement statement = insert.statement();
    String table =
        insert.operation() instanceof SinkModifyOperation sink
            ? sink.getContextResolvedTable().getIdentifier().asSummaryString()
            : insert.operation().asSummaryString();
    Map<String, String> functions = new TreeMap<>(session.calls());
    statement
        .calls(insert.position())
        .forEach((name, at) -> functions.put(name, statement.named(at)));
    return new SqlPlaces.Writer(table, statement.named(insert.position()), functions);
  }

  private String compile(List<Insert> inserts) {
    try {
      return environment
          .compilePlan(inserts.stream().map(Insert::operation).toList())
          .asJsonString();
    } catch (RuntimeException e) {
      // One of several: the first that fails alone is the one to name.
      if (inserts.size() > 1) {
        inserts.forEach(insert -> compile(List.of(insert)));
      }
      Insert failed = inserts.get(0);
      throw new SqlErrors(session, failed.statement(), failed.position()).toUserError(e);
    } catch (Exception e) {
      throw unwritable(inserts.get(0), e);
    }
  }

  /** Flink throws it, undeclared, if a plan holds what it has no JSON for, such as a VARIANT. */
  private static UnsupportedException unwritable(Insert insert, Exception e) {
    String why =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.toString();
    return new UnsupportedException(
        "%s: a query that Flink cannot write as a plan: %s"
            .formatted(insert.statement().named(insert.position()), why));
  }
}
