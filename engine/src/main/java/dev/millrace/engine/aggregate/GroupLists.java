package dev.millrace.engine.aggregate;

import dev.millrace.engine.state.KeyTable;
import java.util.Arrays;

/**
 * A list of numbers per group, each number in at most one list. Rings of doubly linked numbers: 4
 * bytes per group, 8 per number, times the slack of arrays that grow by half.
 */
final class GroupLists {
  /** For each group its first number plus one, or 0. */
  private int[] heads = {};

  /** The number that follows, plus one; 0 for a number in no list. */
  private int[] next = new int[16];

  private int[] previous = new int[16];

  void reserve(int limit) {
    heads = Arrays.copyOf(heads, limit);
  }

  boolean isEmpty(int group) {
    return heads[group] == 0;
  }

  boolean has(int number) {
    return number < next.length && next[number] != 0;
  }

  /** The group's first number, or -1. */
  int first(int group) {
    return heads[group] - 1;
  }

  /** The group's last number; the group has some. */
  int last(int group) {
    return previous[first(group)];
  }

  /** The number after, or -1 at the end. */
  int after(int group, int number) {
    int following = next[number] - 1;
    return following == first(group) ? -1 : following;
  }

  /** The number before, or -1 at the start. */
  int before(int group, int number) {
    return number == first(group) ? -1 : previous[number];
  }

  void append(int group, int number) {
    if (number >= next.length) {
      next = Arrays.copyOf(next, KeyTable.capacity(number + 1));
      previous = Arrays.copyOf(previous, next.length);
    }
    if (isEmpty(group)) {
      heads[group] = number + 1;
      next[number] = number + 1;
      previous[number] = number;
      return;
    }
    int first = first(group);
    int last = previous[first];
    next[last] = number + 1;
    previous[number] = last;
    next[number] = first + 1;
    previous[first] = number;
  }

  void remove(int group, int number) {
    int following = next[number] - 1;
    if (following == number) {
      heads[group] = 0;
    } else {
      next[previous[number]] = following + 1;
      previous[following] = previous[number];
      heads[group] = first(group) == number ? following + 1 : heads[group];
    }
    next[number] = 0;
  }

  /** Empties a list; its numbers are then in none. */
  void clear(int group) {
    while (!isEmpty(group)) {
      remove(group, first(group));
    }
  }

  long bytes() {
    return (long) Integer.BYTES * (heads.length + next.length + previous.length);
  }
}
