package dev.millrace.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.connectors.blackhole.BlackHoleSinkFactory;
import dev.millrace.connectors.testing.Flows;
import dev.millrace.connectors.testing.Tables;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkFactory;
import dev.millrace.engine.connector.SourceFactory;
import dev.millrace.engine.connector.ValuesSource;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.runtime.Simulation;
import dev.millrace.engine.type.DataType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ConnectorsTest {
  @Test
  void connectorsAreFoundByTheirNames() {
    assertThat(ServiceLoader.load(SourceFactory.class))
        .extracting(SourceFactory::identifier)
        .contains("filesystem", "datagen");
    assertThat(ServiceLoader.load(SinkFactory.class))
        .extracting(SinkFactory::identifier)
        .contains("filesystem", "print", "blackhole");
  }

  @Test
  void blackholeTakesRowsThatTheRuntimeCounts() {
    DataType rowType = Tables.rowOf(DataType.string());
    Sink sink = new BlackHoleSinkFactory().sink(Tables.sink(rowType, Map.of()));
    ValuesSource source =
        new ValuesSource(rowType, List.of(List.of("a"), List.of("b"), List.of("c")));
    Simulation simulation =
        new Simulation(Flows.flow(source, rowType, sink), Flows.config(2, 2), 1);
    assertThat(simulation.run(Duration.ofSeconds(1))).isTrue();
    assertThat(simulation.metrics().total("Sink[2]", Metrics.ROWS_OUT)).isEqualTo(3);
  }
}
