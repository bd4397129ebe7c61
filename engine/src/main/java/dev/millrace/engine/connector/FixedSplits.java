package dev.millrace.engine.connector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Splits that are known from the start and found once. */
public final class FixedSplits implements SplitEnumerator {
  private final Assignment assignment;
  private final List<Split> splits;

  public FixedSplits(Assignment assignment, List<? extends Split> splits) {
    this.assignment = assignment;
    this.splits = new ArrayList<>(splits);
  }

  /** A source that is one split of rows. */
  public static FixedSplits whole(String id) {
    return new FixedSplits(Assignment.EAGER, List.of(new RowsSplit(id, 0)));
  }

  @Override
  public Assignment assignment() {
    return assignment;
  }

  @Override
  public void restore(List<Split> known) {
    Set<String> ids = known.stream().map(Split::id).collect(Collectors.toSet());
    splits.removeIf(split -> ids.contains(split.id()));
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
