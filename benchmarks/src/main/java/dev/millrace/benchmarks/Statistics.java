package dev.millrace.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Medians and spreads of a few figures. */
public final class Statistics {
  private Statistics() {}

  public static <T> double median(List<T> runs, ToDoubleFunction<T> figure) {
    double[] sorted = sorted(runs, figure);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** How far the figures lie apart, as a share of their median. */
  public static <T> double spread(List<T> runs, ToDoubleFunction<T> figure) {
    double[] sorted = sorted(runs, figure);
    return (sorted[sorted.length - 1] - sorted[0]) / median(runs, figure);
  }

  private static <T> double[] sorted(List<T> runs, ToDoubleFunction<T> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
