package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.metrics.DeclaredMetrics;
import dev.millrace.engine.metrics.Metric;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MeterNamesTest {
  private static final NamingConvention PROMETHEUS =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).config().namingConvention();

  private static String prometheus(Metric metric) {
    Meter.Type type =
        switch (metric.kind()) {
          case COUNTER -> Meter.Type.COUNTER;
          case GAUGE -> Meter.Type.GAUGE;
        };
    String total = metric.kind() == Metric.Kind.COUNTER ? "_total" : "";
    String name = PROMETHEUS.name(MeterNames.of(metric), type, MeterNames.baseUnit(metric));
    return name.endsWith(total) ? name : name + total;
  }

  @Test
  void thePageAboutOperationHasAllNamesAndNoOthers() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "operations.md"));
    Set<String> named =
        Pattern.compile("millrace_[a-z_]+")
            .matcher(page)
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    assertThat(DeclaredMetrics.all())
        .extracting(MeterNamesTest::prometheus)
        .containsExactlyInAnyOrderElementsOf(named);
  }
}
