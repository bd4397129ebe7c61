package dev.millrace.flink;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.option.Placeholders;
import dev.millrace.flink.memory.InProcessTables;
import dev.millrace.flink.memory.MemoryTableFactory;
import dev.millrace.flink.script.Script;
import dev.millrace.plan.document.PlanDocument;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Flink's planner, and on demand its runtime: takes SQL scripts, gives compiled plans.
 *
 * <p>One session: catalogs, tables and settings stay from script to script. Not thread-safe. Every
 * failure is a {@link dev.millrace.engine.error.MillraceException} that says in one line what is
 * wrong, and for a script shows the place.
 */
public final class FrontEnd {
  private final Session session;

  /**
   * Opens a session.
   *
   * @param placeholders resolve {@code ${env:NAME}} and {@code ${file:PATH}} in option values
   * @param ownSettings the names that {@code SET} accepts among those beginning {@code millrace.};
   *     one that ends in {@code *} stands for all that begin so
   */
  public FrontEnd(Placeholders placeholders, Set<String> ownSettings) {
    this.session = new Session(placeholders, ownSettings);
  }

  /** Has the table environment of the next session opened by the executor. */
  public static void prepareSession(Executor executor) {
    Environments.prepare(executor);
  }

  /** Makes a setting that neither a script nor a plan can change. */
  public void pin(String name, String value) {
    session.pin(name, value);
  }

  /** Makes a setting as {@code SET 'name' = 'value'} does. */
  public void set(String name, String value) {
    session.set(name, value);
  }

  /**
   * Executes all statements of a script but starts nothing: what is to run is planned and returned.
   *
   * <p>All INSERT statements and statement sets become one job, in which a source that several of
   * them read is read once. A bare SELECT is a job of its own; INSERT statements before and after
   * it are separate jobs.
   */
  public List<Step> run(Script script) {
    return new ScriptRun(session, script).run();
  }

  /**
   * Starts a compiled plan on an embedded Flink, with this session's settings and those that the
   * plan was compiled with.
   *
   * @param rows takes the changelog of the SELECT that the plan may hold; called by the thread that
   *     awaits the job
   */
  public FlinkJob start(PlanDocument plan, Consumer<Batch> rows) {
    return EmbeddedFlink.start(session, plan, rows);
  }

  /** Has tables of the connector {@code memory} of the jobs started from here on use these. */
  public void use(InProcessTables tables) {
    session.environment().getConfig().set(MemoryTableFactory.TABLES_ID, tables.id());
  }

  /** The settings made so far by name, values as written. */
  public Map<String, String> settings() {
    return session.settings();
  }
}
