package dev.millrace.engine.function.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.function.Functions;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurrentTimeTest {
  private static final Instant NOW = Instant.parse("2024-02-29T23:30:15.250Z");

  private long clockMillis = NOW.toEpochMilli();

  /** How far the clock goes at each reading. */
  private long stepMillis;

  private final EvaluationContext context =
      new EvaluationContext(
          ZoneId.of("Europe/Berlin"),
          new Clock() {
            @Override
            public long millis() {
              long now = clockMillis;
              clockMillis += stepMillis;
              return now;
            }

            @Override
            public long nanoTime() {
              return 0;
            }
          });

  @Test
  void readsTheContextsClockInTheSessionsZone() {
    assertThat(call("CURRENT_TIMESTAMP", DataType.of(TypeRoot.TIMESTAMP_LTZ, 3))).isEqualTo(NOW);
    assertThat(call("PROCTIME_MATERIALIZE", DataType.of(TypeRoot.TIMESTAMP_LTZ, 3))).isEqualTo(NOW);
    assertThat(call("LOCALTIMESTAMP", DataType.of(TypeRoot.TIMESTAMP, 3)))
        .isEqualTo(LocalDateTime.of(2024, 3, 1, 0, 30, 15, 250_000_000));
    assertThat(call("CURRENT_DATE", DataType.of(TypeRoot.DATE)))
        .isEqualTo(LocalDate.of(2024, 3, 1));
    assertThat(call("CURRENT_TIME", DataType.of(TypeRoot.TIME, 0)))
        .isEqualTo(LocalTime.of(0, 30, 15, 250_000_000));
    assertThat(call("UNIX_TIMESTAMP", DataType.of(TypeRoot.BIGINT)))
        .isEqualTo(NOW.getEpochSecond());
  }

  @Test
  void allExpressionsOfABatchShareOneReading() {
    stepMillis = 7;
    Batch first = new Batch(3);
    assertThat(instant("CURRENT_TIMESTAMP", first)).isEqualTo(NOW);
    assertThat(instant("NOW", first)).isEqualTo(NOW);
    assertThat(instant("CURRENT_TIMESTAMP", new Batch(3))).isEqualTo(NOW.plusMillis(7));
  }

  @Test
  void aClockThatIsSetBackDoesNotTakeTheTimeBack() {
    stepMillis = -1_000;
    assertThat(instant("NOW", new Batch(3))).isEqualTo(NOW);
    assertThat(instant("NOW", new Batch(3))).isEqualTo(NOW);
  }

  private Object instant(String function, Batch batch) {
    return call(function, DataType.of(TypeRoot.TIMESTAMP_LTZ, 3), batch);
  }

  private Object call(String function, DataType type) {
    return call(function, type, new Batch(3));
  }

  private Object call(String function, DataType type, Batch batch) {
    Expression call = Functions.create(new FunctionCall(function, List.of(), type));
    return Values.get(call.evaluate(batch, Positions.all(3), context), type, 2);
  }
}
