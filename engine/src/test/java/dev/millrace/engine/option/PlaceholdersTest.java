package dev.millrace.engine.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceholdersTest {
  private final Placeholders placeholders =
      new Placeholders(
          Map.of("LONG", "pass-word", "LONGER", "pass-word-2", "PIN", "12", "DEEP", "${env:PIN}")
              ::get);

  @Test
  void resolvesEveryPlaceholderOnce() {
    assertThat(placeholders.resolve("a${env:PIN}b${env:LONG}")).isEqualTo("a12bpass-word");
    assertThat(placeholders.resolve("${env:DEEP}")).isEqualTo("${env:PIN}");
    assertThat(placeholders.resolve("${other:PIN} $PIN {x}")).isEqualTo("${other:PIN} $PIN {x}");
    assertThat(placeholders.resolve(Map.of("k", "${env:PIN}"))).isEqualTo(Map.of("k", "12"));
  }

  @Test
  void readsFilesWithoutTheirLastLineEnd(@TempDir Path folder) throws Exception {
    Path unix = Files.writeString(folder.resolve("unix"), "a\nb\n");
    Path windows = Files.writeString(folder.resolve("windows"), "a\r\n");
    assertThat(placeholders.resolve("${file:" + unix + "}|${file:" + windows + "}"))
        .isEqualTo("a\nb|a");
  }

  @Test
  void saysWhatHasNoValue() {
    assertThatThrownBy(() -> placeholders.resolve("${env:NONE}"))
        .hasMessage("${env:NONE}: the environment variable NONE is not set.");
    assertThatThrownBy(() -> placeholders.resolve("${file:/no/such}"))
        .hasMessage("${file:/no/such}: the file /no/such cannot be read.");
    assertThat(placeholders.keepingUnknown().resolve("${env:NONE}${env:PIN}"))
        .isEqualTo("${env:NONE}12");
  }

  @Test
  void masksWhatItPutIn() {
    assertThat(placeholders.mask("pass-word")).isEqualTo("pass-word");
    placeholders.resolve("${env:LONG}${env:LONGER}${env:PIN}");
    assertThat(placeholders.mask("x=pass-word-2ypass-wordz"))
        .isEqualTo("x=${env:LONGER}y${env:LONG}z");
    assertThat(placeholders.mask("pin 12, not 123")).isEqualTo("pin ${env:PIN}, not 123");
  }
}
