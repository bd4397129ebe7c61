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
  private static final DateTimeFormatter WATERMARK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final PrintStream terminal;
  private final PrintStream realOut;
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
    Progress progress = new Progress(System.err, out);
    System.setOut(new PrintStream(progress.new Clearing(out), false, StandardCharsets.UTF_8));
    return progress;
  }

  /** Standard output that first removes the line. */
  private final class Clearing extends FilterOutputStream {
    Clearing(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      clear();
      out.write(value);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
      clear();
      out.write(bytes, start, length);
    }
  }

  /** Rewrites the line; rates are those since the last call. */
  synchronized void update(Job job) {
    if (terminal == null || job.engine() != Engine.NATIVE) {
      return;
    }
    JobStatus status = job.status();
    double seconds = Math.max(1e-3, seconds(status.running().minus(lastRunning)));
    String line =
        "%s in (%s/s), %s out (%s/s)%s, %s"
            .formatted(
                count(status.rowsIn()),
                count(Math.round((status.rowsIn() - lastRowsIn) / seconds)),
                count(status.rowsOut()),
                count(Math.round((status.rowsOut() - lastRowsOut) / seconds)),
                watermark(status.watermark()),
                clock(status.running()));
    terminal.print(ERASE_LINE + line);
    terminal.flush();
    shown = true;
    lastRowsIn = status.rowsIn();
    lastRowsOut = status.rowsOut();
    lastRunning = status.running();
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
    }
  }

  /** One line about a job that has ended. */
  static String summary(JobStatus status) {
    double seconds = Math.max(1e-3, seconds(status.running()));
    String skipped =
        status.rowsSkipped() == 0
            ? ""
            : ", " + count(status.rowsSkipped()) + " skipped (not decodable)";
    return String.format(
        Locale.ROOT,
        "%s rows in, %s rows out%s in %.2f s (%s rows/s)",
        count(status.rowsIn()),
        count(status.rowsOut()),
        skipped,
        seconds,
        count(Math.round(status.rowsIn() / seconds)));
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
