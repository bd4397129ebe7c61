package dev.millrace.plan.node;

import java.util.ArrayList;
import java.util.List;

/** Column positions as arrays and as lists; plain loops, because plans are read at start-up. */
final class ColumnPositions {
  private ColumnPositions() {}

  static int[] toArray(List<Integer> positions) {
    int[] array = new int[positions.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = positions.get(i);
    }
    return array;
  }

  static List<Integer> toList(int[] positions) {
    List<Integer> list = new ArrayList<>(positions.length);
    for (int position : positions) {
      list.add(position);
    }
    return List.copyOf(list);
  }
}
