package dev.millrace.benchmarks.nexmark;

import dev.millrace.benchmarks.ChildProcess.Run;
import dev.millrace.benchmarks.ScriptRun;
import dev.millrace.benchmarks.Statistics;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Works figures out of the runs and prints them, a line per query and engine. */
final class NexmarkReport {
  /** What the comparison of the engines' results said. */
  enum Results {
    EQUAL("equal"),
    DIFFERENT("DIFFER"),
    /** They depend on the clock. */
    NOT_COMPARABLE("-");

    private final String text;

    Results(String text) {
      this.text = text;
    }
  }

  /** The runs of one query on one engine. */
  record Runs(List<Run> small, List<Run> large) {}

  /**
   * The figures of one query on one engine; rates are events per second, the marginal CPU is
   * seconds per million events.
   */
  private record Figures(
      String query,
      String engine,
      double seconds,
      double spread,
      double marginalRate,
      double cpuSeconds,
      double marginalCpu,
      double peakMegabytes,
      double ratio,
      Results results) {}

  private final long small;
  private final long large;
  private final PrintWriter out;
  private final List<Figures> figures = new ArrayList<>();
  private boolean different;

  NexmarkReport(long small, long large, PrintWriter out) {
    this.small = small;
    this.large = large;
    this.out = out;
  }

  void header(int rounds, String heap, int parallelism) {
    out.printf(
        Locale.ROOT,
        "%,d and %,d events, %d rounds, heap %s, parallelism %d, %s, medians%n%n",
        small,
        large,
        rounds,
        heap,
        parallelism,
        "Java " + Runtime.version());
    out.printf(
        Locale.ROOT,
        "%-6s %-11s %9s %7s %14s %9s %9s %9s %7s  %s%n",
        "query",
        "engine",
        "seconds",
        "spread",
        "marginal ev/s",
        "CPU s",
        "CPU s/M",
        "peak MB",
        "ratio",
        "results");
    out.flush();
  }

  /** {@code runs} are by engine, ours first; a ratio is ours over theirs. */
  void query(String query, Map<String, Runs> runs, Results results) {
    double ours = Double.NaN;
    for (Map.Entry<String, Runs> entry : runs.entrySet()) {
      Runs of = entry.getValue();
      double rate = marginalRate(of);
      ours = Double.isNaN(ours) ? rate : ours;
      Figures line =
          new Figures(
              query,
              entry.getKey(),
              Statistics.median(of.large(), Run::seconds),
              Statistics.spread(of.large(), Run::seconds),
              rate,
              Statistics.median(of.large(), Run::cpuSeconds),
              marginal(of, Run::cpuSeconds) * 1e6,
              Statistics.median(of.large(), Run::peakMegabytes),
              ours / rate,
              results);
      figures.add(line);
      print(line);
    }
    different |= results == Results.DIFFERENT;
  }

  /** A query whose results were compared, but nothing measured. */
  void compared(String query, Results results) {
    different |= results == Results.DIFFERENT;
    out.printf(Locale.ROOT, "%-6s %s%n", query, results.text);
    out.flush();
  }

  private double marginalRate(Runs runs) {
    return 1 / marginal(runs, NexmarkReport::secondsAfterStart);
  }

  /** What one more event adds. */
  private double marginal(Runs runs, ToDoubleFunction<Run> figure) {
    return (Statistics.median(runs.large(), figure) - Statistics.median(runs.small(), figure))
        / (large - small);
  }

  private static double secondsAfterStart(Run run) {
    return run.number(ScriptRun.AFTER_START) / 1e9;
  }

  private void print(Figures line) {
    out.printf(
        Locale.ROOT,
        "%-6s %-11s %9.2f %6.0f%% %,14.0f %9.2f %9.3f %,9.0f %6.2fx  %s%n",
        line.query(),
        line.engine(),
        line.seconds(),
        line.spread() * 100,
        line.marginalRate(),
        line.cpuSeconds(),
        line.marginalCpu(),
        line.peakMegabytes(),
        line.ratio(),
        line.results().text);
    out.flush();
  }

  /** The geometric mean of our ratios to each peer. */
  void summary() {
    figures.stream()
        .map(Figures::engine)
        .distinct()
        .skip(1)
        .forEach(
            peer -> {
              double mean =
                  Math.exp(
                      figures.stream()
                          .filter(line -> line.engine().equals(peer))
                          .mapToDouble(line -> Math.log(line.ratio()))
                          .average()
                          .orElse(0));
              out.printf(
                  Locale.ROOT, "%nmarginal rate against %s: %.1fx (geometric mean)%n", peer, mean);
            });
    out.flush();
  }

  boolean allEqual() {
    return !different;
  }

  /** An array with an object per query and engine. */
  String json() {
    List<String> objects = new ArrayList<>();
    for (Figures line : figures) {
      objects.add(
          String.format(
              Locale.ROOT,
              "  {\"query\": \"%s\", \"engine\": \"%s\", \"events\": %d, \"seconds\": %.3f,"
                  + " \"spread\": %.3f, \"marginalRate\": %.0f, \"cpuSeconds\": %.2f,"
                  + " \"marginalCpuSecondsPerMillion\": %.3f, \"peakMegabytes\": %.0f,"
                  + " \"ratio\": %.2f, \"results\": \"%s\"}",
              line.query(),
              line.engine(),
              large,
              line.seconds(),
              line.spread(),
              line.marginalRate(),
              line.cpuSeconds(),
              line.marginalCpu(),
              line.peakMegabytes(),
              line.ratio(),
              line.results()));
    }
    return "[\n" + String.join(",\n", objects) + "\n]\n";
  }
}
