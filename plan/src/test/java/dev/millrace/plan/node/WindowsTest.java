package dev.millrace.plan.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.runtime.JobConfig;
import dev.millrace.engine.runtime.Simulation;
import dev.millrace.plan.Golden;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans with windows. */
class WindowsTest extends PlanTest {
  private static List<Object> reading(String id, long amount, int minute) {
    return Arrays.asList(id, amount, LocalDateTime.of(2026, 1, 1, 12, minute));
  }

  private static List<Object> total(String id, int minute, long total) {
    LocalDateTime start = LocalDateTime.of(2026, 1, 1, 12, 0).plusMinutes(minute);
    return List.of(RowKind.INSERT, id, start, total);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void run(int parallelism) {
    tables.input.put(
        "readings", List.of(reading("a", 1, 10), reading("b", 2, 10), reading("a", 4, 12)));
    JobConfig config = JobConfig.named("test").withParallelism(parallelism);
    assertThat(new Simulation(translate("windows"), config, 7).run(Duration.ofMinutes(1))).isTrue();
    assertThat(tables.output.get("default_catalog.default_database.totals"))
        .containsExactlyInAnyOrder(
            // GROUP BY id, TUMBLE(ts, INTERVAL '1' MINUTE)
            total("a", 10, 1),
            total("b", 10, 2),
            total("a", 12, 4),
            // HOP of five minutes every minute
            total("a", 6, 1),
            total("a", 7, 1),
            total("a", 8, 5),
            total("a", 9, 5),
            total("a", 10, 5),
            total("a", 11, 4),
            total("a", 12, 4),
            total("b", 6, 2),
            total("b", 7, 2),
            total("b", 8, 2),
            total("b", 9, 2),
            total("b", 10, 2));
  }

  @ParameterizedTest
  @CsvSource({
    "table.exec.emit.early-fire.enabled, true",
    "table.exec.emit.late-fire.enabled, TRUE",
    "table.exec.emit.allow-lateness, 1 h"
  })
  void optionsThatMakeWindowsEmitMoreThanOnceAreRefused(String option, String value) {
    assertThat(reasons(Golden.document("windows"), Map.of(option, value)))
        .singleElement()
        .asString()
        .startsWith("the option " + option + " = " + value + " in GroupWindowAggregate(");
  }

  @ParameterizedTest
  @CsvSource({"table.exec.emit.early-fire.enabled, false", "table.exec.emit.allow-lateness, 0 ms"})
  void theirDefaultsAreNot(String option, String value) {
    assertThat(reasons(Golden.document("windows"), Map.of(option, value))).isEmpty();
  }
}
