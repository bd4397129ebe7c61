package dev.millrace.conformance.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.api.Engine;
import dev.millrace.engine.error.UnsupportedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The native engine comes to what Flink wrote down for each golden file, at parallelism 1 and 3.
 *
 * <p>With {@code -Dmillrace.golden.write=true} Flink writes the expected results anew, and the list
 * of those that still fall back.
 */
class GoldenTest {
  private static final boolean WRITE = Boolean.getBoolean("millrace.golden.write");

  /** The files whose operators are not native yet: the one place that says so. */
  private static final Path FALLS_BACK = GoldenFiles.FOLDER.resolve("falls-back.txt");

  private static Stream<Arguments> runs() {
    return GoldenFiles.names().stream()
        .flatMap(name -> Stream.of(1, 3).map(parallelism -> Arguments.of(name, parallelism)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void agreesWithFlink(String name, int parallelism) throws IOException, InterruptedException {
    assumeTrue(!WRITE);
    if (Files.readAllLines(FALLS_BACK).contains(name)) {
      assertThatThrownBy(() -> GoldenFiles.run(name, Engine.NATIVE, parallelism))
          .as("%s runs natively now: take it off %s", name, FALLS_BACK)
          .isInstanceOf(UnsupportedException.class);
    } else {
      assertThat(GoldenFiles.run(name, Engine.NATIVE, parallelism))
          .containsExactlyElementsOf(Files.readAllLines(GoldenFiles.expected(name)));
    }
  }

  @Test
  void write() throws IOException, InterruptedException {
    assumeTrue(WRITE);
    List<String> fallBack = new ArrayList<>();
    for (String name : GoldenFiles.names()) {
      Files.write(GoldenFiles.expected(name), GoldenFiles.run(name, Engine.FLINK, 1));
      try {
        GoldenFiles.run(name, Engine.NATIVE, 1);
      } catch (UnsupportedException e) {
        fallBack.add(name);
      }
    }
    Files.write(FALLS_BACK, fallBack);
  }
}
