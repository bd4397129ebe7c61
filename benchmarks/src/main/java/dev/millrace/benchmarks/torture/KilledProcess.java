package dev.millrace.benchmarks.torture;

import dev.millrace.benchmarks.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that is started, killed and started again. Not thread-safe. */
final class KilledProcess implements AutoCloseable {
  private final List<String> command;
  private final Path log;
  private Process process;

  /** {@code log} takes what all its lives print. */
  KilledProcess(Class<?> main, List<String> arguments, Path log) {
    this.command =
        ChildProcess.java(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"), main, arguments);
    this.log = log;
  }

  void start() throws IOException {
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }

  /** Starts it again if it has ended by itself. */
  void startIfEnded() throws IOException {
    if (!process.isAlive()) {
      start();
    }
  }

  /** Ends it at once, as {@code kill -9} does; returns whether it was alive. */
  boolean kill() throws InterruptedException {
    boolean alive = process.isAlive();
    process.destroyForcibly();
    process.waitFor(1, TimeUnit.MINUTES);
    return alive;
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
