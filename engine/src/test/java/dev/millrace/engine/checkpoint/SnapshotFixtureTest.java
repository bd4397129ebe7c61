package dev.millrace.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads snapshots that were written when a version of the format was new: every later release must
 * read them, too.
 *
 * <p>The files in {@code src/test/resources/snapshots/vN} are what {@link #write} wrote when N was
 * the version, run once by {@code -Dmillrace.snapshots.write=true}; they are never written again. A
 * new version gets a folder of its own.
 */
class SnapshotFixtureTest {
  private static final DataType INT = DataType.of(TypeRoot.INT);
  private static final DataType STRING = DataType.string();

  private static final DataType ALL =
      DataType.row(
          List.of(
              new Field("boolean", DataType.of(TypeRoot.BOOLEAN)),
              new Field("tinyint", DataType.of(TypeRoot.TINYINT)),
              new Field("smallint", DataType.of(TypeRoot.SMALLINT)),
              new Field("int", INT.withNullable(false)),
              new Field("bigint", DataType.of(TypeRoot.BIGINT)),
              new Field("float", DataType.of(TypeRoot.FLOAT)),
              new Field("double", DataType.of(TypeRoot.DOUBLE)),
              new Field("decimal", DataType.decimal(10, 2)),
              new Field("wide", DataType.decimal(38, 3)),
              new Field("date", DataType.of(TypeRoot.DATE)),
              new Field("time", DataType.of(TypeRoot.TIME, 3)),
              new Field("timestamp", DataType.of(TypeRoot.TIMESTAMP, 9)),
              new Field("instant", DataType.of(TypeRoot.TIMESTAMP_LTZ, 3)),
              new Field("months", DataType.of(TypeRoot.INTERVAL_YEAR_MONTH)),
              new Field("duration", DataType.of(TypeRoot.INTERVAL_DAY_TIME, 3)),
              new Field("char", DataType.of(TypeRoot.CHAR, 3)),
              new Field("varchar", DataType.of(TypeRoot.VARCHAR, 30)),
              new Field("string", STRING),
              new Field("bytes", DataType.bytes()),
              new Field("array", DataType.array(STRING)),
              new Field("map", DataType.map(STRING, DataType.array(INT))),
              new Field("multiset", DataType.multiset(STRING)),
              new Field("row", DataType.row(List.of(new Field("a", INT), new Field("b", STRING)))),
              new Field("null", DataType.of(TypeRoot.NULL))));

  private static final TableInfo EVERYTHING =
      new TableInfo("everything", 7, ALL, List.of(3, 17), false);
  private static final TableInfo NUMBERS =
      new TableInfo("numbers", 1, DataType.rowOf(List.of(INT)), List.of(), true);

  private static final SnapshotInfo INFO =
      new SnapshotInfo(
          42,
          1_763_800_000_123L,
          "fixture",
          Map.of("engine", "0.1.0", "script", "größer"),
          Map.of(3, "GroupAggregate(groupBy=[a])", 5, "Join"));

  private static List<List<Object>> rows() {
    List<Object> nulls = new ArrayList<>(Collections.nCopies(ALL.children().size(), null));
    nulls.set(3, 0);
    return List.of(
        row(
            1,
            "9.99",
            "-12345678901234567890123456789012345.678",
            "ä\uD83D\uDE00",
            List.of("x", "")),
        nulls,
        row(-2, "-0.01", "0.001", "", Arrays.asList("y", null)));
  }

  private static List<Object> row(
      int n, String small, String wide, String text, List<String> array) {
    return Arrays.asList(
        n > 0,
        (byte) n,
        (short) (n * 1000),
        n * 1_000_000,
        n * 1_000_000_000_000L,
        n / 3f,
        n / 3d,
        new BigDecimal(small),
        new BigDecimal(wide),
        LocalDate.of(1999, 12, 31).plusDays(n),
        LocalTime.of(23, 59, 59, 999_000_000),
        LocalDateTime.of(2024, 2, 29, 1, 2, 3, 456_789_123),
        Instant.ofEpochMilli(-n),
        Period.ofMonths(n),
        Duration.ofMillis(n),
        "abc",
        text,
        text + text,
        text.getBytes(StandardCharsets.UTF_8),
        array,
        Map.of("k", Arrays.asList(n, null)),
        Map.of("m", 2),
        Arrays.asList(null, text),
        null);
  }

  private static final List<RowKind> KINDS =
      List.of(RowKind.INSERT, RowKind.UPDATE_AFTER, RowKind.DELETE);

  private static Batch everything() {
    BatchBuilder builder = new BatchBuilder(ALL);
    for (int i = 0; i < rows().size(); i++) {
      for (int column = 0; column < builder.columnCount(); column++) {
        Values.append(builder.column(column), ALL.child(column), rows().get(i).get(column));
      }
      builder.endRow(KINDS.get(i));
    }
    return builder.build();
  }

  /** Enough of them for a block that is compressed. */
  private static Batch numbers(int from) {
    BatchBuilder builder = new BatchBuilder(NUMBERS.row());
    for (int i = from; i < from + 1000; i++) {
      Values.appendRow(builder, NUMBERS.row(), List.of(i));
    }
    return builder.build();
  }

  private static void write(Path folder) {
    SnapshotWriter writer = new SnapshotStore(new FolderBlobs(folder), "fixture").begin(42);
    for (int subtask = 0; subtask < 2; subtask++) {
      try (PartWriter part = writer.part(3, subtask)) {
        part.table(EVERYTHING);
        part.rows(everything());
        part.table(NUMBERS);
        part.rows(numbers(subtask * 1000));
      }
    }
    writer.part(5, 0).close();
    writer.publish(INFO);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void everyVersionIsReadForEver(int version) throws Exception {
    Path resources = Path.of("src", "test", "resources", "snapshots", "v" + version);
    if (version == SnapshotFormat.VERSION && Boolean.getBoolean("millrace.snapshots.write")) {
      write(resources);
    }
    StoredSnapshot found =
        new SnapshotStore(new FolderBlobs(resources), "fixture").newest(line -> {}).orElseThrow();

    assertThat(found.info()).isEqualTo(INFO);
    assertThat(found.nodes()).containsExactly(3, 5);
    assertThat(found.tables(3)).containsExactlyInAnyOrder(EVERYTHING, NUMBERS);
    assertThat(found.tables(5)).isEmpty();
    List<List<Object>> read = new ArrayList<>();
    found.forEach(
        3,
        "everything",
        batch -> {
          for (int i = 0; i < batch.rowCount(); i++) {
            read.add(comparable(Values.row(batch, ALL, i)));
            assertThat(batch.rowKind(i)).isEqualTo(KINDS.get(i));
          }
        });
    List<List<Object>> expected = new ArrayList<>();
    for (int subtask = 0; subtask < 2; subtask++) {
      rows().forEach(row -> expected.add(comparable(row)));
    }
    assertThat(read).isEqualTo(expected);
    List<Object> numbers = new ArrayList<>();
    found.forEach(
        3,
        "numbers",
        batch -> {
          for (int i = 0; i < batch.rowCount(); i++) {
            numbers.add(Values.get(batch.column(0), INT, i));
          }
        });
    assertThat(numbers).hasSize(2000).startsWith(0, 1).endsWith(1999);
  }

  private static List<Object> comparable(List<Object> row) {
    List<Object> comparable = new ArrayList<>();
    for (Object value : row) {
      comparable.add(value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
    }
    return comparable;
  }
}
