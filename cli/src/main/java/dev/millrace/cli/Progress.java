package dev.millrace.cli;

import dev.millrace.api.Engine;
import dev.millrace.api.Job;
import dev.millrace.api.JobStatus;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Tells a person at a terminal how a job goes: a line that is rewritten while it runs, and a
 * summary at its end, both on standard error. Thread-safe.
 */
final class Progress implements AutoCloseable {
  /** Set by the launcher, since not every Java version can tell. */
  private static final String TERMINAL = "millrace.terminal";

  private static final String ERASE_LINE = "\r\u001b[K";

  /** Around the line, so that a narrow terminal cuts it: only one line can be erased. */
  private static final String NO_WRAP = "\u001b[?7l";

  private static final String WRAP = "\u001b[?7h";
  private static final long REFRESH_NANOS = 500_000_000;
  private static final DateTimeFormatter WATERMARK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The real standard error. */
  private final PrintStream terminal;

  private final PrintStream realOut;
  private long lastShown = System.nanoTime();
  private Job watched;
  private long lastRowsIn;
  private long lastRowsOut;
  private Duration lastRunning = Duration.ZERO;
  private boolean shown;

  /** {@code terminal} is null when nobody watches. */
  private Progress(PrintStream terminal, PrintStream realOut) {
    this.terminal = terminal;
    this.realOut = realOut;
  }

  /** Shows the line if somebody watches a terminal; what is printed there makes it go away. */
  static Progress onConsole() {
    if (!Boolean.getBoolean(TERMINAL)) {
      return new Progress(null, null);
    }
    PrintStream out = System.out;
    PrintStream err = System.err;
    Progress progress = new Progress(err, out);
    System.setOut(new PrintStream(progress.new Clearing(out), false, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(progress.new Clearing(err), true, StandardCharsets.UTF_8));
    return progress;
  }

  /** Standard output or error that first removes the line. */
  private final class Clearing extends FilterOutputStream {
    Clearing(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      synchronized (Progress.this) {
        clear();
        out.write(value);
      }
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
      synchronized (Progress.this) {
        clear();
        out.write(bytes, start, length);
      }
    }
  }

  /** Rewrites the line, unless that was done a moment ago; rates are those since then. */
  synchronized void update(Job job) {
    if (terminal == null || System.nanoTime() - lastShown < REFRESH_NANOS) {
      return;
    }
    lastShown = System.nanoTime();
    if (job != watched) {
      watched = job;
      lastRowsIn = 0;
      lastRowsOut = 0;
      lastRunning = Duration.ZERO;
    }
    JobStatus status = job.status();
    String line =
        job.engine() == Engine.NATIVE
            ? clock(status.running()) + "  " + counts(status)
            : clock(status.running()) + "  running on embedded Flink";
    terminal.print(ERASE_LINE + NO_WRAP + line + WRAP);
    terminal.flush();
    shown = true;
  }

  private String counts(JobStatus status) {
    double seconds = Math.max(1e-3, seconds(status.running().minus(lastRunning)));
    String counts =
        "%s rows in (%s/s), %s rows out (%s/s)%s"
            .formatted(
                count(status.rowsIn()),
                count(Math.round((status.rowsIn() - lastRowsIn) / seconds)),
                count(status.rowsOut()),
                count(Math.round((status.rowsOut() - lastRowsOut) / seconds)),
                watermark(status.watermark()));
    lastRowsIn = status.rowsIn();
    lastRowsOut = status.rowsOut();
    lastRunning = status.running();
    return counts;
  }

  /** Removes the line, for other output to take its place. */
  synchronized void clear() {
    if (shown) {
      terminal.print(ERASE_LINE);
      terminal.flush();
      shown = false;
    }
  }

  @Override
  public void close() {
    clear();
    if (realOut != null) {
      System.out.flush();
      System.setOut(realOut);
      System.setErr(terminal);
    }
  }

  /** One line about a job that has ended. */
  static String summary(JobStatus status) {
    double seconds = Math.max(1e-3, seconds(status.running()));
    return String.format(
        Locale.ROOT,
        "%s rows in, %s rows out%s in %.2f s (%s rows/s)",
        count(status.rowsIn()),
        count(status.rowsOut()),
        unless0(status.rowsSkipped(), "skipped")
            + unless0(status.deadLetters(), "to the dead-letter table"),
        seconds,
        count(Math.round(status.rowsIn() / seconds)));
  }

  private static String unless0(long number, String what) {
    return number == 0 ? "" : ", " + count(number) + " " + what;
  }

  private static String watermark(OptionalLong watermark) {
    return watermark.isEmpty()
        ? ""
        : ", watermark " + WATERMARK.format(Instant.ofEpochMilli(watermark.getAsLong()));
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static String clock(Duration running) {
    return String.format(Locale.ROOT, "%d:%02d", running.toMinutes(), running.toSecondsPart());
  }
}
