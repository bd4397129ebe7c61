package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.ArrayVector;
import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * LISTAGG: a group's strings that are not null, one after the other with a separator between them;
 * null if there is none. The bytes of {@link ValueLists}. State: the strings that are there, those
 * that are owed, the separator.
 *
 * <p>The separator is a literal, the same in all rows.
 */
final class ListAgg implements Accumulator {
  private static final byte[] COMMA = {','};

  private final ValueLists values = new ValueLists(DataType.string());
  private byte[] separator = COMMA;

  @Override
  public List<DataType> stateTypes() {
    return List.of(values.stateType(), values.stateType(), DataType.string().withNullable(false));
  }

  @Override
  public void reserve(int limit) {
    values.reserve(limit);
  }

  @Override
  public void clear(int group) {
    values.clear(group);
  }

  @Override
  public void add(Vector[] arguments, GroupedRows rows) {
    if (arguments.length > 1 && rows.count() > 0) {
      setSeparator((BytesVector) arguments[1], rows.rows()[0]);
    }
    values.add(arguments[0], rows.whereNotNull(arguments[0].nulls()));
  }

  private void setSeparator(BytesVector separators, int row) {
    int start = separators.starts()[row];
    separator = Arrays.copyOfRange(separators.data(), start, start + separators.lengths()[row]);
  }

  @Override
  public void merge(Vector[] state, int[] rows, int[] groups, int count) {
    if (count > 0) {
      setSeparator((BytesVector) state[2], rows[0]);
    }
    values.merge((ArrayVector) state[0], rows, groups, count, false);
    values.merge((ArrayVector) state[1], rows, groups, count, true);
  }

  @Override
  public Vector[] state(int[] groups, int count) {
    BytesBuilder separators = new BytesBuilder(new ByteHeap());
    for (int i = 0; i < count; i++) {
      separators.append(separator);
    }
    return new Vector[] {
      values.arrays(groups, count, false), values.arrays(groups, count, true), separators.build()
    };
  }

  @Override
  public Vector result(int[] groups, int count) {
    ArrayVector arrays = values.arrays(groups, count, false);
    BytesVector strings = (BytesVector) arrays.elements();
    ByteHeap heap = new ByteHeap();
    int[] starts = new int[count];
    int[] lengths = new int[count];
    for (int i = 0; i < count; i++) {
      starts[i] = heap.length();
      int from = arrays.starts()[i];
      for (int j = from; j < from + arrays.lengths()[i]; j++) {
        if (j > from) {
          heap.append(separator);
        }
        heap.append(strings.data(), strings.starts()[j], strings.lengths()[j]);
      }
      lengths[i] = heap.length() - starts[i];
    }
    return new BytesVector(count, heap.data(), starts, lengths, ListFunction.empty(arrays, count));
  }

  @Override
  public long bytes() {
    return values.bytes();
  }
}
