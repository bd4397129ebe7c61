package dev.millrace.api;

import dev.millrace.engine.checkpoint.Checkpointing;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.option.Placeholders;
import dev.millrace.engine.runtime.JobConfig;
import dev.millrace.engine.runtime.StateReport;
import dev.millrace.flink.FrontEnd;
import dev.millrace.flink.SelectTable;
import dev.millrace.flink.memory.InProcessTables;
import dev.millrace.plan.Explain;
import dev.millrace.plan.SelectSchema;
import dev.millrace.plan.document.CompiledPlan;
import dev.millrace.plan.document.ErrorSettings;
import dev.millrace.plan.document.PlanDocument;
import dev.millrace.plan.document.PlanSettings;
import dev.millrace.plan.document.SqlPlaces;
import dev.millrace.plan.node.Connectors;
import dev.millrace.plan.node.PlanTranslator;
import dev.millrace.plan.node.Replay;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts planned jobs on the engine that was asked for. */
final class JobStart {
  static final String PARALLELISM = "parallelism.default";

  private static final Logger LOG = LoggerFactory.getLogger(JobStart.class);

  private final Engine engine;
  private final Beginning beginning;

  /** Null unless letters are replayed. */
  private final Replaying replay;

  private final Map<String, String> overrides;
  private final Placeholders placeholders;
  private final MemoryTables tables;
  private final MetricsOutlet outlet;
  private final Supplier<FrontEnd> frontEnd;
  private final String script;
  private final Connectors connectors = Connectors.load(JobStart.class.getClassLoader());

  /**
   * Starts jobs.
   *
   * @param beginning with what state they begin
   * @param replay what they replay instead of reading their sources, or null
   * @param outlet shows them
   * @param frontEnd opens a Flink session with the overrides, if one turns out to be needed
   * @param script that they are of; null if they were started from a plan
   */
  JobStart(
      Engine engine,
      Beginning beginning,
      Replaying replay,
      Map<String, String> overrides,
      Placeholders placeholders,
      MemoryTables tables,
      MetricsOutlet outlet,
      Supplier<FrontEnd> frontEnd,
      String script) {
    this.engine = engine;
    this.beginning = beginning;
    this.replay = replay;
    this.overrides = Map.copyOf(overrides);
    this.placeholders = placeholders;
    this.tables = tables;
    this.outlet = outlet;
    this.frontEnd = frontEnd;
    this.script = script;
  }

  /** {@code starting} is told of a job that has checkpoints before it begins; may refuse it. */
  Job start(PlanDocument document, Consumer<String> starting) {
    PlanSettings settings = settings(document);
    Optional<SelectSchema> select = SelectTable.schema(document);
    BatchQueue rows = select.isPresent() ? new BatchQueue() : null;
    Job.Selection selection =
        select
            .map(s -> new Job.Selection(s.rowType(), s.changelog(), settings.zone()))
            .orElse(null);
    String name = name(document);
    outlet.configure(settings);
    if (engine != Engine.FLINK) {
      try {
        Dataflow dataflow = translate(document, settings, rows);
        RunningJob running = startNative(document, dataflow, settings, starting);
        return new Job(name, Engine.NATIVE, running, selection, rows, outlet.address());
      } catch (UnsupportedException e) {
        if (engine == Engine.NATIVE || replay != null) {
          throw e;
        }
        LOG.info(
            "'{}' runs on embedded Flink, because natively missing is: {}", name, e.getMessage());
      }
    }
    RunningJob running = startFlink(name, document, rows);
    outlet.show(name, running);
    return new Job(name, Engine.FLINK, running, selection, rows, outlet.address());
  }

  /**
   * The name of the job in snapshots and transactions: a replay can run beside its script's job.
   */
  private String name(PlanDocument document) {
    return scriptName(document) + (replay == null ? "" : Replay.SUFFIX);
  }

  private static String scriptName(PlanDocument document) {
    return document.name().isEmpty() ? "job" : document.name();
  }

  /** What would become of the state that the job is to begin with; nothing is started. */
  StateReport report(PlanDocument document) {
    PlanSettings settings = settings(document);
    Dataflow dataflow = translate(document, settings, new BatchQueue());
    return beginning.report(dataflow, config(name(document), settings), settings.options());
  }

  String explain(PlanDocument document) {
    PlanSettings settings = settings(document);
    try {
      Dataflow dataflow = translate(document, settings, new BatchQueue());
      return "Runs on the native engine.\n" + Explain.text(dataflow, parallelism(settings)) + "\n";
    } catch (UnsupportedException e) {
      return e.reasons().stream()
          .map(reason -> "  - " + reason + "\n")
          .collect(
              Collectors.joining(
                  "", "Runs on embedded Flink, because natively missing is:\n", "\n"));
    }
  }

  /** The session's settings, those of the caller on top; placeholders unresolved. */
  private Map<String, String> configuration(PlanDocument document) {
    Map<String, String> merged = new TreeMap<>(document.configuration());
    merged.putAll(overrides);
    return merged;
  }

  private PlanSettings settings(PlanDocument document) {
    return new PlanSettings(placeholders.resolve(configuration(document)));
  }

  private static int parallelism(PlanSettings settings) {
    return settings.parallelism() > 0
        ? settings.parallelism()
        : Runtime.getRuntime().availableProcessors();
  }

  private Dataflow translate(PlanDocument document, PlanSettings settings, BatchQueue rows) {
    CompiledPlan plan = document.plan(placeholders::resolve);
    Connectors all =
        connectors.with(
            List.of(tables.sourceFactory()), List.of(tables.sinkFactory(), new CollectSink(rows)));
    try {
      return replay == null
          ? PlanTranslator.translate(plan, settings, all)
          : PlanTranslator.replay(plan, settings, all, replay.of(scriptName(document)));
    } catch (UnsupportedException e) {
      throw new UnsupportedException(e.reasons().stream().map(placeholders::mask).toList());
    } catch (MillraceException e) {
      throw placeholders.masked(e);
    }
  }

  private RunningJob startNative(
      PlanDocument document, Dataflow dataflow, PlanSettings settings, Consumer<String> starting) {
    JobConfig config = config(name(document), settings);
    if (config.checkpointing() == null) {
      if (beginning.resume()) {
        throw MillraceException.usage(
            "'%s' has no checkpoints to resume from: set '%s'."
                .formatted(config.name(), CheckpointSettings.INTERVAL.name()));
      }
      refuseResultsThatNobodyWouldSee(dataflow);
    } else {
      starting.accept(config.name());
    }
    try {
      dev.millrace.engine.runtime.Job job = beginning.start(dataflow, config, settings.options());
      outlet.show(job);
      return new NativeJob(
          job,
          new Savepoints(
              CheckpointSettings.savepointDirectory(settings),
              settings.options(),
              script,
              document.write()),
          names(dataflow, Node.SourceNode.class),
          sinks(dataflow),
          placeholders);
    } catch (MillraceException e) {
      throw placeholders.masked(e);
    }
  }

  private static JobConfig config(String name, PlanSettings settings) {
    Checkpointing checkpointing = CheckpointSettings.of(name, settings);
    JobConfig config =
        JobConfig.named(name)
            .withParallelism(parallelism(settings))
            .withZone(settings.zone())
            .withCheckpointing(checkpointing)
            .withRestarts(RestartSettings.of(settings, checkpointing != null));
    return StateSettings.applied(config, settings);
  }

  /** Without checkpoints a transaction is committed when the input ends, if it does. */
  private static void refuseResultsThatNobodyWouldSee(Dataflow dataflow) {
    boolean endless =
        dataflow.nodes().stream()
            .anyMatch(node -> node instanceof Node.SourceNode s && !s.source().bounded());
    for (Node node : dataflow.nodes()) {
      if (endless && node instanceof Node.SinkNode sink && sink.sink().system() != null) {
        throw MillraceException.usage(
            "%s writes exactly once, with each checkpoint, but there are none: set '%s', for example to '10 s'."
                .formatted(sink.name(), CheckpointSettings.INTERVAL.name()));
      }
    }
  }

  /** Of the script's INSERTs and SELECT, not of the dead letters. */
  private static Set<String> sinks(Dataflow dataflow) {
    Set<String> sinks = names(dataflow, Node.SinkNode.class);
    for (Node node : dataflow.nodes()) {
      if (node instanceof Node.LetterNode) {
        dataflow.consumers(node.id()).forEach(sink -> sinks.remove(sink.name()));
      }
    }
    return sinks;
  }

  private static Set<String> names(Dataflow dataflow, Class<? extends Node> kind) {
    return dataflow.nodes().stream()
        .filter(kind::isInstance)
        .map(Node::name)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** In a session of its own, in which nothing but the plan's settings and the overrides hold. */
  private RunningJob startFlink(String name, PlanDocument document, BatchQueue rows) {
    if (beginning.hasState()) {
      throw MillraceException.usage(
          "'%s' runs on embedded Flink, which has no checkpoints to go on from here."
              .formatted(name));
    }
    if (configuration(document).keySet().stream()
        .anyMatch(key -> key.startsWith(ErrorSettings.MODE))) {
      LOG.warn(
          "'{}' runs on embedded Flink, where '{}' has no effect: a row that cannot be processed"
              + " fails the job.",
          name,
          ErrorSettings.MODE);
    }
    PlanDocument configured =
        PlanDocument.of(document.flinkPlan(), name, configuration(document), SqlPlaces.NONE);
    FrontEnd session = frontEnd.get();
    InProcessTables inProcess = tables.forFlink();
    session.use(inProcess);
    return new EmbeddedFlinkJob(
        session.start(configured, rows == null ? batch -> {} : rows::put),
        () -> {
          inProcess.close();
          if (rows != null) {
            rows.end();
          }
        });
  }
}
