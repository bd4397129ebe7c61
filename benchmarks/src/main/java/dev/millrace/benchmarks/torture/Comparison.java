package dev.millrace.benchmarks.torture;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Results as they are and as they must be: each once.
 *
 * @param lost those that are not there
 * @param doubled those that are there more than once
 * @param wrong those that are there once with another value, or should not be there
 */
record Comparison(long expected, long found, long lost, long doubled, long wrong) {
  static <V> Comparison of(Map<String, V> expected, Map<String, List<V>> found) {
    long lost = 0;
    long doubled = 0;
    long wrong = 0;
    for (Map.Entry<String, V> result : expected.entrySet()) {
      List<V> values = found.getOrDefault(result.getKey(), List.of());
      lost += values.isEmpty() ? 1 : 0;
      doubled += values.size() > 1 ? 1 : 0;
      wrong += values.size() == 1 && !values.get(0).equals(result.getValue()) ? 1 : 0;
    }
    wrong += found.keySet().stream().filter(key -> !expected.containsKey(key)).count();
    long rows = found.values().stream().mapToLong(List::size).sum();
    return new Comparison(expected.size(), rows, lost, doubled, wrong);
  }

  boolean right() {
    return lost + doubled + wrong == 0;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "results expected %,d, found %,d, lost %,d, doubled %,d, wrong %,d",
        expected,
        found,
        lost,
        doubled,
        wrong);
  }
}
