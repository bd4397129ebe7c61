package dev.millrace.engine.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.time.SimulatedClock;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowErrorsTest {
  private static final DataType ROW =
      DataType.row(
          List.of(
              new Field("id", DataType.of(TypeRoot.INT)),
              new Field("na\"me", DataType.string()),
              new Field("price", DataType.decimal(10, 2)),
              new Field("share", DataType.of(TypeRoot.DOUBLE)),
              new Field("seen", DataType.of(TypeRoot.TIMESTAMP, 3)),
              new Field("bytes", DataType.bytes()),
              new Field("tags", DataType.array(DataType.string())),
              new Field("counts", DataType.map(DataType.string(), DataType.of(TypeRoot.INT))),
              new Field(
                  "nested",
                  DataType.row(List.of(new Field("ok", DataType.of(TypeRoot.BOOLEAN)))))));

  private final Map<List<String>, Counter> counters = new HashMap<>();
  private final DeadLetters letters =
      new DeadLetters("job", new SimulatedClock(Duration.ofMillis(1234)));

  private RowErrors errors(ErrorMode mode) {
    return new RowErrors(
        mode,
        "Sink t[2]",
        "t",
        List.of(ROW),
        (name, stage, table, errorClass) ->
            counters.computeIfAbsent(List.of(name, stage, table, errorClass), key -> new Counter()),
        letters);
  }

  private long counted(String name, String stage, String errorClass) {
    return counters.get(List.of(name, stage, "t", errorClass)).get();
  }

  private static Batch batch() {
    BatchBuilder rows = new BatchBuilder(ROW);
    Values.appendRow(
        rows,
        ROW,
        Arrays.asList(
            1,
            "tab\tand \"quotes\" \\",
            new BigDecimal("12.50"),
            Double.NaN,
            LocalDateTime.of(2026, 1, 2, 3, 4, 5),
            new byte[] {1, 2, 3},
            Arrays.asList("a", null),
            Map.of("k", 7),
            List.of(true)));
    Values.appendRow(rows, ROW, Arrays.asList(2, null, null, 0.5, null, null, null, null, null));
    return rows.build();
  }

  @Test
  void aLetterHoldsTheRow() {
    errors(ErrorMode.DEAD_LETTER)
        .reject(FailedAt.SINK, 0, batch(), 0, "too odd", new ArithmeticException());
    List<Object> letter = Values.row(letters.take(), DeadLetters.ROW, 0);
    assertThat(letter.subList(0, 8))
        .containsExactly(
            Instant.ofEpochMilli(1234),
            "job",
            "sink",
            "t",
            null,
            null,
            "java.lang.ArithmeticException",
            "too odd");
    assertThat(new String((byte[]) letter.get(8), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"id\":1,\"na\\\"me\":\"tab\\u0009and \\\"quotes\\\" \\\\\",\"price\":12.50,"
                + "\"share\":\"NaN\",\"seen\":\"2026-01-02T03:04:05\",\"bytes\":\"AQID\","
                + "\"tags\":[\"a\",null],\"counts\":{\"k\":7},\"nested\":{\"ok\":true}}");
    assertThat(counted(Metrics.DEAD_LETTERS, "sink", "java.lang.ArithmeticException")).isEqualTo(1);
  }

  @Test
  void rowsThatArePassedOverAreCounted() {
    RowErrors errors = errors(ErrorMode.SKIP);
    errors.reject(FailedAt.EXPRESSION, 0, batch(), 0, "no", null);
    errors.reject(FailedAt.EXPRESSION, 0, batch(), 1, "no", null);
    errors.skip(FailedAt.DECODE, null);
    assertThat(counted(Metrics.ROWS_SKIPPED, "expression", "FailedExpression")).isEqualTo(2);
    assertThat(counted(Metrics.ROWS_SKIPPED, "decode", "MalformedRecord")).isEqualTo(1);
    assertThat(errors.rejected()).isEqualTo(2);
    assertThat(letters.isEmpty()).isTrue();
  }

  @Test
  void aRowFailsTheJobWithItsMessageAndCause() {
    Exception cause = new IllegalStateException();
    assertThatThrownBy(
            () ->
                errors(ErrorMode.FAIL)
                    .reject(FailedAt.EXPRESSION, 0, batch(), 0, "Calc[3]: no number", cause))
        .isInstanceOf(MillraceException.class)
        .hasMessage("Calc[3]: no number")
        .hasCause(cause);
  }

  @Test
  void lateRowsAreLettersOnlyWhereLettersAreWanted() {
    int[] late = {1};
    errors(ErrorMode.FAIL).late(0, batch(), late, 1, "late");
    errors(ErrorMode.SKIP).late(0, batch(), late, 1, "late");
    assertThat(letters.isEmpty()).isTrue();
    errors(ErrorMode.DEAD_LETTER).late(0, batch(), late, 1, "late");
    List<Object> letter = Values.row(letters.take(), DeadLetters.ROW, 0);
    assertThat(letter.get(DeadLetters.STAGE)).isEqualTo("late");
    assertThat(letter.get(6)).isEqualTo("LateRow");
    assertThat(counted(Metrics.DEAD_LETTERS, "late", "LateRow")).isEqualTo(1);
    assertThat(new String((byte[]) letter.get(DeadLetters.RAW_BYTES), StandardCharsets.UTF_8))
        .startsWith("{\"id\":2,\"na\\\"me\":null,");
  }
}
