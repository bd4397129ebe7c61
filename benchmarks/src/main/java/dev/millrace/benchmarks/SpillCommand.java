package dev.millrace.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a group-by over more keys than fit into the memory for state, and one that has room. */
@Command(
    name = "spill",
    description = {
      "Groups rows by so many keys that their state is about four times 'millrace.state.memory', and",
      "does the same with enough of it; each in a process of its own. Results are compared by row",
      "count and checksum."
    },
    footer = {"", "Example:", "  millrace bench spill --keys 8000000"})
final class SpillCommand implements Callable<Integer> {
  /** What a group of this query takes in memory, about. */
  private static final int BYTES_PER_KEY = 40;

  private static final int ROWS_PER_KEY = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--keys",
      defaultValue = "8000000",
      paramLabel = "N",
      description = "How many keys (default: 8000000).")
  private long keys;

  @Option(
      names = "--heap",
      defaultValue = "1g",
      paramLabel = "SIZE",
      description = "Heap of the process whose state does not fit (default: 1g).")
  private String heap;

  @Override
  public Integer call() throws IOException {
    Path work = Files.createTempDirectory("millrace-spill");
    long megabytes = Math.max(1, (keys * BYTES_PER_KEY / 4) >> 20);
    ChildProcess.Run room = run(work, "6g", 5L << 10);
    ChildProcess.Run spilled = run(work, heap, megabytes);
    boolean equal =
        room.number("rows") == spilled.number("rows")
            && room.number("checksum") == spilled.number("checksum");
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "%,d keys, %,d rows%n%n", keys, keys * ROWS_PER_KEY);
    print(out, "enough memory", room);
    print(out, megabytes + " MB for state", spilled);
    out.printf("results: %s%n", equal ? "equal" : "DIFFERENT");
    out.flush();
    return equal ? 0 : 1;
  }

  private static void print(PrintWriter out, String name, ChildProcess.Run run) {
    out.printf(
        Locale.ROOT,
        "%-20s %8.1f s %8.0f MB peak, %,d rows out%n",
        name,
        run.number(ScriptRun.AFTER_START) / 1e9,
        run.peakMegabytes(),
        run.number("rows"));
  }

  private ChildProcess.Run run(Path work, String heapSize, long stateMegabytes) throws IOException {
    Path script = work.resolve("job.sql");
    Files.writeString(script, sql(work, stateMegabytes));
    return ChildProcess.run(
        ChildProcess.java(
            List.of("-Xmx" + heapSize, "-XX:+UseParallelGC"),
            ScriptRun.class,
            List.of("native", script.toString(), "2")),
        work);
  }

  private String sql(Path work, long stateMegabytes) {
    return """
        SET 'millrace.state.memory' = '%d mb';
        SET 'millrace.state.dir' = '%s';
        CREATE TABLE numbers (n BIGINT) WITH (
          'connector' = 'datagen', 'rows-per-second' = '1000000000',
          'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '%d');
        CREATE TABLE answer (k BIGINT, c BIGINT, s BIGINT) WITH ('connector' = 'checksum');
        INSERT INTO answer
          SELECT k, COUNT(*), SUM(n) FROM (SELECT MOD(n * 7919, %d) AS k, n FROM numbers) GROUP BY k;
        """
        .formatted(stateMegabytes, work, keys * ROWS_PER_KEY, keys);
  }
}
