package dev.millrace.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how long a tiny job takes from the command line to its end, and its memory. */
@Command(
    name = "startup",
    description = {
      "Runs a job of 10 rows from a file to the console: from SQL, from a compiled plan, and from SQL",
      "on embedded Flink; turn by turn, each a process of its own, started as a user starts it."
    },
    footer = {"", "Example:", "  millrace bench startup --rounds 5"})
final class StartupCommand implements Callable<Integer> {
  private static final int ROWS = 10;

  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      paramLabel = "N",
      description = "Measured runs of each (default: 5).")
  private int rounds;

  @Override
  public Integer call() throws IOException {
    Path work = Files.createTempDirectory("millrace-startup");
    Path script = work.resolve("job.sql");
    Path plan = work.resolve("job.plan.json");
    Files.writeString(work.resolve("rows.json"), rows());
    Files.writeString(script, sql(work.resolve("rows.json")));
    String millrace = Path.of(System.getProperty("millrace.home", "."), "millrace").toString();
    ChildProcess.run(List.of(millrace, "compile", script.toString(), "-o", plan.toString()), work);

    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put("native, SQL", run(millrace, script, "native"));
    commands.put("native, compiled plan", run(millrace, plan, "native"));
    commands.put("embedded Flink, SQL", run(millrace, script, "flink"));
    Map<String, List<ChildProcess.Run>> runs = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      commands.forEach(
          (name, command) ->
              runs.computeIfAbsent(name, any -> new ArrayList<>())
                  .add(ChildProcess.run(command, work)));
    }
    print(runs);
    return 0;
  }

  private static List<String> run(String millrace, Path job, String engine) {
    return List.of(millrace, "run", job.toString(), "--engine", engine, "--parallelism", "2");
  }

  private static String rows() {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      rows.append("{\"id\": %d, \"name\": \" Row %d \"}\n".formatted(i, i));
    }
    return rows.toString();
  }

  private static String sql(Path rows) {
    return """
        CREATE TABLE source (id INT, name STRING)
        WITH ('connector' = 'filesystem', 'path' = '%s', 'format' = 'json');
        CREATE TABLE console (id INT, name STRING) WITH ('connector' = 'print');
        INSERT INTO console SELECT id * 2, UPPER(TRIM(name)) FROM source WHERE id <> 5;
        """
        .formatted(rows.toUri());
  }

  private void print(Map<String, List<ChildProcess.Run>> runs) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%d rows, %d rounds, medians%n%n%-24s %8s %8s %8s %8s%n",
        ROWS, rounds, "", "seconds", "spread", "CPU s", "peak MB");
    runs.forEach(
        (name, of) ->
            out.printf(
                Locale.ROOT,
                "%-24s %8.2f %7.0f%% %8.2f %8.0f%n",
                name,
                Statistics.median(of, ChildProcess.Run::seconds),
                Statistics.spread(of, ChildProcess.Run::seconds) * 100,
                Statistics.median(of, ChildProcess.Run::cpuSeconds),
                Statistics.median(of, ChildProcess.Run::peakMegabytes)));
    out.flush();
  }
}
