package dev.millrace.plan.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.MillraceException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanSettingsTest {
  private static PlanSettings with(String option, String value) {
    return new PlanSettings(Map.of(option, value));
  }

  @Test
  void defaultsAreFlinks() {
    PlanSettings settings = new PlanSettings(Map.of());
    assertThat(settings.zone()).isEqualTo(ZoneId.systemDefault());
    assertThat(settings.idleTimeout()).isNull();
    assertThat(settings.parallelism()).isZero();
  }

  @Test
  void optionsAreRead() {
    assertThat(with("table.local-time-zone", "Asia/Shanghai").zone())
        .isEqualTo(ZoneId.of("Asia/Shanghai"));
    assertThat(with("table.local-time-zone", "default").zone()).isEqualTo(ZoneId.systemDefault());
    assertThat(with("table.exec.source.idle-timeout", "5 s").idleTimeout())
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(with("table.exec.source.idle-timeout", "0 ms").idleTimeout()).isNull();
    assertThat(with("parallelism.default", "3").parallelism()).isEqualTo(3);
    assertThat(with("parallelism.default", "-1").parallelism()).isZero();
  }

  @Test
  void theTablesParallelismComesFirst() {
    assertThat(
            new PlanSettings(
                    Map.of(
                        "parallelism.default", "3", "table.exec.resource.default-parallelism", "2"))
                .parallelism())
        .isEqualTo(2);
  }

  @Test
  void aWrongZoneIsAUsersError() {
    assertThatThrownBy(() -> with("table.local-time-zone", "Mars/Base").zone())
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("table.local-time-zone")
        .hasMessageContaining("'Mars/Base'");
  }
}
