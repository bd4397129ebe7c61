package dev.millrace.cli;

import dev.millrace.api.Engine;
import dev.millrace.api.Job;
import dev.millrace.api.RunObserver;
import dev.millrace.cli.control.ControlServer;
import dev.millrace.cli.control.JobClaim;
import dev.millrace.cli.rows.RowFormat;
import dev.millrace.cli.rows.RowPrinter;
import dev.millrace.engine.error.MillraceException;
import java.time.Duration;
import java.util.List;

/** Shows on the console what a script does, and stops its jobs on Ctrl-C. */
final class ConsoleRun implements RunObserver, AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final RowFormat format;
  private final Progress progress;
  private final ShutdownSignal signal;
  private volatile Job current;

  /** Of the job that runs, if it has checkpoints. */
  private JobClaim claim;

  private ControlServer control;

  private boolean hasPrinted;

  ConsoleRun(RowFormat format) {
    this.format = format;
    this.progress = Progress.onConsole();
    this.signal = ShutdownSignal.onShutdown(this::stopCurrent);
  }

  private void stopCurrent() {
    Job job = current;
    if (job != null) {
      job.stop();
    }
  }

  /** Whether Ctrl-C or a termination signal has come. */
  boolean stopped() {
    return signal.received();
  }

  @Override
  public void output(List<String> columns, List<List<String>> rows, boolean plain) {
    if (hasPrinted) {
      System.out.println();
    }
    hasPrinted = true;
    if (plain) {
      System.out.println(rows.get(0).get(0));
    } else {
      TextTable.print(columns, rows, System.out);
    }
  }

  /** A script's jobs run one after the other: that of the one before is free. */
  @Override
  public void starting(String job) {
    claim = JobClaim.of(job);
  }

  @Override
  public void started(Job job) throws InterruptedException {
    if (claim != null) {
      control = ControlServer.open(job);
    }
    try {
      watch(job);
    } finally {
      release();
    }
  }

  private void release() {
    if (control != null) {
      control.close();
      control = null;
    }
    if (claim != null) {
      claim.close();
      claim = null;
    }
  }

  private void watch(Job job) throws InterruptedException {
    current = job;
    if (stopped()) {
      job.stop();
    }
    try {
      if (job.selection().isPresent()) {
        printRows(job, job.selection().get());
      } else {
        while (!job.await(PAUSE)) {
          progress.update(job);
        }
      }
    } finally {
      current = null;
      progress.clear();
    }
    System.out.flush();
    summarize(job);
  }

  private void printRows(Job job, Job.Selection selection) throws InterruptedException {
    RowPrinter printer =
        format.printer(selection.rowType(), selection.changelog(), selection.zone(), System.out);
    try {
      job.forEachBatch(
          printer::print,
          () -> {
            printer.flush();
            progress.update(job);
          });
    } catch (MillraceException e) {
      // Rows that came before the failure are shown; the end of the table would be a lie.
      printer.flush();
      throw e;
    }
    printer.finish();
  }

  private static void summarize(Job job) {
    System.err.println(
        job.engine() == Engine.NATIVE
            ? Progress.summary(job.status())
            : "finished on embedded Flink after " + job.status().running().toSeconds() + " s");
  }

  @Override
  public void close() {
    release();
    progress.close();
    signal.close();
  }
}
