package dev.millrace.conformance.golden;

import dev.millrace.api.Engine;
import dev.millrace.api.Job;
import dev.millrace.api.MemorySink;
import dev.millrace.api.Millrace;
import dev.millrace.api.Row;
import dev.millrace.conformance.changelog.Change;
import dev.millrace.conformance.changelog.Materialized;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The scripts of {@code golden/}: each ends in a SELECT, or in an INSERT into the in-memory table
 * {@code answer}, whose key its first line may name. What it must come to stands beside it in a
 * file ending in {@code .out}, written by Flink.
 */
final class GoldenFiles {
  static final Path FOLDER =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/golden");

  private static final Path TABLES = FOLDER.resolve("tables.sql");
  private static final Pattern KEY = Pattern.compile("-- key: (.+)");

  private GoldenFiles() {}

  /** The names of all, sorted. */
  static List<String> names() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".sql") && !file.equals(TABLES))
          .map(file -> file.getFileName().toString().replace(".sql", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path expected(String name) {
    return FOLDER.resolve(name + ".out");
  }

  /** Runs a script and folds what comes out: one row per line, sorted. */
  static List<String> run(String name, Engine engine) throws IOException, InterruptedException {
    return run(name, script(name).engine(engine).parallelism(1));
  }

  /** Compiles a script, which takes longer than running it. */
  static void compile(String name, Path plan) throws IOException {
    script(name).compile(plan);
  }

  /** Runs what {@link #compile} made natively. */
  static List<String> runPlan(String name, Path plan, int parallelism)
      throws IOException, InterruptedException {
    return run(name, Millrace.file(plan).engine(Engine.NATIVE).parallelism(parallelism));
  }

  private static Millrace script(String name) throws IOException {
    String input = FOLDER.resolve("input").toUri().toString();
    String script = Files.readString(TABLES).replace("${input}", input) + own(name);
    return Millrace.sql(script).set("table.local-time-zone", "UTC");
  }

  private static String own(String name) throws IOException {
    return Files.readString(FOLDER.resolve(name + ".sql"));
  }

  private static List<String> run(String name, Millrace script)
      throws IOException, InterruptedException {
    MemorySink answer = new MemorySink();
    List<Row> rows = new ArrayList<>();
    try (Job job = script.sink("answer", answer).start()) {
      if (job.selection().isPresent()) {
        job.forEachRow(rows::add);
      } else {
        job.await();
        rows.addAll(answer.rows());
      }
    }
    return fold(name, rows.stream().map(row -> Change.of(row.kind(), row.values())).toList());
  }

  /** The rows that a script leaves behind. */
  static List<String> fold(String name, List<Change> changes) throws IOException {
    return Materialized.fold(changes, key(own(name)));
  }

  private static int[] key(String script) {
    Matcher key = KEY.matcher(script);
    return key.find()
        ? Arrays.stream(key.group(1).split(" ", -1)).mapToInt(Integer::parseInt).toArray()
        : new int[0];
  }
}
