package dev.millrace.benchmarks.torture;

import dev.millrace.api.Engine;
import dev.millrace.api.Job;
import dev.millrace.api.Millrace;
import java.nio.file.Path;

/** The job in a process of its own, which can be killed; it goes on where it was. */
public final class TortureJob {
  private TortureJob() {}

  /** Argument: the plan. */
  public static void main(String[] arguments) throws InterruptedException {
    try (Job job =
        Millrace.file(Path.of(arguments[0])).engine(Engine.NATIVE).resume(true).start()) {
      job.await();
    }
  }
}
