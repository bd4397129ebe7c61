package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.VectorBuilder;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/** Constants of a string or binary type: open addressing, linear probing. */
final class BytesSet implements ValueSet {
  private static final int EMPTY = -1;

  private final BytesVector constants;
  private final int[] table;
  private final int mask;

  private BytesSet(BytesVector constants) {
    int capacity = Integer.highestOneBit(Math.max(1, constants.size())) * 4;
    this.constants = constants;
    this.table = new int[capacity];
    this.mask = capacity - 1;
    Arrays.fill(table, EMPTY);
    for (int i = 0; i < constants.size(); i++) {
      table[slot(constants, i)] = i;
    }
  }

  static BytesSet of(DataType type, List<?> values) {
    VectorBuilder builder = VectorBuilder.of(type, new ByteHeap());
    values.forEach(value -> Values.append(builder, type, value));
    return new BytesSet((BytesVector) builder.build());
  }

  @Override
  public boolean[] contains(Vector vector, int count) {
    BytesVector values = (BytesVector) vector;
    boolean[] found = new boolean[count];
    for (int i = 0; i < count; i++) {
      found[i] = table[slot(values, i)] != EMPTY;
    }
    return found;
  }

  /** The slot with the constant that equals the value at a position, or the empty one for it. */
  private int slot(BytesVector values, int position) {
    int slot = hash(values, position) & mask;
    while (table[slot] != EMPTY && !ByteRanges.equal(constants, table[slot], values, position)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int hash(BytesVector values, int position) {
    byte[] data = values.data();
    int start = values.starts()[position];
    int end = start + values.lengths()[position];
    int hash = 1;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + data[i];
    }
    return hash ^ (hash >>> 15);
  }
}
