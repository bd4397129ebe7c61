package dev.millrace.api;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Placeholders;
import dev.millrace.flink.FrontEnd;
import dev.millrace.flink.Step;
import dev.millrace.flink.script.Script;
import dev.millrace.plan.document.ErrorSettings;
import dev.millrace.plan.document.PlanDocument;
import dev.millrace.server.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * A SQL script, or a compiled plan, to be run in this process.
 *
 * <pre>{@code
 * try (Job job = Millrace.sql("""
 *     CREATE TABLE numbers (n INT) WITH ('connector' = 'datagen', 'number-of-rows' = '10');
 *     SELECT n, n * 2 FROM numbers;
 *     """).start()) {
 *   job.forEachRow(System.out::println);
 * }
 * }</pre>
 *
 * <p>Configure it, then call one of {@link #start}, {@link #run}, {@link #compile} and {@link
 * #explain}. Not thread-safe. Everything that is wrong with a script is a {@link MillraceException}
 * with one clear message.
 */
public final class Millrace {
  /** Settings of ours that a script may make. */
  private static final Set<String> OWN_SETTINGS =
      Set.of(
          Telemetry.OTLP_URL,
          ErrorSettings.MODE,
          ErrorSettings.PREFIX + "*",
          StateSettings.MEMORY.name(),
          StateSettings.FOLDER.name());

  private static final int HIGHEST_PORT = 65_535;

  private final Script script;
  private final Path planFile;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Placeholders placeholders = Placeholders.ofProcess();
  private final MemoryTables tables = new MemoryTables();
  private Engine engine = Engine.AUTO;
  private Beginning beginning = Beginning.ANEW;
  private Replaying replay;
  private String metricsHost = "localhost";
  private Integer metricsPort;

  private Millrace(Script script, Path planFile) {
    this.script = script;
    this.planFile = planFile;
  }

  /** A script of {@code ;}-separated Flink SQL statements. */
  public static Millrace sql(String script) {
    return new Millrace(new Script("script", script), null);
  }

  /** A script file, or a plan file if its name ends in {@code .json}. */
  public static Millrace file(Path file) {
    return file.toString().endsWith(".json")
        ? new Millrace(null, file)
        : new Millrace(Script.read(file), null);
  }

  /**
   * Begins to open the session of a SQL script, which takes most of a short script's time, before
   * the script is there. The next script of this process takes it, and waits for it if need be.
   */
  public static void prepareSession(Executor executor) {
    FrontEnd.prepareSession(executor);
  }

  /** The engine to run on; {@link Engine#AUTO} unless said. */
  public Millrace engine(Engine newEngine) {
    engine = newEngine;
    return this;
  }

  /**
   * Lets a job go on from the newest checkpoint of its name ({@code pipeline.name}), if there is
   * one.
   */
  public Millrace resume(boolean fromCheckpoint) {
    beginning = new Beginning(fromCheckpoint, beginning.from(), beginning.allowStateLoss());
    return this;
  }

  /**
   * Lets the script's only job begin with the state of a savepoint or checkpoint, also of a script
   * that was edited since, or of another job. Before it starts, the log says what becomes of each
   * state.
   *
   * @param snapshot the folder of a savepoint or the manifest of a checkpoint, as path or URI
   */
  public Millrace from(String snapshot) {
    beginning = new Beginning(beginning.resume(), snapshot, beginning.allowStateLoss());
    return this;
  }

  /**
   * Whether a job starts though its script was edited such that some state cannot be gone on with;
   * that state is dropped. Unless said, such a job is refused.
   */
  public Millrace allowStateLoss(boolean allowed) {
    beginning = new Beginning(beginning.resume(), beginning.from(), allowed);
    return this;
  }

  /**
   * Sends the dead letters about records of a table through the script again, instead of what its
   * sources have. Needs {@code millrace.errors.table}, and a script that works row by row.
   *
   * <p>Letters stay in their table: who replays them twice, has their rows twice. The job is called
   * as the script's with {@code -replay} behind, also in new letters.
   *
   * @param table whose records could not be decoded
   * @param job that sent the letters; null for the script's own
   * @param since letters sent before are left out; null for none
   */
  public Millrace replay(String table, String job, Instant since) {
    replay = new Replaying(table, job, since);
    return engine(Engine.NATIVE);
  }

  /** Parallel instances of every step that does not say otherwise; unless said, the cores. */
  public Millrace parallelism(int instances) {
    if (instances < 1) {
      throw MillraceException.usage("The parallelism is " + instances + "; it must be at least 1.");
    }
    return set(JobStart.PARALLELISM, Integer.toString(instances));
  }

  /**
   * Serves {@code /metrics} (in the text format of Prometheus), {@code /health/live} and {@code
   * /health/ready} over HTTP, from the start until the job is closed; a whole script, until it has
   * run. {@link Job#metricsAddress} says where.
   *
   * @param port 0 for any that is free
   */
  public Millrace metricsPort(int port) {
    if (port < 0 || port > HIGHEST_PORT) {
      throw MillraceException.usage(
          "The metrics port is %d; ports go from 1 to %d, and 0 takes any free one."
              .formatted(port, HIGHEST_PORT));
    }
    metricsPort = port;
    return this;
  }

  /** The address to serve metrics on; unless said, only this machine can reach them. */
  public Millrace metricsHost(String host) {
    metricsHost = host;
    return this;
  }

  /** A setting, as {@code SET 'name' = 'value'} makes it; wins over those of the script. */
  public Millrace set(String name, String value) {
    settings.put(name, value);
    return this;
  }

  /**
   * Gives a table of the script its rows: one with {@code 'connector' = 'memory'}.
   *
   * @param table the table's name, without catalog and database
   */
  public Millrace source(String table, MemorySource rows) {
    tables.add(table, rows);
    return this;
  }

  /** Takes the rows of a table of the script: one with {@code 'connector' = 'memory'}. */
  public Millrace sink(String table, MemorySink rows) {
    tables.add(table, rows);
    return this;
  }

  /**
   * Starts the script's job. Results of SHOW, DESCRIBE and EXPLAIN are dropped.
   *
   * @throws MillraceException if the script is wrong, or has no job or more than one; see {@link
   *     #run}
   */
  public Job start() {
    MetricsOutlet outlet = MetricsOutlet.open(metricsHost, metricsPort);
    try {
      return jobStart(outlet).start(onlyJob(placeholders), name -> {}).closing(outlet);
    } catch (RuntimeException | Error e) {
      outlet.close();
      throw e;
    }
  }

  /** Runs the whole script, each job after the one before it has ended. */
  public void run(RunObserver observer) throws InterruptedException {
    try (MetricsOutlet outlet = MetricsOutlet.open(metricsHost, metricsPort)) {
      run(jobStart(outlet), observer);
    }
  }

  private void run(JobStart start, RunObserver observer) throws InterruptedException {
    if (planFile != null) {
      observe(start.start(PlanDocument.read(planFile), observer::starting), observer);
      return;
    }
    List<Step> steps = frontEnd().run(script);
    if (beginning.from() != null) {
      requireOne(steps.stream().filter(Step.Planned.class::isInstance).toList());
    }
    for (Step step : steps) {
      if (step instanceof Step.Output output) {
        observer.output(output.columns(), output.rows(), output.isText());
      } else {
        PlanDocument plan = ((Step.Planned) step).plan();
        observe(start.start(plan, observer::starting), observer);
      }
    }
  }

  private static void observe(Job job, RunObserver observer) throws InterruptedException {
    try (job) {
      observer.started(job);
    }
  }

  /** Plans the script's job and saves the plan; nothing is started. */
  public void compile(Path file) {
    // Whoever runs the plan needs the secrets; here they may be missing.
    PlanDocument plan = onlyJob(placeholders.keepingUnknown());
    try {
      Files.writeString(file, plan.write());
    } catch (IOException e) {
      throw MillraceException.usage(
          "The plan cannot be written to %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The dataflow of each job of the script as text, with what runs where; nothing is started. */
  public String explain() {
    StringBuilder text = new StringBuilder();
    JobStart start = jobStart(MetricsOutlet.NONE);
    List<PlanDocument> jobs = jobs(placeholders);
    if (jobs.isEmpty()) {
      throw nothingToRun();
    }
    for (PlanDocument job : jobs) {
      text.append(start.explain(job));
    }
    return text.toString();
  }

  /**
   * What would become of each state of the snapshot that {@link #from} names, one line each;
   * nothing is started.
   */
  public List<String> stateReport() {
    if (beginning.from() == null) {
      throw MillraceException.usage("What state to report on is not said: name a savepoint.");
    }
    return jobStart(MetricsOutlet.NONE).report(onlyJob(placeholders)).lines().stream()
        .map(line -> placeholders.mask(line.toString()))
        .toList();
  }

  private JobStart jobStart(MetricsOutlet outlet) {
    return new JobStart(
        engine,
        beginning,
        replay,
        settings,
        placeholders,
        tables,
        outlet,
        this::frontEnd,
        script == null ? null : script.text());
  }

  private FrontEnd frontEnd() {
    return frontEnd(placeholders);
  }

  private FrontEnd frontEnd(Placeholders resolver) {
    FrontEnd frontEnd = new FrontEnd(resolver, OWN_SETTINGS);
    settings.forEach(frontEnd::pin);
    return frontEnd;
  }

  private List<PlanDocument> jobs(Placeholders resolver) {
    if (planFile != null) {
      return List.of(PlanDocument.read(planFile));
    }
    List<PlanDocument> jobs = new ArrayList<>();
    for (Step step : frontEnd(resolver).run(script)) {
      if (step instanceof Step.Planned planned) {
        jobs.add(planned.plan());
      }
    }
    return jobs;
  }

  private PlanDocument onlyJob(Placeholders resolver) {
    return requireOne(jobs(resolver));
  }

  private static <T> T requireOne(List<T> jobs) {
    if (jobs.size() == 1) {
      return jobs.get(0);
    }
    if (jobs.isEmpty()) {
      throw nothingToRun();
    }
    throw MillraceException.usage(
        "The script has %d jobs, since each SELECT is one; only one is possible here."
            .formatted(jobs.size()));
  }

  private static MillraceException nothingToRun() {
    return MillraceException.usage("The script has nothing to run: no INSERT and no SELECT.");
  }
}
