package dev.millrace.engine.operator.join;

import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.operator.OperatorContext;
import java.util.Arrays;

/**
 * Some thousand pairs of a row of a batch and a row kept of the other input, at first those that
 * may match, then those that do. Kept rows are known by slots; each that occurs has an index here,
 * so that it is decoded once, however many rows it is paired with. Not thread-safe.
 */
final class Pairs {
  static final int MAX = 4096;

  private static final int SLOTS = 2 * MAX;
  private static final int SHIFT = Integer.numberOfLeadingZeros(SLOTS) + 1;

  private final JoinCondition condition;
  private final int[] rows = new int[MAX];
  private final int[] indexes = new int[MAX];
  private int count;

  /** The slots by index. */
  private final int[] slots = new int[MAX];

  private int slotCount;

  /** Open addressing from a slot to its index plus one. */
  private final int[] table = new int[SLOTS];

  /** {@code condition} is null if equal keys are enough. */
  Pairs(JoinCondition condition) {
    this.condition = condition;
  }

  void add(int row, int slot) {
    rows[count] = row;
    indexes[count++] = index(slot);
  }

  /** The multiplier is 2^32 divided by the golden ratio (Knuth), whose upper bits spread best. */
  private int index(int slot) {
    int at = (slot * 0x9E3779B9) >>> SHIFT;
    while (table[at] != 0) {
      if (slots[table[at] - 1] == slot) {
        return table[at] - 1;
      }
      at = at + 1 & SLOTS - 1;
    }
    slots[slotCount++] = slot;
    table[at] = slotCount;
    return slotCount - 1;
  }

  boolean isFull() {
    return count == MAX;
  }

  int count() {
    return count;
  }

  /** The row of the batch in each pair; pairs stand in the order in which they were added. */
  int[] rows() {
    return rows;
  }

  /** The index of the kept row in each pair. */
  int[] indexes() {
    return indexes;
  }

  /** The slots of all kept rows that occur, by index. */
  int[] slots() {
    return slots;
  }

  int slotCount() {
    return slotCount;
  }

  /** Leaves the pairs for which the condition is true. */
  void filter(
      boolean rowsAreLeft, Vector[] batch, Vector[] kept, JoinSpec spec, OperatorContext context) {
    if (condition == null || count == 0) {
      return;
    }
    Positions matches =
        rowsAreLeft
            ? condition.select(batch, rows, kept, indexes, count, spec, context)
            : condition.select(kept, indexes, batch, rows, count, spec, context);
    for (int i = 0; i < matches.count(); i++) {
      rows[i] = rows[matches.get(i)];
      indexes[i] = indexes[matches.get(i)];
    }
    count = matches.count();
  }

  void clear() {
    count = 0;
    slotCount = 0;
    Arrays.fill(table, 0);
  }
}
