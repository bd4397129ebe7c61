package dev.millrace.connectors.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.connectors.testing.Flows;
import dev.millrace.connectors.testing.RowsSink;
import dev.millrace.connectors.testing.Tables;
import dev.millrace.connectors.testing.TestSinkContext;
import dev.millrace.connectors.testing.TextFormat;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.ValuesSource;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.runtime.Job;
import dev.millrace.engine.type.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemSinkTest {
  private static final DataType TEXT = Tables.rowOf(DataType.string());
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  @TempDir private Path temp;
  private final TestSinkContext context = new TestSinkContext();

  private Path folder() {
    return temp.resolve("out/of");
  }

  private Sink sink(String... options) {
    Map<String, String> all = new HashMap<>(Map.of("path", folder().toString(), "format", "text"));
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return new FileSystemSinkFactory().sink(Tables.sink(TEXT, all, new TextFormat()));
  }

  private static Batch batch(String... texts) {
    BatchBuilder builder = new BatchBuilder(TEXT);
    for (String text : texts) {
      ((BytesBuilder) builder.column(0)).append(text);
      builder.endRow();
    }
    return builder.build();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private List<String> visibleFiles() throws IOException {
    return files().stream().filter(name -> !name.startsWith(".")).toList();
  }

  private String content(String name) throws IOException {
    return Files.readString(folder().resolve(name));
  }

  @Test
  void fileIsHiddenUntilItIsComplete() throws IOException {
    try (SinkWriter writer = sink().writer(context)) {
      assertThat(files()).isEmpty();
      writer.write(batch("one", "", "three"));
      assertThat(files())
          .singleElement()
          .asString()
          .matches("\\.part-" + UUID + "-0-0\\.inprogress\\." + UUID);
      writer.finish();
      assertThat(files()).singleElement().asString().matches("part-" + UUID + "-0-0");
      assertThat(content(files().get(0))).isEqualTo("one\n\nthree\n");
    }
    assertThat(context.counter(Metrics.BYTES_OUT).get()).isEqualTo(11);
  }

  @Test
  void withCheckpointsFilesBecomeVisibleWithTheirEpoch() throws IOException {
    Sink sink = sink();
    try (SinkWriter writer = sink.writer(context.withCheckpoints())) {
      writer.write(batch("one"));
      List<String> first = writer.endEpoch();
      writer.write(batch("two"));
      List<String> second = writer.endEpoch();
      assertThat(writer.endEpoch()).isEmpty();
      assertThat(visibleFiles()).isEmpty();
      sink.publish(first);
      assertThat(visibleFiles()).hasSize(1);
      assertThat(content(visibleFiles().get(0))).isEqualTo("one\n");
      sink.publish(first);
      sink.publish(second);
      assertThat(visibleFiles()).hasSize(2);
      writer.write(batch("three"));
      writer.finish();
      assertThat(visibleFiles()).hasSize(2);
      sink.publish(writer.endEpoch());
      assertThat(visibleFiles()).hasSize(3);
    }
  }

  @Test
  void aPreparedFileThatIsGoneFailsTheJob() throws IOException {
    Sink sink = sink();
    try (SinkWriter writer = sink.writer(context.withCheckpoints())) {
      writer.write(batch("one"));
      List<String> prepared = writer.endEpoch();
      Files.delete(folder().resolve(prepared.get(0)));
      assertThatThrownBy(() -> sink.publish(prepared))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining(folder().toString());
    }
  }

  @Test
  void noRowsMakeNoFile() throws IOException {
    try (SinkWriter writer = sink().writer(context)) {
      writer.finish();
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void failedJobLeavesNothingVisible() throws IOException {
    try (SinkWriter writer = sink().writer(context)) {
      writer.write(batch("one"));
    }
    assertThat(visibleFiles()).isEmpty();
    assertThat(files()).hasSize(1);
  }

  @Test
  void rollsBySizeAndBeginsEachFileWithItsHeader() throws IOException {
    try (SinkWriter writer =
        sink("sink.rolling-policy.file-size", "10 b", "text.header", "H\n").writer(context)) {
      writer.write(batch("12345", "12", "x", "12345678901234567890", "y"));
      writer.finish();
    }
    List<String> names = visibleFiles();
    assertThat(names.stream().map(name -> name.replaceFirst(".*-", "")))
        .containsExactly("0", "1", "2");
    assertThat(content(names.get(0))).isEqualTo("H\n12345\n12\n");
    assertThat(content(names.get(1))).isEqualTo("H\nx\n12345678901234567890\n");
    assertThat(content(names.get(2))).isEqualTo("H\ny\n");
  }

  @Test
  void rollsByAge() throws IOException {
    try (SinkWriter writer =
        sink(
                "sink.rolling-policy.rollover-interval", "10 s",
                "sink.rolling-policy.inactivity-interval", "1 h",
                "sink.rolling-policy.check-interval", "1 s")
            .writer(context)) {
      for (int second = 0; second < 9; second++) {
        writer.write(batch("x"));
        context.clock().advance(Duration.ofSeconds(1));
        writer.tick();
      }
      assertThat(visibleFiles()).isEmpty();
      context.clock().advance(Duration.ofSeconds(1));
      writer.tick();
      assertThat(visibleFiles()).hasSize(1);
      writer.tick();
    }
  }

  @Test
  void rollsByInactivityWhenItIsTimeToCheck() throws IOException {
    try (SinkWriter writer =
        sink(
                "sink.rolling-policy.inactivity-interval", "2 s",
                "sink.rolling-policy.check-interval", "5 s")
            .writer(context)) {
      writer.write(batch("x"));
      context.clock().advance(Duration.ofSeconds(4));
      writer.tick();
      assertThat(visibleFiles()).isEmpty();
      context.clock().advance(Duration.ofSeconds(1));
      writer.tick();
      assertThat(visibleFiles()).hasSize(1);
    }
  }

  @Test
  void whatAJobWritesCanBeRead() throws Exception {
    List<List<Object>> rows =
        IntStream.range(0, 50_000).mapToObj(i -> List.<Object>of("row " + i)).toList();
    Sink sink = sink("sink.rolling-policy.file-size", "100 kb", "sink.parallelism", "3");
    assertThat(sink.parallelism()).isEqualTo(3);
    assertThat(sink.blocking()).isTrue();
    Job job =
        Job.start(Flows.flow(new ValuesSource(TEXT, rows), TEXT, sink), Flows.config(2, 1000));
    assertThat(job.await(Duration.ofSeconds(60))).isTrue();

    assertThat(files()).hasSizeGreaterThan(4).allMatch(name -> name.startsWith("part-"));
    Source source =
        new FileSystemSourceFactory()
            .source(
                Tables.source(
                    TEXT, Map.of("path", folder().toString(), "format", "text"), new TextFormat()));
    RowsSink read = new RowsSink(TEXT);
    Job reading = Job.start(Flows.flow(source, TEXT, read), Flows.config(2, 1000));
    assertThat(reading.await(Duration.ofSeconds(60))).isTrue();
    assertThat(read.rows()).hasSize(rows.size());
    assertThat(new HashSet<>(read.rows())).isEqualTo(new HashSet<>(rows));
  }

  @Test
  void folderThatCannotBeWrittenIsNamed() throws IOException {
    Files.createDirectories(folder().getParent());
    Files.writeString(folder(), "a file in the way");
    assertThatThrownBy(() -> sink().writer(context))
        .isInstanceOf(MillraceException.class)
        .hasMessage("Table 't': cannot write %s: it is not a folder.", folder());
  }

  @Test
  void folderThatGoesAwayIsNamed() throws IOException {
    try (SinkWriter writer = sink().writer(context)) {
      Files.delete(folder());
      assertThatThrownBy(() -> writer.write(batch("x")))
          .isInstanceOf(MillraceException.class)
          .hasMessage("Table 't': cannot write %s: it does not exist.", folder());
    }
  }

  @Test
  void refusesByNameWhatItCannotDo() {
    assertThatThrownBy(
            () ->
                sink(
                    "auto-compaction", "true",
                    "sink.partition-commit.policy.kind", "success-file",
                    "sink.partition-commit.delay", "1 h"))
        .isInstanceOfSatisfying(
            UnsupportedException.class,
            e ->
                assertThat(e.reasons())
                    .containsExactly(
                        "option 'sink.partition-commit.delay' of table 't'",
                        "option 'sink.partition-commit.policy.kind' of table 't'",
                        "option 'auto-compaction' of table 't'"));
    assertThat(sink("auto-compaction", "false")).isNotNull();
  }

  @Test
  void wrongSizesAreNamed() {
    for (String option :
        List.of(
            "sink.rolling-policy.rollover-interval",
            "sink.rolling-policy.inactivity-interval",
            "sink.rolling-policy.check-interval",
            "sink.rolling-policy.file-size")) {
      assertThatThrownBy(() -> sink(option, "0"))
          .hasMessage("Option '%s' of table 't' must be greater than 0.", option);
    }
  }
}
