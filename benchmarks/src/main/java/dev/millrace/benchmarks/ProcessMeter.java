package dev.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Watches a process from outside by Linux's /proc: processor time and peak resident size, both read
 * every few milliseconds, the last reading before its end counting.
 */
final class ProcessMeter extends Thread {
  private static final long INTERVAL_MILLIS = 5;
  private static final double TICKS_PER_SECOND = 100;
  private static final int UTIME = 11;
  private static final int STIME = 12;

  private final Process process;
  private volatile double cpuSeconds;
  private volatile double peakMegabytes;

  private ProcessMeter(Process process) {
    super("process-meter");
    this.process = process;
    setDaemon(true);
  }

  static ProcessMeter follow(Process process) {
    ProcessMeter meter = new ProcessMeter(process);
    meter.start();
    return meter;
  }

  @Override
  public void run() {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    while (process.isAlive()) {
      try {
        readCpu(Files.readString(proc.resolve("stat")));
        readPeak(Files.readAllLines(proc.resolve("status")));
        sleep(INTERVAL_MILLIS);
      } catch (IOException e) {
        return;
      } catch (InterruptedException e) {
        currentThread().interrupt();
        return;
      }
    }
  }

  private void readCpu(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    cpuSeconds = (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
  }

  private void readPeak(List<String> status) {
    for (String line : status) {
      if (line.startsWith("VmHWM:")) {
        peakMegabytes = Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
  }

  double cpuSeconds() {
    return cpuSeconds;
  }

  double peakMegabytes() {
    return peakMegabytes;
  }
}
