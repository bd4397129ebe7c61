package dev.millrace.benchmarks;

import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the JMH benchmark of JSON decoding. */
@Command(
    name = "json",
    description =
        "Decodes JSON lines with ours and with Jackson's streaming parser, on one thread.",
    footer = {"", "Example:", "  millrace bench json"})
final class JsonCommand implements Callable<Integer> {
  @Option(
      names = "--iterations",
      defaultValue = "5",
      paramLabel = "N",
      description = "Measured iterations of a second each (default: 5).")
  private int iterations;

  @Override
  public Integer call() throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(JsonDecodeBenchmark.class.getName())
                .forks(1)
                .warmupIterations(3)
                .measurementIterations(iterations)
                .build())
        .run();
    return 0;
  }
}
