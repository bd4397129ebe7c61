package dev.millrace.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.time.Watermarks;
import org.junit.jupiter.api.Test;

class WatermarkMergerTest {
  private final WatermarkMerger merger = new WatermarkMerger(2);

  @Test
  void theLowestCounts() {
    assertThat(merger.watermark(0, 10)).isFalse();
    assertThat(merger.watermark(1, 5)).isTrue();
    assertThat(merger.current()).isEqualTo(5);
  }

  @Test
  void idleInputsAreLeftOut() {
    merger.watermark(0, 10);
    merger.watermark(1, 5);
    assertThat(merger.idle(1, true)).isTrue();
    assertThat(merger.current()).isEqualTo(10);
  }

  /** What an idle input still has to say would be late otherwise. */
  @Test
  void anInputThatIsCompleteDoesNotSpeakForAnIdleOne() {
    merger.watermark(0, 10);
    merger.watermark(1, 5);
    merger.idle(0, true);
    merger.idle(1, true);
    assertThat(merger.watermark(0, Watermarks.END)).isFalse();
    assertThat(merger.ended(0)).isFalse();
    assertThat(merger.watermark(1, 20)).isTrue();
    assertThat(merger.current()).isEqualTo(20);
    assertThat(merger.watermark(1, Watermarks.END)).isTrue();
    assertThat(merger.current()).isEqualTo(Watermarks.END);
  }

  @Test
  void inputsThatEndWithoutBeingCompleteLeaveTheWatermark() {
    merger.watermark(0, 10);
    merger.watermark(1, 5);
    merger.ended(0);
    merger.ended(1);
    assertThat(merger.current()).isEqualTo(5);
  }
}
