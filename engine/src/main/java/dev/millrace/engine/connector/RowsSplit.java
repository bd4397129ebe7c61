package dev.millrace.engine.connector;

import java.util.Map;

/**
 * The rows of a source that can be counted.
 *
 * @param first the number of the first row to read, from 0
 */
public record RowsSplit(String id, long first) implements Split {
  private static final String ID = "id";
  private static final String FIRST = "first";

  @Override
  public Map<String, String> saved() {
    return Map.of(ID, id, FIRST, Long.toString(first));
  }

  /** The split that was saved as this. */
  public static RowsSplit of(Map<String, String> saved) {
    return new RowsSplit(saved.get(ID), Long.parseLong(saved.get(FIRST)));
  }

  /** The same split without the rows before this one. */
  public RowsSplit from(long row) {
    return new RowsSplit(id, row);
  }
}
