package dev.millrace.benchmarks;

import dev.millrace.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends generated rows through a Kafka topic and back and counts what arrives. */
@Command(
    name = "roundtrip",
    description = {
      "Writes numbered rows to a Kafka topic and reads them back, each job a process of its own, and",
      "compares row count and checksum with those of the rows themselves."
    },
    footer = {"", "Example:", "  millrace bench roundtrip --rows 10000000"})
final class RoundTripCommand implements Callable<Integer> {
  private static final String ROW = "(id BIGINT, price DOUBLE, name STRING)";

  @Spec private CommandSpec spec;

  @Option(
      names = "--rows",
      defaultValue = "10000000",
      paramLabel = "N",
      description = "Rows to send (default: 10000000).")
  private long rows;

  @Option(
      names = "--partitions",
      defaultValue = "4",
      paramLabel = "N",
      description = "Partitions of the topic (default: 4).")
  private int partitions;

  @Override
  public Integer call() throws IOException {
    Path work = Files.createTempDirectory("millrace-roundtrip");
    try (EmbeddedBroker broker = EmbeddedBroker.start(null, 0)) {
      broker.createTopic("roundtrip", partitions);
      String kafka =
          ("CREATE TABLE topic %s WITH ('connector' = 'kafka', 'topic' = 'roundtrip', 'format' = 'json',"
                  + " 'properties.bootstrap.servers' = '%s', 'scan.startup.mode' = 'earliest-offset',"
                  + " 'scan.bounded.mode' = 'latest-offset');\n")
              .formatted(ROW, broker.bootstrapServers());
      ChildProcess.Run direct = run(work, "direct", generated() + insert("sink", "numbers"));
      ChildProcess.Run write = run(work, "write", generated() + kafka + insert("topic", "numbers"));
      ChildProcess.Run read = run(work, "read", kafka + insert("sink", "topic"));
      return print(direct, write, read);
    }
  }

  private String generated() {
    return ("CREATE TABLE ids (id BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '100000000',"
            + " 'fields.id.kind' = 'sequence',"
            + " 'fields.id.start' = '1', 'fields.id.end' = '%d');\n"
            + "CREATE VIEW numbers AS SELECT id, id / CAST(8 AS DOUBLE) AS price,"
            + " 'name of ' || CAST(id AS STRING) AS name FROM ids;\n")
        .formatted(rows);
  }

  private static String insert(String into, String from) {
    return "CREATE TABLE sink %s WITH ('connector' = 'checksum');\nINSERT INTO %s SELECT * FROM %s;\n"
        .formatted(ROW, into, from);
  }

  private static ChildProcess.Run run(Path work, String name, String script) throws IOException {
    Path file = work.resolve(name + ".sql");
    Files.writeString(file, script);
    return ChildProcess.run(
        ChildProcess.java(
            List.of("-Xmx2g", "-XX:+UseParallelGC"),
            ScriptRun.class,
            List.of(
                "native",
                file.toString(),
                Integer.toString(Runtime.getRuntime().availableProcessors()))),
        work);
  }

  private int print(ChildProcess.Run direct, ChildProcess.Run write, ChildProcess.Run read) {
    PrintWriter out = spec.commandLine().getOut();
    boolean equal =
        direct.number("rows") == rows
            && read.number("rows") == rows
            && direct.number("checksum") == read.number("checksum");
    out.printf(
        Locale.ROOT,
        "%,d rows to Kafka in %.1f s (%.0f MB peak), back in %.1f s (%.0f MB peak)%n"
            + "sent %,d, received %,d, checksums %s%n",
        rows,
        write.seconds(),
        write.peakMegabytes(),
        read.seconds(),
        read.peakMegabytes(),
        direct.number("rows"),
        read.number("rows"),
        equal ? "equal: none lost, none doubled" : "DIFFER");
    out.flush();
    return equal ? 0 : 1;
  }
}
