package dev.millrace.engine.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.operator.OperatorHarness.Input;
import dev.millrace.engine.time.Watermarks;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MiniBatchAssignerTest {
  private static final DataType ROW =
      DataType.row(List.of(new Field("v", DataType.of(TypeRoot.BIGINT))));

  /** Notes what watermarks come, and hands all on. */
  private static final class Watching extends ForwardingOperator {
    private final List<Long> watermarks;

    Watching(List<Long> watermarks) {
      this.watermarks = watermarks;
    }

    @Override
    public void process(int input, Batch batch) {
      emit(batch);
    }

    @Override
    public void watermark(long timestamp) {
      watermarks.add(timestamp);
      super.watermark(timestamp);
    }
  }

  private static List<Long> passing(long interval, long... watermarks) {
    List<Long> passed = new ArrayList<>();
    OperatorHarness harness =
        new OperatorHarness(
            () -> new Pipeline(new MiniBatchAssigner(interval), new Watching(passed)),
            List.of(new Input(ROW, List.of())),
            ROW,
            null);
    List<Event> events = new ArrayList<>();
    LongStream.of(watermarks).forEach(mark -> events.add(new Event.Watermark(0, mark)));
    events.add(new Event.Row(0, RowKind.INSERT, List.of(1L)));
    assertThat(harness.changelog(events, 1)).hasSize(1);
    return passed;
  }

  @Test
  void watermarksPassWhenTheyReachTheEndOfAnInterval() {
    assertThat(passing(10, 0, 8, 9, 10, 18, 19)).containsExactly(9L, 19L, Watermarks.END);
    assertThat(passing(10, 5, 14, 18, 25, 27, 29, 41))
        .containsExactly(14L, 25L, 29L, 41L, Watermarks.END);
  }

  @Test
  void theLastWatermarkPasses() {
    assertThat(passing(1000, 1, 2)).containsExactly(Watermarks.END);
  }
}
