package dev.millrace.conformance.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.conformance.program.Programs.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Flink's own semantic tests on the native engine: none may get worse, and the page says how each
 * fares.
 */
class ProgramsTest {
  private static final Path MODULE = Path.of(System.getProperty("basedir", "."));
  private static final Path PAGE = MODULE.resolveSibling("docs/conformance.md").normalize();
  private static final Path LIST = MODULE.resolve("src/test/resources/programs/native.txt");

  private static final Map<Named, Outcome> OUTCOMES = new LinkedHashMap<>();

  @BeforeAll
  static void run() throws InterruptedException, IOException {
    Locale locale = Locale.getDefault();
    // Flink's type parser takes "timestamp" for no type where a capital i has a dot.
    Locale.setDefault(Locale.ROOT);
    try {
      for (Named program : Programs.all()) {
        if (!program.fullName().matches(System.getProperty("only", ".*"))) continue; //TMP
        OUTCOMES.put(program, ProgramRunner.run(program));
      }
    } finally {
      Locale.setDefault(locale);
    }
    System.out.println("Flink's programs: " + ConformancePage.restored(OUTCOMES));
    if (Boolean.getBoolean("millrace.conformance.write")) {
      Files.writeString(PAGE, ConformancePage.text(OUTCOMES));
      Files.createDirectories(LIST.getParent());
      Files.write(LIST, named(Outcome.Verdict.NATIVE));
    }
  }

  private static List<String> named(Outcome.Verdict verdict) {
    return OUTCOMES.entrySet().stream()
        .filter(entry -> entry.getValue().verdict() == verdict)
        .map(entry -> entry.getKey().fullName())
        .toList();
  }

  @Test
  void findsFlinksPrograms() {
    assertThat(OUTCOMES).hasSizeGreaterThan(440);
  }

  @Test
  void whatWasNativeStillIs() throws IOException {
    assertThat(named(Outcome.Verdict.NATIVE)).containsAll(Files.readAllLines(LIST));
  }

  @Test
  void everyProgramThatReadsRowsIsRestoredMidway() {
    assertThat(OUTCOMES.entrySet())
        .filteredOn(entry -> entry.getValue().restored() == Restored.MISSED)
        .as("killed before the first row or behind the last one, whatever the seed")
        .isEmpty();
  }

  @Test
  void pageIsUpToDate() throws IOException {
    assertThat(Files.readString(PAGE)).isEqualTo(ConformancePage.text(OUTCOMES));
  }
}
