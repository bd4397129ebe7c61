package dev.millrace.conformance.changelog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a table holds after a changelog, folded by its primary key if it has one. */
public final class Materialized {
  private Materialized() {}

  /** The rows left, sorted; one that was taken back more often than added shows as {@code -row}. */
  public static List<String> fold(List<Change> changes, int[] key) {
    return key.length == 0 ? byRow(changes) : byKey(changes, key);
  }

  private static List<String> byRow(List<Change> changes) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Change change : changes) {
      counts.merge(change.fields().toString(), change.adds() ? 1 : -1, Integer::sum);
    }
    List<String> rows = new ArrayList<>();
    counts.forEach(
        (row, count) -> {
          for (int i = 0; i < Math.abs(count); i++) {
            rows.add(count > 0 ? row : "-" + row);
          }
        });
    return rows;
  }

  private static List<String> byKey(List<Change> changes, int[] key) {
    Map<List<String>, String> rows = new LinkedHashMap<>();
    for (Change change : changes) {
      List<String> values = Arrays.stream(key).mapToObj(change.fields()::get).toList();
      if (change.adds()) {
        rows.put(values, change.fields().toString());
      } else {
        rows.remove(values);
      }
    }
    return rows.values().stream().sorted().toList();
  }
}
