package dev.millrace.engine.connector;

import java.time.Duration;
import java.util.List;

/** Splits that are known from the start and found once. */
public record FixedSplits(Assignment assignment, List<? extends Split> splits)
    implements SplitEnumerator {
  private record Whole(String id) implements Split {}

  /** A source that is one split. */
  public static FixedSplits whole(String id) {
    return new FixedSplits(Assignment.EAGER, List.of(new Whole(id)));
  }

  @Override
  public List<Split> discover() {
    return List.copyOf(splits);
  }

  @Override
  public Duration interval() {
    return null;
  }
}
