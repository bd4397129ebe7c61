package dev.millrace.benchmarks;

import dev.millrace.api.Engine;
import dev.millrace.api.Job;
import dev.millrace.api.Millrace;
import dev.millrace.benchmarks.checksum.ChecksumResult;
import java.nio.file.Path;
import java.util.Locale;

/** The measured process: runs one script on one engine to its end. */
public final class ScriptRun {
  /** The result that tells how many nanoseconds the job took once it was planned and started. */
  public static final String AFTER_START = "nanos-after-start";

  private ScriptRun() {}

  /** Arguments: engine, script file, parallelism. */
  public static void main(String[] arguments) throws InterruptedException {
    Engine engine = Engine.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    try (Job job =
        Millrace.file(Path.of(arguments[1]))
            .engine(engine)
            .parallelism(Integer.parseInt(arguments[2]))
            .start()) {
      long started = System.nanoTime();
      job.await();
      ChildProcess.report(AFTER_START, System.nanoTime() - started);
    }
    ChecksumResult.report();
    System.out.flush();
    // Flink's threads would keep the process alive for a while.
    Runtime.getRuntime().halt(0);
  }
}
