package dev.millrace.connectors.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.millrace.connectors.testing.Flows;
import dev.millrace.connectors.testing.Pieces;
import dev.millrace.connectors.testing.RowsSink;
import dev.millrace.connectors.testing.Tables;
import dev.millrace.connectors.testing.TextFormat;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SplitEnumerator;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.runtime.Simulation;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileSystemSourceTest {
  private static final DataType TEXT = Tables.rowOf(DataType.string());
  private static final long WHOLE_FILES = Long.MAX_VALUE;

  @TempDir private Path folder;

  private Source source(long rangeBytes, String... options) {
    return source(folder, rangeBytes, options);
  }

  private static Source source(Path path, long rangeBytes, String... options) {
    return new FileSystemSourceFactory(rangeBytes)
        .source(Tables.source(TEXT, allOptions(path.toString(), options), new TextFormat()));
  }

  private static Map<String, String> allOptions(String path, String... options) {
    Map<String, String> all = new HashMap<>(Map.of("path", path, "format", "text"));
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return all;
  }

  private void write(String name, String content) throws IOException {
    write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private static List<String> read(Source source, int parallelism, int batchRows, long seed) {
    List<String> rows = new ArrayList<>();
    Flows.read(source, TEXT, parallelism, batchRows, seed)
        .forEach(row -> rows.add((String) row.get(0)));
    return rows;
  }

  private static List<String> readInOrder(Source source) {
    return read(source, 1, 100, 0);
  }

  @Test
  void framesLinesAsFlinkDoes() throws IOException {
    write("a", "one\n\ntwo\r\n\r\nthree\r\r\n f\rour \nlast");
    assertThat(readInOrder(source(WHOLE_FILES)))
        .containsExactly("one", "", "two", "", "three\r", " f\rour ", "last");
  }

  @Test
  void lineEndAtTheEndOfTheFileBeginsNoRecord() throws IOException {
    write("a", "one\n");
    write("b", "");
    write("c", "\n\n");
    assertThat(readInOrder(source(WHOLE_FILES))).containsExactly("one", "", "");
  }

  @Test
  void findsLineFeedsInAnyBytes() throws IOException {
    Random random = new Random(7);
    byte[] content = new byte[10_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (8 + random.nextInt(5));
    }
    content[content.length - 1] = '\n';
    write("a", content);
    List<String> expected =
        Arrays.stream(new String(content, StandardCharsets.US_ASCII).split("\n", -1)).toList();
    assertThat(readInOrder(source(WHOLE_FILES)))
        .isEqualTo(expected.subList(0, expected.size() - 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\nbb\n\nccc\r\ndddddd\ne", "a\n\n\n\nb\n", "\n", "no line end", "\r\n\r\n"})
  void rangesOfAnySizeGiveTheSameRows(String content) throws IOException {
    write("a", content);
    List<String> whole = readInOrder(source(WHOLE_FILES));
    for (int range = 1; range <= content.length() + 1; range++) {
      for (int batchRows : new int[] {1, 2, 100}) {
        assertThat(read(source(range), 1, batchRows, 0))
            .as("ranges of %d bytes, batches of %d", range, batchRows)
            .isEqualTo(whole);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void everyRowArrivesOnceUnderAnyInterleaving(int parallelism) throws IOException {
    for (long seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      List<String> expected = new ArrayList<>();
      for (int file = 0; file < 4; file++) {
        StringBuilder content = new StringBuilder();
        int lines = random.nextInt(60);
        for (int line = 0; line < lines; line++) {
          String text = seed + "-" + file + "-" + line + "x".repeat(random.nextInt(40));
          expected.add(text);
          content.append(text).append(random.nextBoolean() ? "\n" : "\r\n");
        }
        write("f" + file, content.toString());
      }
      List<String> rows =
          read(source(1 + random.nextInt(300)), parallelism, 1 + random.nextInt(20), seed);
      assertThat(rows).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void linesLongerThanAChunkAreWhole() throws IOException {
    List<String> lines =
        IntStream.of(3, 70_000, 1, 300_000, 2_500_000, 10).mapToObj("y"::repeat).toList();
    write("a", String.join("\n", lines));
    assertThat(readInOrder(source(WHOLE_FILES))).isEqualTo(lines);
    assertThat(read(source(100_000), 3, 2, 5)).containsExactlyInAnyOrderElementsOf(lines);
  }

  @Test
  void quotedLineEndsBelongToTheRecord() throws IOException {
    List<String> records =
        List.of(
            "1,\"two\nlines\",3",
            "\"a \"\"quoted\n\"\" one\",x",
            "5\" disk,\"\",\"\n\"",
            "plain",
            "",
            "\"open\nto the end\n");
    write("a", String.join("\n", records).replaceFirst("3\n", "3\r\n"));
    assertThat(readInOrder(source(4, "text.quoted", "true"))).isEqualTo(records);
  }

  @ParameterizedTest
  @CsvSource({"0, 100", "1, 100", "1, 2", "3, 1"})
  void headerLinesAreNotRecords(int headerLines, int rangeBytes) throws IOException {
    write("a", "h1\nh2\nh3\nrow\n");
    write("b", "h1");
    List<String> all = List.of("h1", "h2", "h3", "row");
    List<String> expected = new ArrayList<>(all.subList(headerLines, 4));
    if (headerLines == 0) {
      expected.add("h1");
    }
    assertThat(readInOrder(source(rangeBytes, "text.header-lines", String.valueOf(headerLines))))
        .isEqualTo(expected);
  }

  @Test
  void readsNestedFoldersInOrderAndNoHiddenFiles() throws IOException {
    write("b/2", "b2");
    write("b/1", "b1");
    write("a", "a");
    write(".hidden", "no");
    write("_hidden", "no");
    write("_temporary/x", "no");
    write("b/.part-0.inprogress.1", "no");
    assertThat(readInOrder(source(WHOLE_FILES))).containsExactly("a", "b1", "b2");
  }

  @Test
  void patternMatchesTheWholePathOfFiles() throws IOException {
    write("b/2.log", "b2");
    write("b/1.txt", "b1");
    write("c.log", "c");
    assertThat(readInOrder(source(WHOLE_FILES, "source.path.regex-pattern", ".*/b/.*\\.log")))
        .containsExactly("b2");
    assertThat(readInOrder(source(WHOLE_FILES, "source.path.regex-pattern", "c"))).isEmpty();
  }

  @Test
  void readsOneFileByPathOrUri() throws IOException {
    write("a b.txt", "x");
    Path file = folder.resolve("a b.txt");
    assertThat(readInOrder(source(file, WHOLE_FILES))).containsExactly("x");
    for (String uri : List.of("file://" + file, "file:" + file)) {
      Source source =
          new FileSystemSourceFactory()
              .source(Tables.source(TEXT, allOptions(uri), new TextFormat()));
      assertThat(readInOrder(source)).containsExactly("x");
    }
  }

  /** Makes a compressing stream. */
  private interface Packing {
    OutputStream wrap(OutputStream target) throws IOException;
  }

  private static final Map<String, Packing> PACKINGS =
      Map.of(
          "gz", GZIPOutputStream::new,
          "gzip", GZIPOutputStream::new,
          "zst", ZstdOutputStream::new,
          "deflate", DeflaterOutputStream::new);

  private static byte[] packed(String ending, String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream packing = PACKINGS.get(ending).wrap(bytes)) {
      packing.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "gzip", "zst", "deflate"})
  void readsCompressedFiles(String ending) throws IOException {
    List<String> lines = IntStream.range(0, 20_000).mapToObj(i -> "line " + i).toList();
    write("a." + ending, packed(ending, String.join("\n", lines)));
    assertThat(read(source(10), 2, 500, 3)).isEqualTo(lines);
  }

  @Test
  void readsGzipAndZstdFilesThatWereConcatenated() throws IOException {
    for (String ending : List.of("gz", "zst")) {
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.write(packed(ending, "one\ntw"));
      both.write(packed(ending, "o\nthree"));
      write("a." + ending, both.toByteArray());
    }
    assertThat(readInOrder(source(WHOLE_FILES)))
        .containsExactly("one", "two", "three", "one", "two", "three");
  }

  @ParameterizedTest
  @CsvSource({"gz, gzip", "zst, zstd", "deflate, deflate"})
  void corruptFileIsNamed(String ending, String title) throws IOException {
    Random random = new Random(1);
    StringBuilder content = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      content.append(random.nextLong()).append('\n');
    }
    byte[] good = packed(ending, content.toString());
    write("a." + ending, Arrays.copyOf(good, good.length / 2));
    assertThatThrownBy(() -> readInOrder(source(WHOLE_FILES)))
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith(
            "Table 't': file %s is not valid %s: ", folder.resolve("a." + ending), title);
    write("a." + ending, "this is plain text");
    assertThatThrownBy(() -> readInOrder(source(WHOLE_FILES)))
        .hasMessageStartingWith(
            "Table 't': file %s is not valid %s: ", folder.resolve("a." + ending), title);
  }

  @Test
  void refusesCompressionItDoesNotKnow() throws IOException {
    write("a.bz2", "x");
    assertThatThrownBy(() -> readInOrder(source(WHOLE_FILES)))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining(folder.resolve("a.bz2") + " is compressed with bzip2");
    assertThatThrownBy(() -> source(folder.resolve("a.xz"), WHOLE_FILES))
        .isInstanceOf(UnsupportedException.class)
        .hasMessageContaining("a.xz");
  }

  @Test
  void metadataColumnsFollow() throws IOException {
    write("sub/a.txt", "one\ntwo");
    Path file = folder.resolve("sub/a.txt");
    Instant modified = Instant.parse("2024-02-29T12:34:56.789Z");
    Files.setLastModifiedTime(file, FileTime.from(modified));
    List<Field> metadata =
        List.of(
            new Field("file.name", DataType.string()),
            new Field("file.size", DataType.of(TypeRoot.BIGINT)),
            new Field("file.modification-time", DataType.of(TypeRoot.TIMESTAMP_LTZ, 3)),
            new Field("file.path", DataType.string()));
    var table = Tables.source(TEXT, metadata, -1, allOptions(folder.toString()), new TextFormat());
    Source source = new FileSystemSourceFactory().source(table);
    assertThat(Flows.read(source, table.producedRow(), 1, 10, 0))
        .containsExactly(
            List.of("one", "a.txt", 7L, modified, file.toString()),
            List.of("two", "a.txt", 7L, modified, file.toString()));
  }

  @Test
  void unknownMetadataIsNamed() {
    var table =
        Tables.source(
            TEXT,
            List.of(new Field("file.nam", DataType.string())),
            -1,
            allOptions(folder.toString()),
            new TextFormat());
    assertThatThrownBy(() -> new FileSystemSourceFactory().source(table))
        .hasMessage("Table 't' has no metadata 'file.nam'; did you mean 'file.name'?");
  }

  @Test
  void readerStopsAtItsLimit() throws IOException {
    write("a", "1\n".repeat(1000));
    write("b", "2\n".repeat(1000));
    var table = Tables.source(TEXT, List.of(), 15, allOptions(folder.toString()), new TextFormat());
    assertThat(readInOrder(new FileSystemSourceFactory().source(table)).size()).isBetween(15, 115);
  }

  @Test
  void newFilesAreFoundWhileRunning() throws IOException {
    write("a", "first");
    Source source = source(WHOLE_FILES, "source.monitor-interval", "1 s");
    assertThat(source.bounded()).isFalse();
    try (SplitEnumerator splits = source.enumerator()) {
      assertThat(splits.interval()).isEqualTo(Duration.ofSeconds(1));
      assertThat(splits.discover()).hasSize(1);
      assertThat(splits.discover()).isEmpty();
      write("b", "second");
      assertThat(splits.discover())
          .extracting(split -> ((FileSplit) split).path())
          .containsExactly(folder.resolve("b"));
    }
  }

  @Test
  void monitoredFolderMayComeLater() throws IOException {
    Path later = folder.resolve("later");
    Source source = source(later, WHOLE_FILES, "source.monitor-interval", "10 ms");
    RowsSink sink = new RowsSink(TEXT);
    Simulation simulation = new Simulation(Flows.flow(source, TEXT, sink), Flows.config(2, 10), 1);
    try (SplitEnumerator splits = source.enumerator()) {
      assertThat(splits.discover()).isEmpty();
      write("later/a", "x");
      assertThat(splits.discover()).hasSize(1);
    }
    assertThat(simulation.run(Duration.ofSeconds(1))).as("unbounded").isFalse();
    assertThat(sink.rows()).containsExactly(List.of("x"));
  }

  @ParameterizedTest
  @CsvSource({"plain, 50", "plain, 9223372036854775807", "packed.gz, 50"})
  void goesOnWhereItWasSaved(String name, long rangeBytes) throws IOException {
    List<String> lines = IntStream.range(0, 500).mapToObj(i -> "line " + i * i).toList();
    String content = String.join("\n", lines) + "\n";
    if (name.endsWith(".gz")) {
      write(name, packed("gz", content));
    } else {
      write(name, content);
    }
    for (long seed = 0; seed < 10; seed++) {
      List<Object> rows =
          Pieces.read(source(rangeBytes), TEXT, 1 + (int) seed * 5, seed).stream()
              .map(row -> row.get(0))
              .toList();
      assertThat(rows).as("seed %d", seed).isEqualTo(lines);
    }
  }

  @Test
  void missingPathIsNamed() {
    assertThatThrownBy(() -> readInOrder(source(folder.resolve("nowhere"), WHOLE_FILES)))
        .isInstanceOf(MillraceException.class)
        .hasMessage("Table 't': path %s does not exist.", folder.resolve("nowhere"));
  }

  @Test
  void fileThatVanishedIsNamed() throws IOException {
    write("a", "x");
    Source source = source(WHOLE_FILES);
    RowsSink sink = new RowsSink(TEXT);
    Simulation simulation =
        new Simulation(Flows.flow(new VanishingFiles(source), TEXT, sink), Flows.config(1, 10), 1);
    assertThatThrownBy(() -> simulation.run(Duration.ofSeconds(1)))
        .hasMessage("Table 't': path %s does not exist.", folder.resolve("a"));
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 17, WHOLE_FILES})
  void brokenRecordIsNamedByItsLine(long rangeBytes) throws IOException {
    write("a", "first\n\r\nthird\nbroken\nfifth\n");
    assertThatThrownBy(() -> readInOrder(source(rangeBytes)))
        .isInstanceOf(MillraceException.class)
        .hasMessage("Table 't', file %s, line 4: it is broken", folder.resolve("a"));
  }

  @Test
  void brokenRecordOfACompressedFileIsNamedByItsLine() throws IOException {
    write("a.gz", packed("gz", "first\n".repeat(30_000) + "broken\n"));
    assertThatThrownBy(() -> readInOrder(source(WHOLE_FILES)))
        .hasMessage("Table 't', file %s, line 30001: it is broken", folder.resolve("a.gz"));
  }

  @Test
  void skippedRecordsAndBytesAreCounted() throws IOException {
    write("a", "first\nskipped\nskipped\nlast");
    RowsSink sink = new RowsSink(TEXT);
    Simulation simulation =
        new Simulation(Flows.flow(source(4), TEXT, sink), Flows.config(2, 10), 1);
    assertThat(simulation.run(Duration.ofSeconds(1))).isTrue();
    assertThat(sink.rows()).containsExactlyInAnyOrder(List.of("first"), List.of("last"));
    assertThat(simulation.metrics().total(Metrics.ROWS_SKIPPED)).isEqualTo(2);
    assertThat(simulation.metrics().total("Source[1]", Metrics.ROWS_IN)).isEqualTo(2);
  }

  @Test
  void wrongOptionsAreNamed() {
    assertThatThrownBy(() -> optionsOnly("s3://bucket/x"))
        .isInstanceOf(UnsupportedException.class)
        .hasMessageContaining("path 's3://bucket/x' of table 't'");
    assertThatThrownBy(() -> optionsOnly("file://host/x")).hasMessageContaining("host 'host'");
    assertThatThrownBy(() -> optionsOnly("/x", "source.monitor-interval", "0 s"))
        .hasMessage("Option 'source.monitor-interval' of table 't' must be greater than 0.");
    assertThatThrownBy(() -> optionsOnly("/x", "source.path.regex-pattern", "("))
        .hasMessageContaining(
            "'source.path.regex-pattern' of table 't' is not a regular expression");
    assertThatThrownBy(
            () ->
                new FileSystemSourceFactory()
                    .source(Tables.source(TEXT, Map.of("format", "text"), new TextFormat())))
        .hasMessage("Option 'path' is missing from table 't'.");
  }

  private static Source optionsOnly(String path, String... options) {
    return new FileSystemSourceFactory()
        .source(Tables.source(TEXT, allOptions(path, options), new TextFormat()));
  }
}
