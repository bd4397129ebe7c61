package dev.millrace.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.metrics.Metric.Unit;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final Metrics metrics = new Metrics();

  @Test
  void countersAndComputedNumbersAreReadAlike() {
    metrics.counter("Calc[2]", 1, Metrics.ROWS_IN).add(7);
    metrics.gauge("Calc[2]", 1, Metrics.QUEUE_FILL, () -> 0.5);
    metrics.counter(Metrics.JOB_START).set(1000);

    assertThat(metrics.readings())
        .hasSize(3)
        .hasEntrySatisfying(new Metrics.Key("Calc[2]", 1, Metrics.ROWS_IN), is(7))
        .hasEntrySatisfying(new Metrics.Key("Calc[2]", 1, Metrics.QUEUE_FILL), is(0.5))
        .hasEntrySatisfying(new Metrics.Key("", 0, Metrics.JOB_START), is(1000));
  }

  private static Consumer<DoubleSupplier> is(double expected) {
    return reading -> assertThat(reading.getAsDouble()).isEqualTo(expected);
  }

  @Test
  void whatNobodyDeclaredIsNoMetric() {
    assertThatThrownBy(() -> metrics.counter("Calc[2]", 0, "rows_on"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rows_on");
  }

  @Test
  void aMetricOfTheJobIsNotOneOfAnOperator() {
    assertThatThrownBy(() -> metrics.counter("Calc[2]", 0, Metrics.JOB_START))
        .hasMessageContaining(Metrics.JOB_START);
    assertThatThrownBy(() -> metrics.counter(Metrics.ROWS_IN)).hasMessageContaining("rows_in");
  }

  @Test
  void labelsTellNumbersApart() {
    metrics.counter("Calc[2]", 0, Metrics.DEAD_LETTERS, "late", "", "LateRow").add(1);
    metrics.counter("Calc[2]", 0, Metrics.DEAD_LETTERS, "expression", "", "E").add(2);
    metrics.counter("Calc[2]", 0, Metrics.DEAD_LETTERS, "late", "", "LateRow").add(4);
    assertThat(metrics.readings())
        .hasSize(2)
        .hasEntrySatisfying(
            new Metrics.Key("Calc[2]", 0, Metrics.DEAD_LETTERS, List.of("late", "", "LateRow")),
            is(5));
    assertThat(metrics.total(Metrics.DEAD_LETTERS)).isEqualTo(7);
    assertThatThrownBy(() -> metrics.counter("Calc[2]", 0, Metrics.DEAD_LETTERS))
        .hasMessageContaining("[stage, table, class]");
    assertThatThrownBy(() -> metrics.counter("Calc[2]", 0, Metrics.ROWS_IN, "late"))
        .hasMessageContaining("rows_in");
  }

  @Test
  void timesAreSeconds() {
    assertThat(Unit.NANOSECONDS.toBase(2_500_000_000.0)).isEqualTo(2.5);
    assertThat(Unit.MILLISECONDS.toBase(2500)).isEqualTo(2.5);
    assertThat(Unit.EPOCH_MILLISECONDS.toBase(2500)).isEqualTo(2.5);
    assertThat(Unit.EPOCH_MILLISECONDS.toBase(Long.MIN_VALUE)).isNaN();
    assertThat(Unit.EPOCH_MILLISECONDS.toBase(Long.MAX_VALUE)).isNaN();
    assertThat(Unit.BYTES.toBase(2500)).isEqualTo(2500);
  }
}
