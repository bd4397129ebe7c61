package dev.millrace.engine.function.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesBuilder;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedPatternTest {
  /** Times of the same unit are written as the same text, so that one text serves them all. */
  @ParameterizedTest
  @ValueSource(
      strings = {"yyyy-MM-dd", "dd.MM", "yyyy-MM-dd HH", "HH:mm", "HH:mm:ss", "ss", "HH:ss"})
  void timesOfAUnitHaveOneText(String pattern) {
    long seed = Long.getLong("millrace.random.seed", 7);
    Random random = new Random(seed);
    FixedPattern fixed = FixedPattern.compile(pattern, true);
    int shared = 0;
    for (int n = 0; n < 20_000; n++) {
      long millis = random.nextLong(-2_000_000_000_000L, 4_000_000_000_000L);
      long other = millis + random.nextInt(1 << random.nextInt(1, 28));
      if (fixed.unit(millis) == fixed.unit(other)) {
        shared++;
        assertThat(text(fixed, other))
            .as("%d, seed %d", other, seed)
            .isEqualTo(text(fixed, millis));
      }
    }
    assertThat(shared).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ss.SSS", "yyyy-MM-dd HH:mm:ss.SSSSSS"})
  void fractionsShareNothing(String pattern) {
    assertThat(FixedPattern.compile(pattern, true).unit(0)).isEqualTo(FixedPattern.NO_MATCH);
  }

  private static String text(FixedPattern pattern, long millis) {
    BytesBuilder values = new BytesBuilder(new ByteHeap());
    pattern.append(millis, 0, values);
    return values.build().string(0);
  }
}
