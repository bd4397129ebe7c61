package dev.millrace.connectors.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.connectors.testing.Flows;
import dev.millrace.connectors.testing.RowsSink;
import dev.millrace.connectors.testing.Tables;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.ValuesSource;
import dev.millrace.engine.format.FormatFactory;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.runtime.Simulation;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import dev.millrace.formats.json.JsonFormatFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a real format. */
class JsonFilesTest {
  private static final DataType ROW = Tables.rowOf(DataType.of(TypeRoot.BIGINT), DataType.string());
  private static final FormatFactory JSON = new JsonFormatFactory();

  @TempDir private Path folder;

  private Map<String, String> options(String... more) {
    Map<String, String> options =
        new HashMap<>(Map.of("path", folder.toString(), "format", "json"));
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return options;
  }

  private Source source(long rangeBytes, String... options) {
    return new FileSystemSourceFactory(rangeBytes)
        .source(Tables.source(ROW, options(options), JSON));
  }

  @Test
  void rowsWrittenAreTheRowsRead() {
    Random random = new Random(11);
    List<List<Object>> rows = new ArrayList<>();
    for (long i = 0; i < 3000; i++) {
      rows.add(List.of(i, "text \"%d\"\nü😀 %s".formatted(i, "z".repeat(random.nextInt(50)))));
    }
    Sink sink =
        new FileSystemSinkFactory()
            .sink(Tables.sink(ROW, options("sink.rolling-policy.file-size", "20 kb"), JSON));
    Simulation writing =
        new Simulation(Flows.flow(new ValuesSource(ROW, rows), ROW, sink), Flows.config(3, 100), 1);
    assertThat(writing.run(Duration.ofMinutes(1))).isTrue();

    List<List<Object>> read = Flows.read(source(3000), ROW, 3, 64, 2);
    assertThat(read).hasSize(rows.size());
    assertThat(new HashSet<>(read)).isEqualTo(new HashSet<>(rows));
  }

  @Test
  void brokenRowsFailOrAreCounted() throws IOException {
    Files.writeString(
        folder.resolve("a.json"),
        """
        {"c0":1,"c1":"x"}

        {"c0":2,"c1":
        {"c0":3}
        """);
    assertThatThrownBy(() -> Flows.read(source(20), ROW, 1, 10, 0))
        .hasMessageStartingWith("Table 't', file %s, line 3: ", folder.resolve("a.json"));

    RowsSink sink = new RowsSink(ROW);
    Simulation simulation =
        new Simulation(
            Flows.flow(source(20, "json.ignore-parse-errors", "true"), ROW, sink),
            Flows.config(1, 10),
            0);
    assertThat(simulation.run(Duration.ofMinutes(1))).isTrue();
    assertThat(sink.rows()).extracting(row -> row.get(0)).containsExactly(1L, 3L);
    assertThat(simulation.metrics().total(Metrics.ROWS_SKIPPED)).isEqualTo(1);
  }

  @Test
  void unknownOptionOfTheFormatIsNamed() {
    assertThatThrownBy(() -> source(20, "json.ignore-parse-error", "true"))
        .hasMessageContaining("ignore-parse-error");
  }
}
