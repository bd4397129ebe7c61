package dev.millrace.benchmarks.nexmark;

import dev.millrace.benchmarks.ChildProcess;
import dev.millrace.benchmarks.RestoredRun;
import dev.millrace.benchmarks.ScriptRun;
import dev.millrace.benchmarks.checksum.FileChecksum;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs Nexmark queries, each engine in a JVM of its own, turn by turn on the same input. */
@Command(
    name = "nexmark",
    description = {
      "Runs Nexmark queries on the native engine and on its peers.",
      "Each run is a process of its own with the same heap and cores. Each query runs at two input",
      "sizes: the difference in time, once planned and started, gives the marginal rate, free of",
      "start-up. Before it is measured, the engines' results are compared by row count and checksum."
    },
    footer = {
      "",
      "Example:",
      "  millrace bench nexmark --queries q0,q1,q2,q21,q22 --against flink"
    })
public final class NexmarkCommand implements Callable<Integer> {
  /** Where the events come from. */
  enum Input {
    FILE,
    GENERATOR
  }

  private static final String NATIVE = "native";
  private static final String RESTORED = "native, restored";
  private static final String CHECKSUM = "'connector' = 'checksum'";

  /** The native engine, with a checkpoint every second. */
  private static final String CHECKPOINTS = "checkpoints";

  @Spec private CommandSpec spec;

  @Option(
      names = "--queries",
      split = ",",
      defaultValue = "q0,q1,q2,q21,q22",
      paramLabel = "Q",
      description = "Which queries, or all (default: ${DEFAULT-VALUE}).")
  private List<String> queries;

  @Option(
      names = "--events",
      defaultValue = "4000000",
      paramLabel = "N",
      description = "Events of the larger input; the smaller has a quarter (default: 4000000).")
  private long events;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      paramLabel = "N",
      description = {
        "Measured runs per query, size and engine (default: 3); with 0, results are",
        "only compared."
      })
  private int rounds;

  @Option(
      names = "--against",
      split = ",",
      paramLabel = "flink,checkpoints",
      description = {
        "Peers to run as well: flink; checkpoints, which is the native engine with a",
        "checkpoint every second."
      })
  private List<String> peers = List.of();

  @Option(
      names = "--restore-midway",
      description = {
        "Compares one more native run, which is stopped with a checkpoint in the middle",
        "of its input and goes on at another parallelism."
      })
  private boolean restoreMidway;

  @Option(
      names = "--input",
      defaultValue = "FILE",
      paramLabel = "file|generator",
      description = "A file of JSON lines, or the generator itself (default: file).")
  private Input input;

  @Option(
      names = "--heap",
      defaultValue = "4g",
      paramLabel = "SIZE",
      description = "Heap of each process (default: 4g).")
  private String heap;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Parallel instances (default: the cores).")
  private Integer parallelism;

  @Option(
      names = "--dir",
      paramLabel = "D",
      description = "Where input files are kept from run to run (default: a temporary folder).")
  private Path directory;

  @Option(
      names = "--output",
      paramLabel = "FILE.json",
      description = "Where the figures go as JSON, too.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    Path work = directory == null ? Files.createTempDirectory("millrace-nexmark") : directory;
    Files.createDirectories(work);
    long small = events / 4;
    prepare(work, small);
    prepare(work, events);
    List<String> engines = new ArrayList<>(List.of(NATIVE));
    engines.addAll(peers);
    PrintWriter out = spec.commandLine().getOut();
    NexmarkReport report = new NexmarkReport(small, events, out);
    report.header(rounds, heap, instances());
    for (String query : queries.contains("all") ? NexmarkQueries.ALL : queries) {
      if (rounds == 0) {
        report.compared(query, compare(work, query, engines, out));
      } else {
        report.query(
            query, measure(work, query, engines, small), compare(work, query, engines, out));
      }
    }
    if (rounds > 0) {
      report.summary();
    }
    if (output != null) {
      Files.writeString(output, report.json());
    }
    if (directory == null) {
      delete(work);
    }
    return report.allEqual() ? 0 : 1;
  }

  private void prepare(Path work, long count) throws IOException {
    Path file = file(work, count);
    if (input != Input.FILE) {
      return;
    }
    if (!Files.exists(file)) {
      NexmarkJson.write(NexmarkConfig.ofEvents(count), file);
    }
    // Whoever runs first must not be the one that waits for the disk.
    try (InputStream content = Files.newInputStream(file)) {
      content.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static Path file(Path work, long count) {
    return work.resolve("nexmark-" + count + ".json");
  }

  private int instances() {
    return parallelism == null ? Runtime.getRuntime().availableProcessors() : parallelism;
  }

  private NexmarkReport.Results compare(
      Path work, String query, List<String> engines, PrintWriter out) throws IOException {
    if (!NexmarkQueries.comparable(query)) {
      return NexmarkReport.Results.NOT_COMPARABLE;
    }
    int compared = NexmarkQueries.ordered(query) ? 1 : instances();
    Map<String, String> results = new LinkedHashMap<>();
    for (String engine : engines) {
      results.put(engine, result(work, run(work, query, engine, events / 4, CHECKSUM, compared)));
    }
    if (restoreMidway) {
      results.put(RESTORED, result(work, runRestored(work, query, events / 4, compared, out)));
    }
    if (results.values().stream().distinct().count() == 1) {
      return NexmarkReport.Results.EQUAL;
    }
    out.println(query + ": results differ: " + results);
    return NexmarkReport.Results.DIFFERENT;
  }

  private static String result(Path work, ChildProcess.Run run) throws IOException {
    return "%s rows, sum %s, %s"
        .formatted(
            run.results().get("rows"),
            run.results().get("checksum"),
            FileChecksum.of(answerFiles(work)));
  }

  private Map<String, NexmarkReport.Runs> measure(
      Path work, String query, List<String> engines, long small) throws IOException {
    Map<String, NexmarkReport.Runs> runs = new LinkedHashMap<>();
    for (String engine : engines) {
      runs.put(engine, new NexmarkReport.Runs(new ArrayList<>(), new ArrayList<>()));
    }
    for (int round = 0; round < rounds; round++) {
      for (String engine : engines) {
        String sink = "'connector' = 'blackhole'";
        runs.get(engine).small().add(run(work, query, engine, small, sink, instances()));
        runs.get(engine).large().add(run(work, query, engine, events, sink, instances()));
      }
    }
    return runs;
  }

  /** Where the queries that write files write them. */
  private static Path answerFiles(Path work) {
    return work.resolve("answer");
  }

  private ChildProcess.Run run(
      Path work, String query, String engine, long count, String sink, int instances)
      throws IOException {
    boolean checkpoints = engine.equals(CHECKPOINTS);
    String settings = checkpoints ? checkpointSettings(emptyCheckpoints(work)) : "";
    Path script = script(work, settings, query, count, sink);
    return run(
        work,
        ScriptRun.class,
        List.of(checkpoints ? NATIVE : engine, script.toString(), Integer.toString(instances)));
  }

  /** Where the order of the events matters, one instance reads them before and after. */
  private ChildProcess.Run runRestored(
      Path work, String query, long count, int instances, PrintWriter out) throws IOException {
    Path script = script(work, "", query, count, CHECKSUM);
    int after = NexmarkQueries.ordered(query) ? 1 : instances + 1;
    ChildProcess.Run run =
        run(
            work,
            RestoredRun.class,
            List.of(
                script.toString(),
                Integer.toString(instances),
                Integer.toString(after),
                Long.toString(count / 2),
                emptyCheckpoints(work).toString()));
    out.printf(
        Locale.ROOT,
        "%-6s restored after %,d of %,d events, from parallelism %d to %d%n",
        query,
        run.number(RestoredRun.ROWS_BEFORE),
        count,
        instances,
        after);
    return run;
  }

  private Path script(Path work, String settings, String query, long count, String sink)
      throws IOException {
    delete(answerFiles(work));
    Path script = work.resolve(query + ".sql");
    String source =
        input == Input.FILE
            ? "'connector' = 'filesystem', 'format' = 'json', 'path' = '%s'"
                .formatted(file(work, count).toUri())
            : "'connector' = 'nexmark', 'events.num' = '" + count + "'";
    String files = answerFiles(work).toUri().toString();
    Files.writeString(script, settings + NexmarkQueries.script(query, source, sink, files));
    return script;
  }

  private ChildProcess.Run run(Path work, Class<?> main, List<String> arguments) {
    return ChildProcess.run(
        ChildProcess.java(
            List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+UseParallelGC"), main, arguments),
        work);
  }

  private static String checkpointSettings(Path folder) {
    return """
        SET 'execution.checkpointing.interval' = '1 s';
        SET 'execution.checkpointing.dir' = '%s';
        """
        .formatted(folder.toUri());
  }

  private static Path emptyCheckpoints(Path work) throws IOException {
    Path folder = work.resolve("checkpoints");
    delete(folder);
    return folder;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
