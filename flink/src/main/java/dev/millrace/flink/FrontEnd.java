package dev.millrace.flink;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.option.Placeholders;
import dev.millrace.engine.type.DataType;
import dev.millrace.flink.script.Script;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
   * @param ownSettings the names that {@code SET} accepts among those beginning {@code millrace.}
   */
  public FrontEnd(Placeholders placeholders, Set<String> ownSettings) {
    this.session = new Session(placeholders, ownSettings);
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
   * Starts a compiled plan on an embedded Flink, with this session's settings.
   *
   * @param name what the job is called
   * @param planJson a compiled plan, placeholders unresolved
   * @param selectType the columns of the SELECT that the plan holds, or null if it holds none
   * @param rows takes the SELECT's changelog, called by one thread at a time
   */
  public FlinkJob start(String name, String planJson, DataType selectType, Consumer<Batch> rows) {
    return EmbeddedFlink.start(session, name, planJson, selectType, rows);
  }

  /** The settings made so far by name, values as written. */
  public Map<String, String> settings() {
    return session.settings();
  }
}
