package dev.millrace.connectors.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.connectors.testing.Flows;
import dev.millrace.connectors.testing.Tables;
import dev.millrace.connectors.testing.TestSinkContext;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.connector.ValuesSource;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.runtime.Job;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrintSinkTest {
  private static final DataType INT = DataType.of(TypeRoot.INT);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Sink sink(DataType rowType, Map<String, String> options) {
    PrintStream toOut = new PrintStream(out, false, StandardCharsets.UTF_8);
    PrintStream toErr = new PrintStream(err, false, StandardCharsets.UTF_8);
    return new PrintSinkFactory(() -> toOut, () -> toErr).sink(Tables.sink(rowType, options));
  }

  private static Batch batch(DataType rowType, RowKind kind, List<?>... rows) {
    BatchBuilder builder = new BatchBuilder(rowType);
    for (List<?> row : rows) {
      for (int i = 0; i < builder.columnCount(); i++) {
        Values.append(builder.column(i), rowType.child(i), row.get(i));
      }
      builder.endRow(kind);
    }
    return builder.build();
  }

  private static List<String> lines(ByteArrayOutputStream printed) {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void print(Sink sink, int subtask, int parallelism, Batch... batches) {
    try (SinkWriter writer = sink.writer(new TestSinkContext(subtask, parallelism))) {
      for (Batch batch : batches) {
        writer.write(batch);
      }
      writer.finish();
    }
  }

  @Test
  void showsRowKinds() {
    DataType rowType = Tables.rowOf(INT, DataType.string());
    Sink sink = sink(rowType, Map.of());
    for (RowKind kind : RowKind.values()) {
      print(sink, 0, 1, batch(rowType, kind, Arrays.asList(7, null)));
    }
    assertThat(lines(out))
        .containsExactly("+I[7, null]", "-U[7, null]", "+U[7, null]", "-D[7, null]");
    assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("]" + System.lineSeparator());
  }

  @Test
  void prefixSaysWhichWriterPrinted() {
    DataType rowType = Tables.rowOf(INT);
    Batch row = batch(rowType, RowKind.INSERT, List.of(1));
    print(sink(rowType, Map.of()), 1, 2, row);
    print(sink(rowType, Map.of("print-identifier", "clean")), 0, 1, row);
    print(sink(rowType, Map.of("print-identifier", "clean")), 1, 2, row);
    assertThat(lines(out)).containsExactly("2> +I[1]", "clean> +I[1]", "clean:2> +I[1]");
  }

  @Test
  void standardErrorOnRequest() {
    DataType rowType = Tables.rowOf(INT);
    print(
        sink(rowType, Map.of("standard-error", "true")),
        0,
        1,
        batch(rowType, RowKind.INSERT, List.of(1), List.of(2)));
    assertThat(lines(out)).isEmpty();
    assertThat(lines(err)).containsExactly("+I[1]", "+I[2]");
  }

  /** The line that Flink 2.3's own print sink gives for these values. */
  @Test
  void showsValuesAsFlinkDoes() {
    DataType rowType =
        Tables.rowOf(
            DataType.of(TypeRoot.BOOLEAN),
            DataType.of(TypeRoot.TINYINT),
            DataType.of(TypeRoot.BIGINT),
            DataType.of(TypeRoot.FLOAT),
            DataType.of(TypeRoot.DOUBLE),
            DataType.decimal(10, 2),
            DataType.string(),
            DataType.bytes(),
            DataType.of(TypeRoot.DATE),
            DataType.of(TypeRoot.TIME),
            DataType.of(TypeRoot.TIMESTAMP, 3),
            DataType.of(TypeRoot.TIMESTAMP_LTZ, 3),
            DataType.array(INT),
            DataType.map(DataType.string(), INT),
            DataType.row(List.of(new Field("a", INT), new Field("b", DataType.string()))),
            DataType.of(TypeRoot.INTERVAL_YEAR_MONTH),
            DataType.of(TypeRoot.INTERVAL_DAY_TIME, 3));
    Batch row =
        batch(
            rowType,
            RowKind.INSERT,
            List.of(
                true,
                (byte) -5,
                1234567890123L,
                1.5f,
                1e10,
                new BigDecimal("12.30"),
                "grüße 😀",
                new byte[] {1, -1},
                LocalDate.of(2024, 2, 29),
                LocalTime.of(12, 30),
                LocalDateTime.of(2024, 2, 29, 12, 30, 5),
                Instant.parse("2024-02-29T12:30:00.500Z"),
                List.of(1, 2),
                Map.of("k", 3),
                Arrays.asList(9, null),
                Period.ofMonths(14),
                Duration.ofSeconds(90)));
    print(sink(rowType, Map.of()), 0, 1, row);
    assertThat(lines(out))
        .containsExactly(
            "+I[true, -5, 1234567890123, 1.5, 1.0E10, 12.30, grüße 😀, [1, -1], 2024-02-29, 12:30,"
                + " 2024-02-29T12:30:05, 2024-02-29T12:30:00.500Z, [1, 2], {k=3}, +I[9, null],"
                + " P1Y2M, PT1M30S]");
  }

  @Test
  void linesOfParallelWritersDoNotMix() throws InterruptedException {
    DataType rowType = Tables.rowOf(INT);
    List<List<Object>> rows = IntStream.range(0, 5000).mapToObj(i -> List.<Object>of(i)).toList();
    Sink sink = sink(rowType, Map.of("sink.parallelism", "3"));
    assertThat(sink.parallelism()).isEqualTo(3);
    Job job =
        Job.start(Flows.flow(new ValuesSource(rowType, rows), rowType, sink), Flows.config(1, 10));
    assertThat(job.await(Duration.ofSeconds(60))).isTrue();
    assertThat(lines(out)).hasSize(5000).allMatch(line -> line.matches("[123]> \\+I\\[\\d+]"));
  }

  @Test
  void closedOutputFailsTheJob() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    DataType rowType = Tables.rowOf(INT);
    PrintStream stream = new PrintStream(closed, false, StandardCharsets.UTF_8);
    Sink sink =
        new PrintSinkFactory(() -> stream, () -> stream).sink(Tables.sink(rowType, Map.of()));
    Batch row = batch(rowType, RowKind.INSERT, List.of(1));
    assertThatThrownBy(() -> print(sink, 0, 1, row))
        .isInstanceOf(MillraceException.class)
        .hasMessage("Table 't': cannot print, the output is closed or full.");
  }
}
