package dev.millrace.engine.function.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LikePatternTest {
  private static final String[] PIECES = {"a", "b", "é", "\uD83D\uDE00", "\n", "%", "_"};

  /** Compared with the regular expression that Flink makes of a pattern. */
  @Test
  void matchesLikeTheRegularExpression() {
    long seed = Long.getLong("millrace.random.seed", 7);
    Random random = new Random(seed);
    for (int n = 0; n < 20_000; n++) {
      String pattern = random(random, PIECES.length);
      String text = random(random, PIECES.length - 2);
      String regex = pattern.replace("_", ".").replace("%", "(?s:.*)");
      assertThat(matches(pattern, text))
          .as("'%s' LIKE '%s', seed %d", text, pattern, seed)
          .isEqualTo(Pattern.matches(regex, text));
    }
  }

  private static String random(Random random, int pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(7); i > 0; i--) {
      text.append(PIECES[random.nextInt(pieces)]);
    }
    return text.toString();
  }

  @Test
  void findsALateMatchWithoutTryingAllCombinations() {
    assertThat(matches("%a%a%a%a%a%a%a%a%a%a%a%a%b", "a".repeat(100_000))).isFalse();
  }

  @Test
  void refusesToEscapeAnOrdinaryCharacter() {
    assertThatThrownBy(() -> LikePattern.compile("a$b", '$'))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("invalid escape sequence 'a$b', 1");
    assertThatThrownBy(() -> LikePattern.compile("a$", '$'))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean matches(String pattern, String text) {
    byte[] bytes = ("x" + text + "y").getBytes(StandardCharsets.UTF_8);
    return LikePattern.compile(pattern, LikePattern.NO_ESCAPE).matches(bytes, 1, bytes.length - 2);
  }
}
