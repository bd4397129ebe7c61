package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.kernel.LongValues;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.Arrays;

/**
 * The distinct values of each group in order, each with its count. Not thread-safe.
 *
 * <p>A treap per group (Seidel and Aragon, "Randomized Search Trees", 1996), its priorities the
 * hashes of node numbers; node 0 is none. Per group 4 bytes; per distinct value 16 and those of the
 * value, times the slack of arrays that grow by half.
 */
abstract sealed class OrderedCounts permits LongOrderedCounts, BytesOrderedCounts {
  private int[] roots = {};
  private int[] left = new int[16];
  private int[] right = new int[16];
  private long[] counts = new long[16];
  private int nodes = 1;

  /** The first of the freed nodes, which are chained by {@link #left}. */
  private int free;

  /** What {@link #split} leaves behind. */
  private int less;

  private int greater;

  static OrderedCounts of(DataType type) {
    boolean fits = LongValues.supports(type) || type.is(TypeRoot.FLOAT) || type.is(TypeRoot.DOUBLE);
    return fits ? new LongOrderedCounts(type) : new BytesOrderedCounts(type);
  }

  /** Names the column whose positions are spoken of from now on. */
  abstract void load(Vector vector);

  /** Says that nobody speaks of the column's positions any more: it may be large. */
  abstract void unload();

  /** The order of the value at a position of the column and that of a node. */
  abstract int compare(int position, int node);

  abstract void store(int position, int node);

  abstract void drop(int node);

  /** The values of nodes. */
  abstract Vector values(int[] wanted, int count);

  abstract DataType type();

  abstract long valueBytes();

  final void reserve(int limit) {
    roots = Arrays.copyOf(roots, limit);
  }

  final void clear(int group) {
    clearTree(roots[group]);
    roots[group] = 0;
  }

  private void clearTree(int node) {
    if (node != 0) {
      clearTree(left[node]);
      clearTree(right[node]);
      release(node);
    }
  }

  /** Adds to the count, which may be below zero, of the value at a position. */
  final void add(int group, int position, long change) {
    int node = find(roots[group], position);
    if (node == 0) {
      node = take();
      store(position, node);
      counts[node] = change;
      roots[group] = insert(roots[group], node, position);
      return;
    }
    counts[node] += change;
    if (counts[node] == 0) {
      roots[group] = remove(roots[group], position);
      release(node);
    }
  }

  private int find(int root, int position) {
    int node = root;
    while (node != 0) {
      int sign = compare(position, node);
      if (sign == 0) {
        return node;
      }
      node = sign < 0 ? left[node] : right[node];
    }
    return 0;
  }

  private int take() {
    if (free != 0) {
      int node = free;
      free = left[node];
      left[node] = 0;
      return node;
    }
    if (nodes == left.length) {
      int capacity = KeyTable.capacity(nodes + 1);
      left = Arrays.copyOf(left, capacity);
      right = Arrays.copyOf(right, capacity);
      counts = Arrays.copyOf(counts, capacity);
    }
    return nodes++;
  }

  private void release(int node) {
    drop(node);
    right[node] = 0;
    left[node] = free;
    free = node;
  }

  private static int priority(int node) {
    int h = node * 0x9E3779B9;
    h = (h ^ h >>> 16) * 0x85EBCA6B;
    return h ^ h >>> 13;
  }

  private int insert(int root, int node, int position) {
    if (root == 0) {
      return node;
    }
    if (priority(node) > priority(root)) {
      split(root, position);
      left[node] = less;
      right[node] = greater;
      return node;
    }
    if (compare(position, root) < 0) {
      left[root] = insert(left[root], node, position);
    } else {
      right[root] = insert(right[root], node, position);
    }
    return root;
  }

  private void split(int root, int position) {
    if (root == 0) {
      less = 0;
      greater = 0;
    } else if (compare(position, root) < 0) {
      split(left[root], position);
      left[root] = greater;
      greater = root;
    } else {
      split(right[root], position);
      right[root] = less;
      less = root;
    }
  }

  private int remove(int root, int position) {
    int sign = compare(position, root);
    if (sign == 0) {
      return join(left[root], right[root]);
    }
    if (sign < 0) {
      left[root] = remove(left[root], position);
    } else {
      right[root] = remove(right[root], position);
    }
    return root;
  }

  private int join(int one, int other) {
    if (one == 0 || other == 0) {
      return one | other;
    }
    if (priority(one) > priority(other)) {
      right[one] = join(right[one], other);
      return one;
    }
    left[other] = join(one, left[other]);
    return other;
  }

  /** The least or greatest value of each group that is there, null if none is. */
  final Vector extrema(int[] groups, int count, boolean max) {
    int[] found = new int[count];
    boolean[] nulls = new boolean[count];
    for (int i = 0; i < count; i++) {
      found[i] = extremum(roots[groups[i]], max);
      nulls[i] = found[i] == 0;
    }
    return values(found, count).withNulls(nulls);
  }

  private int extremum(int root, boolean max) {
    if (root == 0) {
      return 0;
    }
    int better = extremum(max ? right[root] : left[root], max);
    if (better != 0 || counts[root] > 0) {
      return better != 0 ? better : root;
    }
    return extremum(max ? left[root] : right[root], max);
  }

  /** Each group's values with their counts. */
  final MapVector maps(int[] groups, int count) {
    int[] starts = new int[count];
    int[] lengths = new int[count];
    int[] all = new int[16];
    int n = 0;
    for (int i = 0; i < count; i++) {
      starts[i] = n;
      int size = size(roots[groups[i]]);
      all = n + size > all.length ? Arrays.copyOf(all, KeyTable.capacity(n + size)) : all;
      n = collect(roots[groups[i]], all, n);
      lengths[i] = size;
    }
    long[] values = new long[n];
    for (int i = 0; i < n; i++) {
      values[i] = counts[all[i]];
    }
    return new MapVector(
        count, starts, lengths, values(all, n), new LongVector(n, values, null), null);
  }

  private int size(int root) {
    return root == 0 ? 0 : 1 + size(left[root]) + size(right[root]);
  }

  private int collect(int root, int[] to, int at) {
    if (root == 0) {
      return at;
    }
    int middle = collect(left[root], to, at);
    to[middle] = root;
    return collect(right[root], to, middle + 1);
  }

  /** Adds the counts of maps. */
  final void merge(MapVector maps, int[] rows, int[] groups, int count) {
    load(maps.keys());
    long[] more = ((LongVector) maps.values()).values();
    for (int i = 0; i < count; i++) {
      int end = maps.starts()[rows[i]] + maps.lengths()[rows[i]];
      for (int entry = maps.starts()[rows[i]]; entry < end; entry++) {
        add(groups[i], entry, more[entry]);
      }
    }
    unload();
  }

  final long bytes() {
    return (long) Integer.BYTES * roots.length + 2L * Long.BYTES * left.length + valueBytes();
  }
}
