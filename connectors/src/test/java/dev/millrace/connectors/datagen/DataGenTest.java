package dev.millrace.connectors.datagen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.connectors.testing.Flows;
import dev.millrace.connectors.testing.Pieces;
import dev.millrace.connectors.testing.RowsSink;
import dev.millrace.connectors.testing.Tables;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.runtime.Simulation;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataGenTest {
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);
  private static final Map<String, String> FAST = Map.of("rows-per-second", "1000000000");

  /** Where a simulation's clock starts. */
  private static final Instant START = Instant.EPOCH.plus(Duration.ofDays(365));

  private static Source source(DataType rowType, String... options) {
    Map<String, String> all = new HashMap<>(FAST);
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return new DataGenSourceFactory().source(Tables.source(rowType, all));
  }

  private static List<Object> values(DataType type, int rows, String... options) {
    String[] all = java.util.Arrays.copyOf(options, options.length + 2);
    all[options.length] = "number-of-rows";
    all[options.length + 1] = String.valueOf(rows);
    DataType rowType = Tables.rowOf(type);
    return Flows.read(source(rowType, all), rowType, 1, 64, 0).stream()
        .map(row -> row.get(0))
        .toList();
  }

  @Test
  void goesOnWithTheNextRow() {
    DataType rowType = Tables.rowOf(DataType.string(), BIGINT);
    Source source = source(rowType, "number-of-rows", "1000", "rows-per-second", "100000");
    List<List<Object>> whole = Flows.read(source, rowType, 1, 64, 0);
    for (long seed = 0; seed < 10; seed++) {
      assertThat(Pieces.read(source, rowType, 64, seed)).as("seed %d", seed).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void sequencesAreSharedOutExactly(int parallelism) {
    DataType rowType = Tables.rowOf(BIGINT, DataType.of(TypeRoot.INT));
    Source source =
        source(
            rowType,
            "fields.c0.kind",
            "sequence",
            "fields.c0.start",
            "-5",
            "fields.c0.end",
            "1000",
            "fields.c1.kind",
            "sequence",
            "fields.c1.start",
            "7",
            "fields.c1.end",
            "900");
    assertThat(source.bounded()).isTrue();
    for (long seed = 0; seed < 20; seed++) {
      assertThat(Flows.read(source, rowType, parallelism, 1 + (int) seed, seed))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(
              LongStream.rangeClosed(0, 893)
                  .mapToObj(i -> List.<Object>of(i - 5, (int) i + 7))
                  .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 1000})
  void numberOfRowsIsExact(int rows) {
    DataType rowType = Tables.rowOf(BIGINT);
    Source source = source(rowType, "number-of-rows", String.valueOf(rows));
    for (int parallelism = 1; parallelism <= 4; parallelism++) {
      List<List<Object>> read = Flows.read(source, rowType, parallelism, 50, parallelism);
      assertThat(read).hasSize(rows);
      assertThat(new HashSet<>(read)).as("random values differ").hasSize(rows);
    }
  }

  @Test
  void shortestBoundEndsTheSource() {
    DataType rowType = Tables.rowOf(BIGINT);
    String[] sequence = {
      "fields.c0.kind",
      "sequence",
      "fields.c0.start",
      "0",
      "fields.c0.end",
      "9",
      "number-of-rows",
      "4"
    };
    assertThat(Flows.read(source(rowType, sequence), rowType, 2, 5, 0)).hasSize(4);
    sequence[7] = "100";
    assertThat(Flows.read(source(rowType, sequence), rowType, 2, 5, 0)).hasSize(10);
    Source limited =
        new DataGenSourceFactory()
            .source(Tables.source(rowType, List.of(), 3, Map.of("number-of-rows", "10")));
    assertThat(Flows.read(limited, rowType, 2, 5, 0)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void rateIsKeptByTheClock(int parallelism) {
    DataType rowType = Tables.rowOf(BIGINT);
    Source source = source(rowType, "rows-per-second", "300");
    assertThat(source.bounded()).isFalse();
    for (int seconds : new int[] {1, 10}) {
      RowsSink sink = new RowsSink(rowType);
      Simulation simulation =
          new Simulation(
              Flows.flow(source, rowType, sink), Flows.config(parallelism, 100), seconds);
      assertThat(simulation.run(Duration.ofSeconds(seconds))).isFalse();
      assertThat(sink.rows().size()).isBetween(300 * seconds - 30, 300 * seconds + 3);
    }
  }

  @Test
  void slowSourceBeginsAtOnce() {
    DataType rowType = Tables.rowOf(BIGINT);
    RowsSink sink = new RowsSink(rowType);
    Source source = source(rowType, "rows-per-second", "1");
    new Simulation(Flows.flow(source, rowType, sink), Flows.config(1, 100), 1)
        .run(Duration.ofMillis(900));
    assertThat(sink.rows()).hasSize(1);
  }

  @Test
  void sameTableGivesTheSameValues() {
    assertThat(values(BIGINT, 10)).isEqualTo(values(BIGINT, 10));
    DataType rowType = Tables.rowOf(BIGINT, BIGINT);
    for (List<Object> row : Flows.read(source(rowType, "number-of-rows", "50"), rowType, 1, 7, 0)) {
      assertThat(row.get(0)).as("columns differ").isNotEqualTo(row.get(1));
    }
  }

  @Test
  void valuesFillTheirRange() {
    assertThat(new HashSet<>(values(DataType.of(TypeRoot.TINYINT), 5000))).hasSize(256);
    assertThat(new HashSet<>(values(DataType.of(TypeRoot.BOOLEAN), 100))).hasSize(2);
    assertThat(new HashSet<>(values(BIGINT, 500, "fields.c0.min", "-3", "fields.c0.max", "3")))
        .isEqualTo(Set.of(-3L, -2L, -1L, 0L, 1L, 2L, 3L));
    assertThat(
            new HashSet<>(
                values(DataType.of(TypeRoot.INT), 500, "fields.c0.min", "5", "fields.c0.max", "6")))
        .isEqualTo(Set.of(5, 6));
    assertThat(values(BIGINT, 2000))
        .allMatch(value -> value instanceof Long)
        .anyMatch(value -> (long) value < 0)
        .anyMatch(value -> (long) value > 0);
    assertThat(values(DataType.of(TypeRoot.SMALLINT), 5000))
        .anyMatch(value -> (short) value < -30_000)
        .anyMatch(value -> (short) value > 30_000);
  }

  @Test
  void floatingPointAndDecimalsStayWithinTheirBounds() {
    String[] bounds = {"fields.c0.min", "-1.5", "fields.c0.max", "2.25"};
    assertThat(values(DataType.of(TypeRoot.DOUBLE), 1000, bounds))
        .allMatch(value -> (double) value >= -1.5 && (double) value <= 2.25)
        .anyMatch(value -> (double) value < -1)
        .anyMatch(value -> (double) value > 2);
    assertThat(values(DataType.of(TypeRoot.FLOAT), 1000, bounds))
        .allMatch(value -> (float) value >= -1.5f && (float) value <= 2.25f);
    assertThat(values(DataType.of(TypeRoot.DOUBLE), 1000))
        .allMatch(value -> (double) value > 0 && Double.isFinite((double) value));
    for (DataType type : List.of(DataType.decimal(5, 1), DataType.decimal(30, 1))) {
      assertThat(values(type, 1000, bounds))
          .allMatch(value -> ((BigDecimal) value).compareTo(new BigDecimal("-1.5")) >= 0)
          .allMatch(value -> ((BigDecimal) value).compareTo(new BigDecimal("2.2")) <= 0)
          .contains(new BigDecimal("-1.5"), new BigDecimal("2.2"));
    }
    assertThat(values(DataType.decimal(38, 10), 100))
        .allMatch(value -> ((BigDecimal) value).precision() <= 38)
        .allMatch(value -> ((BigDecimal) value).signum() > 0)
        .anyMatch(value -> ((BigDecimal) value).precision() > 36);
  }

  @Test
  void textsAreHexadecimalDigitsOfTheirLength() {
    assertThat(values(DataType.string(), 50))
        .allMatch(value -> ((String) value).matches("[0-9a-f]{100}"));
    assertThat(values(DataType.of(TypeRoot.VARCHAR, 7), 50))
        .allMatch(value -> ((String) value).matches("[0-9a-f]{7}"));
    assertThat(values(DataType.of(TypeRoot.CHAR, 20), 50))
        .allMatch(value -> ((String) value).matches("[0-9a-f]{20}"));
    assertThat(values(DataType.string(), 50, "fields.c0.length", "3"))
        .allMatch(value -> ((String) value).matches("[0-9a-f]{3}"));
    Set<Integer> lengths = new HashSet<>();
    values(DataType.string(), 500, "fields.c0.length", "5", "fields.c0.var-len", "true")
        .forEach(value -> lengths.add(((String) value).length()));
    assertThat(lengths).isEqualTo(Set.of(1, 2, 3, 4));
    assertThat(new HashSet<>(values(DataType.string(), 500))).hasSize(500);
  }

  @Test
  void binariesHaveTheirLength() {
    assertThat(values(DataType.bytes(), 5)).allMatch(value -> ((byte[]) value).length == 100);
    assertThat(values(DataType.of(TypeRoot.BINARY, 9), 5))
        .allMatch(value -> ((byte[]) value).length == 9);
  }

  @Test
  void timesComeFromTheClock() {
    LocalDateTime here = LocalDateTime.ofInstant(START, ZoneId.of("Europe/Paris"));
    assertThat(values(DataType.of(TypeRoot.DATE), 1)).containsExactly(LocalDate.from(here));
    assertThat(values(DataType.of(TypeRoot.TIME), 1)).containsExactly(LocalTime.from(here));
    assertThat(values(DataType.of(TypeRoot.TIMESTAMP, 3), 1))
        .containsExactly(LocalDateTime.ofInstant(START, ZoneOffset.UTC));
    assertThat(values(DataType.of(TypeRoot.TIMESTAMP_LTZ, 3), 500, "fields.c0.max-past", "10 s"))
        .allMatch(value -> !((Instant) value).isAfter(START.plusSeconds(1)))
        .allMatch(value -> ((Instant) value).isAfter(START.minusSeconds(10)))
        .anyMatch(value -> ((Instant) value).isBefore(START.minusSeconds(8)));
  }

  @Test
  void nullRateIsKept() {
    long nulls =
        values(BIGINT, 10_000, "fields.c0.null-rate", "0.25").stream()
            .filter(value -> value == null)
            .count();
    assertThat(nulls).isBetween(2300L, 2700L);
    assertThat(values(DataType.string(), 50, "fields.c0.null-rate", "1")).containsOnlyNulls();
    assertThat(values(DataType.decimal(30, 2), 50, "fields.c0.null-rate", "1")).containsOnlyNulls();
  }

  @Test
  void nestedTypes() {
    DataType small = DataType.of(TypeRoot.TINYINT);
    assertThat(
            values(
                DataType.array(small), 100, "fields.c0.length", "4", "fields.c0.element.min", "5"))
        .allMatch(value -> ((List<?>) value).size() == 4)
        .allMatch(value -> ((List<?>) value).stream().allMatch(element -> (byte) element >= 5));
    assertThat(
            values(
                DataType.map(small, DataType.string()),
                100,
                "fields.c0.key.min",
                "1",
                "fields.c0.key.max",
                "2",
                "fields.c0.value.length",
                "2"))
        .allMatch(value -> Set.of((byte) 1, (byte) 2).containsAll(((Map<?, ?>) value).keySet()))
        .anyMatch(value -> ((Map<?, ?>) value).size() == 2)
        .allMatch(value -> ((Map<?, ?>) value).values().iterator().next().toString().length() == 2);
    assertThat(values(DataType.multiset(small), 100))
        .allMatch(value -> ((Map<?, ?>) value).size() <= 3)
        .allMatch(
            value ->
                ((Map<?, ?>) value)
                    .values().stream().allMatch(count -> (int) count >= 0 && (int) count <= 10));
    DataType row = DataType.row(List.of(new Field("a", small), new Field("b", DataType.string())));
    assertThat(
            values(
                row,
                50,
                "fields.c0.a.max",
                "0",
                "fields.c0.b.length",
                "1",
                "fields.c0.null-rate",
                "0.5"))
        .containsNull()
        .anyMatch(
            value ->
                value instanceof List<?> fields
                    && (byte) fields.get(0) <= 0
                    && ((String) fields.get(1)).length() == 1);
  }

  @Test
  void sequencesOfAllTypes() {
    String[] sequence = {
      "fields.c0.kind", "sequence", "fields.c0.start", "99", "fields.c0.end", "101"
    };
    Map<DataType, List<Object>> expected =
        Map.of(
            DataType.of(TypeRoot.TINYINT),
            List.of((byte) 99, (byte) 100, (byte) 101),
            DataType.of(TypeRoot.SMALLINT),
            List.of((short) 99, (short) 100, (short) 101),
            DataType.of(TypeRoot.INT),
            List.of(99, 100, 101),
            BIGINT,
            List.of(99L, 100L, 101L),
            DataType.of(TypeRoot.FLOAT),
            List.of(99f, 100f, 101f),
            DataType.of(TypeRoot.DOUBLE),
            List.of(99d, 100d, 101d),
            DataType.string(),
            List.of("99", "100", "101"),
            DataType.decimal(5, 2),
            List.of(new BigDecimal("99.00"), new BigDecimal("100.00"), new BigDecimal("101.00")));
    expected.forEach((type, values) -> assertThat(values(type, 10, sequence)).isEqualTo(values));
    assertThat(values(DataType.bytes(), 10, sequence))
        .hasSize(3)
        .first()
        .isEqualTo(ByteBuffer.allocate(8).putLong(99).array());
  }

  @Test
  void endlessSequenceDoesNotOverflow() {
    DataType rowType = Tables.rowOf(BIGINT);
    Source source =
        source(
            rowType,
            "fields.c0.kind",
            "sequence",
            "fields.c0.start",
            String.valueOf(Long.MIN_VALUE),
            "fields.c0.end",
            String.valueOf(Long.MAX_VALUE),
            "number-of-rows",
            "3");
    assertThat(Flows.read(source, rowType, 1, 10, 0))
        .containsExactly(
            List.of(Long.MIN_VALUE), List.of(Long.MIN_VALUE + 1), List.of(Long.MIN_VALUE + 2));
  }

  @Test
  void wrongOptionsAreNamed() {
    refused(
        BIGINT,
        "Field 'c0' of table 't': min must not be greater than max.",
        "fields.c0.min",
        "3",
        "fields.c0.max",
        "2");
    refused(
        BIGINT,
        "Field 'c0' of table 't': kind is 'rnd', not 'random' or 'sequence'.",
        "fields.c0.kind",
        "rnd");
    refused(
        BIGINT,
        "Option 'fields.c0.end' is missing from table 't'.",
        "fields.c0.kind",
        "sequence",
        "fields.c0.start",
        "1");
    refused(
        BIGINT,
        "Unknown option 'fields.c0.mim' of table 't'; did you mean 'fields.c0.min'?",
        "fields.c0.mim",
        "3");
    refused(
        BIGINT,
        "Option 'rows-per-second' of table 't' must be at least 1.",
        "rows-per-second",
        "0");
    refused(
        BIGINT, "Option 'number-of-rows' of table 't' must be at least 0.", "number-of-rows", "-1");
    refused(
        DataType.of(TypeRoot.TINYINT),
        "Field 'c0' of table 't': min and max must be values of TINYINT.",
        "fields.c0.max",
        "128");
    refused(
        DataType.of(TypeRoot.VARCHAR, 5),
        "Field 'c0' of table 't': length must be at most that of VARCHAR(5), and not negative.",
        "fields.c0.length",
        "6");
    refused(
        DataType.decimal(3, 1),
        "Field 'c0' of table 't': no value of DECIMAL(3, 1) lies between min and max.",
        "fields.c0.min",
        "0.01",
        "fields.c0.max",
        "0.02");
    assertThatThrownBy(() -> source(Tables.rowOf(DataType.raw("VARIANT"))))
        .isInstanceOf(UnsupportedException.class)
        .hasMessage("datagen for field 'c0' of type VARIANT");
  }

  private static void refused(DataType type, String message, String... options) {
    assertThatThrownBy(() -> source(Tables.rowOf(type), options))
        .isInstanceOf(MillraceException.class)
        .hasMessage(message);
  }
}
