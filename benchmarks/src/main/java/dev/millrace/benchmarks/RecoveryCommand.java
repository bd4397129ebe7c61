package dev.millrace.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how long a job that was killed takes until it writes results again. */
@Command(
    name = "recovery",
    description = {
      "Runs a job that counts by key and prints, kills its process as kill -9 does once it has",
      "checkpoints, starts it again with --resume, and measures the time from that kill to the first",
      "new line. The same job without any state is started in between: the difference is what the",
      "state takes."
    },
    footer = {"", "Example:", "  millrace bench recovery --keys 1000000 --rounds 5"})
final class RecoveryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--keys",
      defaultValue = "1000000",
      paramLabel = "N",
      description = "How many keys the state has, about (default: 1000000).")
  private long keys;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      paramLabel = "N",
      description = "How often it is killed (default: 5).")
  private int rounds;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("millrace-recovery");
    Path script = script(work, "recovery");
    List<Double> resumed = new ArrayList<>();
    List<Double> fresh = new ArrayList<>();
    Process running = start(script);
    awaitRows(running, 4 * keys);
    for (int round = 0; round < rounds; round++) {
      double dying = secondsToKill(running);
      fresh.add(dying + secondsOfFreshStart(script(work, "fresh-" + round)));
      long started = System.nanoTime();
      running = start(script, "--resume");
      awaitRows(running, 1);
      resumed.add(dying + secondsSince(started));
      awaitRows(running, keys);
    }
    running.destroyForcibly();
    print("from kill -9 to the first new result", resumed);
    print("the same without state", fresh);
    return 0;
  }

  private static double secondsToKill(Process process) throws InterruptedException {
    long killed = System.nanoTime();
    process.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
    return secondsSince(killed);
  }

  private static double secondsOfFreshStart(Path script) throws IOException, InterruptedException {
    long started = System.nanoTime();
    Process process = start(script);
    awaitRows(process, 1);
    double seconds = secondsSince(started);
    secondsToKill(process);
    return seconds;
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static Process start(Path script, String... options) throws IOException {
    String millrace = Path.of(System.getProperty("millrace.home", "."), "millrace").toString();
    List<String> command = new ArrayList<>(List.of(millrace, "run", script.toString()));
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(script.resolveSibling("log").toFile()))
        .start();
  }

  private static void awaitRows(Process process, long count) throws IOException {
    BufferedReader out = process.inputReader();
    for (long row = 0; row < count; row++) {
      if (out.readLine() == null) {
        throw new IOException("the job has ended by itself");
      }
    }
  }

  private Path script(Path work, String name) throws IOException {
    return Files.writeString(work.resolve(name + ".sql"), sql(name, work.resolve("checkpoints")));
  }

  private String sql(String name, Path checkpoints) {
    return """
        SET 'pipeline.name' = '%s';
        SET 'execution.checkpointing.interval' = '1 s';
        SET 'execution.checkpointing.dir' = '%s';
        CREATE TABLE numbers (k BIGINT) WITH (
          'connector' = 'datagen', 'rows-per-second' = '%d',
          'fields.k.min' = '1', 'fields.k.max' = '%d');
        CREATE TABLE console (k BIGINT, n BIGINT) WITH ('connector' = 'print');
        INSERT INTO console SELECT k, COUNT(*) FROM numbers GROUP BY k;
        """
        .formatted(name, checkpoints.toUri(), keys, keys);
  }

  private void print(String what, List<Double> seconds) {
    PrintWriter out = spec.commandLine().getOut();
    double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    out.printf(
        Locale.ROOT,
        "%,d keys, %d kills; %s: median %.2f s, all %s%n",
        keys,
        rounds,
        what,
        sorted[sorted.length / 2],
        Arrays.stream(sorted).mapToObj(each -> String.format(Locale.ROOT, "%.2f", each)).toList());
    out.flush();
  }
}
