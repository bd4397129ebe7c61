package dev.millrace.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Runs one measured thing in a JVM of its own. */
public final class ChildProcess {
  private static final long TIMEOUT_MINUTES = 30;
  private static final List<String> OPENS =
      List.of("lang", "util", "util.concurrent", "nio", "net", "time");

  /**
   * What a run took.
   *
   * @param seconds wall time of the whole process
   * @param cpuSeconds of all its threads
   * @param peakMegabytes its largest resident size
   * @param results what it printed of itself, by name
   */
  public record Run(
      double seconds, double cpuSeconds, double peakMegabytes, Map<String, String> results) {
    public long number(String result) {
      return Long.parseLong(results.getOrDefault(result, "-1"));
    }
  }

  private ChildProcess() {}

  /** The command line of a JVM with this process's class path. */
  public static List<String> java(List<String> flags, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String name : OPENS) {
      command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
    }
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return command;
  }

  /**
   * Runs a command to its end and measures it from outside with GNU time's figures where the system
   * has them (Linux: /proc), so that peers are measured alike.
   */
  public static Run run(List<String> command, Path directory) {
    try {
      Path out = Files.createTempFile("millrace-bench", ".out");
      Path err = Files.createTempFile("millrace-bench", ".err");
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      ProcessMeter meter = ProcessMeter.follow(process);
      if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("gave up after " + TIMEOUT_MINUTES + " minutes");
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      meter.join();
      if (process.exitValue() != 0) {
        throw new IllegalStateException(
            "a measured process failed: "
                + Files.readString(err, StandardCharsets.UTF_8).lines().findFirst().orElse("")
                + " (all of it: "
                + err
                + ")");
      }
      Run run = new Run(seconds, meter.cpuSeconds(), meter.peakMegabytes(), results(out));
      Files.delete(out);
      Files.delete(err);
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Lines of the form {@code RESULT name=value}. */
  private static Map<String, String> results(Path out) throws IOException {
    Map<String, String> results = new TreeMap<>();
    for (String line : Files.readAllLines(out, StandardCharsets.UTF_8)) {
      if (line.startsWith("RESULT ")) {
        String[] parts = line.substring("RESULT ".length()).split("=", 2);
        results.put(parts[0], parts[1]);
      }
    }
    return results;
  }

  /** Prints a result for the parent process to read. */
  public static void report(String name, Object value) {
    System.out.println("RESULT " + name + "=" + value);
  }
}
