package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.examples.EmbeddedJob;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExamplesTest {
  @Test
  void embeddedJobPrintsTheCleanReadings() throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream real = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      EmbeddedJob.main(new String[0]);
    } finally {
      System.setOut(real);
    }
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("+I[T-1, 21.5]", "+I[T-3, -4.0]");
  }
}
