package dev.millrace.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.connector.SplitEnumerator.Assignment;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitAssignerTest {
  /** A reader that were idle before would let other inputs' watermarks overtake its rows. */
  @Test
  void aReaderIsNotWithoutSplitsBeforeTheyWereLookedFor() {
    SplitAssigner assigner = new SplitAssigner(1, Assignment.EAGER, 2);
    assertThat(assigner.discovered()).isFalse();
    assigner.add(List.of());
    assertThat(assigner.discovered()).isTrue();

    SplitAssigner complete = new SplitAssigner(1, Assignment.ON_DEMAND, 2);
    complete.complete();
    assertThat(complete.discovered()).isTrue();
  }
}
