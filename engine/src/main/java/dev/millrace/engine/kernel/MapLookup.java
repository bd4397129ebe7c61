package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;

/** Finds entries of maps by their keys. */
public final class MapLookup {
  private MapLookup() {}

  /**
   * Position of the entry with a key, among the shared keys of {@code maps}, or -1. A null key is
   * never found.
   */
  public static int find(
      MapVector maps, DataType mapKeyType, int map, Vector keys, DataType keyType, int key) {
    int start = maps.starts()[map];
    int end = start + maps.lengths()[map];
    for (int i = start; i < end; i++) {
      if (!maps.keys().isNull(i)
          && Equality.equal(maps.keys(), mapKeyType, i, keys, keyType, key)) {
        return i;
      }
    }
    return -1;
  }
}
