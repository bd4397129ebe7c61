package dev.millrace.benchmarks;

import dev.millrace.api.Engine;
import dev.millrace.api.Job;
import dev.millrace.api.Millrace;
import dev.millrace.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Watches the live heap of a job that reads from Kafka and writes to it. */
@Command(
    name = "heap",
    description = {
      "Runs a job from a generator through a Kafka topic and prints the live heap every five seconds:",
      "what is in use right after a full collection. The broker shares the process, and is part of it."
    },
    footer = {"", "Example:", "  millrace bench heap --seconds 60"})
final class HeapCommand implements Callable<Integer> {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  @Spec private CommandSpec spec;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      paramLabel = "N",
      description = "How long to run (default: 60).")
  private int seconds;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (EmbeddedBroker broker = EmbeddedBroker.start(null, 0)) {
      broker.createTopic("flow", 2);
      try (Job job = Millrace.sql(script(broker)).engine(Engine.NATIVE).start()) {
        for (int at = 0; at < seconds && !job.await(INTERVAL); at += (int) INTERVAL.toSeconds()) {
          out.printf(
              Locale.ROOT,
              "%4d s  %,14d rows  %6.1f MB live%n",
              at + INTERVAL.toSeconds(),
              job.status().rowsOut(),
              liveMegabytes());
          out.flush();
        }
      }
    }
    return 0;
  }

  private static String script(EmbeddedBroker broker) {
    return """
        CREATE TABLE numbers (id BIGINT, name STRING) WITH (
          'connector' = 'datagen', 'rows-per-second' = '200000', 'fields.name.length' = '50');
        CREATE TABLE flow (id BIGINT, name STRING) WITH (
          'connector' = 'kafka', 'topic' = 'flow', 'format' = 'json',
          'properties.bootstrap.servers' = '%s', 'scan.startup.mode' = 'earliest-offset');
        CREATE TABLE gone (id BIGINT, name STRING) WITH ('connector' = 'blackhole');
        INSERT INTO flow SELECT * FROM numbers;
        INSERT INTO gone SELECT id, UPPER(name) FROM flow;
        """
        .formatted(broker.bootstrapServers());
  }

  private static double liveMegabytes() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed() / 1e6;
  }
}
