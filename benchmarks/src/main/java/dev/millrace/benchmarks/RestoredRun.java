package dev.millrace.benchmarks;

import dev.millrace.api.Engine;
import dev.millrace.api.Job;
import dev.millrace.api.Millrace;
import dev.millrace.benchmarks.checksum.ChecksumResult;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The compared process: runs one script natively until so many rows were read, stops it with a
 * checkpoint, and goes on from that to the end at another parallelism.
 */
public final class RestoredRun {
  /** The result that tells how many rows were read before the checkpoint. */
  public static final String ROWS_BEFORE = "rows-before";

  private static final Duration PAUSE = Duration.ofMillis(1);

  private RestoredRun() {}

  /** Arguments: script file, parallelism before, parallelism after, rows, checkpoints' folder. */
  public static void main(String[] arguments) throws InterruptedException {
    Millrace script = Millrace.file(Path.of(arguments[0])).engine(Engine.NATIVE);
    script.set("execution.checkpointing.interval", "1 h");
    script.set("execution.checkpointing.dir", Path.of(arguments[4]).toUri().toString());
    try (Job job = script.parallelism(Integer.parseInt(arguments[1])).start()) {
      long rows = Long.parseLong(arguments[3]);
      boolean ended = false;
      while (!ended && job.status().rowsIn() < rows) {
        ended = job.await(PAUSE);
      }
      job.stop();
      job.await();
      ChildProcess.report(ROWS_BEFORE, job.status().rowsIn());
    }
    try (Job job = script.parallelism(Integer.parseInt(arguments[2])).resume(true).start()) {
      job.await();
    }
    ChecksumResult.report();
  }
}
