package dev.millrace.connectors.testing;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.deadletter.ErrorMode;
import dev.millrace.engine.deadletter.RowErrors;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.type.DataType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** The letters about rows that a sink for a table named {@code t} does not take. */
public final class Letters {
  private final DeadLetters letters = new DeadLetters("job", Clock.SYSTEM);
  private final Counter count = new Counter();
  private final RowErrors errors;

  /** {@code row} is the ROW of the table. */
  public Letters(DataType row) {
    this.errors =
        new RowErrors(
            ErrorMode.DEAD_LETTER,
            "write[2]",
            "t",
            List.of(row),
            (name, stage, table, errorClass) -> count,
            letters);
  }

  public RowErrors errors() {
    return errors;
  }

  /** How many there have been so far. */
  public long count() {
    return count.get();
  }

  /** Those since the last call: stage, table, class, message, row. */
  public List<List<String>> take() {
    Batch batch = letters.take();
    return IntStream.range(0, batch.rowCount())
        .mapToObj(row -> texts(Values.row(batch, DeadLetters.ROW, row)))
        .toList();
  }

  private static List<String> texts(List<Object> letter) {
    byte[] raw = (byte[]) letter.get(DeadLetters.RAW_BYTES);
    return List.of(
        (String) letter.get(DeadLetters.STAGE),
        (String) letter.get(DeadLetters.TABLE),
        (String) letter.get(6),
        (String) letter.get(7),
        new String(raw, StandardCharsets.UTF_8));
  }

  /** The rows of the letters since the last call, as JSON. */
  public List<String> takeRows() {
    return take().stream().map(letter -> letter.get(4)).toList();
  }
}
