package dev.millrace.connectors.datagen;

import dev.millrace.engine.batch.ArrayVector;
import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.RowVector;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Columns of rows, arrays and maps of generated values. */
final class Nested {
  private Nested() {}

  /** A ROW of generated fields. */
  record Row(List<Generator> fields, Nulls nulls) implements Generator {
    @Override
    public long bytesPerRow() {
      return fields.stream().mapToLong(Generator::bytesPerRow).sum();
    }

    @Override
    public Vector generate(long[] rows, int count, long nowMillis) {
      Vector[] vectors = new Vector[fields.size()];
      for (int i = 0; i < vectors.length; i++) {
        vectors[i] = fields.get(i).generate(rows, count, nowMillis);
      }
      return new RowVector(count, vectors, nulls.of(rows, count));
    }
  }

  /** An ARRAY of a fixed number of elements. */
  record Array(Generator element, int length, Nulls nulls) implements Generator {
    @Override
    public long bytesPerRow() {
      return element.bytesPerRow() * length;
    }

    @Override
    public Vector generate(long[] rows, int count, long nowMillis) {
      int[] starts = new int[count];
      int[] lengths = new int[count];
      for (int i = 0; i < count; i++) {
        starts[i] = i * length;
        lengths[i] = length;
      }
      Vector elements =
          element.generate(elementRows(rows, count, length), count * length, nowMillis);
      return new ArrayVector(count, starts, lengths, elements, nulls.of(rows, count));
    }
  }

  /** A MAP or MULTISET of a number of entries; less where two keys turn out equal. */
  record Entries(DataType keyType, Generator key, Generator value, int length, Nulls nulls)
      implements Generator {
    @Override
    public long bytesPerRow() {
      return (key.bytesPerRow() + value.bytesPerRow()) * length;
    }

    @Override
    public Vector generate(long[] rows, int count, long nowMillis) {
      long[] entryRows = elementRows(rows, count, length);
      Vector keys = key.generate(entryRows, count * length, nowMillis);
      Vector values = value.generate(entryRows, count * length, nowMillis);
      int[] starts = new int[count];
      int[] lengths = new int[count];
      int[] kept = new int[count * length];
      int end = 0;
      for (int i = 0; i < count; i++) {
        Map<Object, Integer> lastOfKey = new LinkedHashMap<>();
        for (int entry = i * length; entry < (i + 1) * length; entry++) {
          lastOfKey.put(Values.get(keys, keyType, entry), entry);
        }
        starts[i] = end;
        lengths[i] = lastOfKey.size();
        for (int entry : lastOfKey.values()) {
          kept[end++] = entry;
        }
      }
      int[] positions = Arrays.copyOf(kept, end);
      return new MapVector(
          count,
          starts,
          lengths,
          keys.take(positions, end),
          values.take(positions, end),
          nulls.of(rows, count));
    }
  }

  /** Numbers for the elements of these rows, so that no two elements share one. */
  private static long[] elementRows(long[] rows, int count, int length) {
    long[] numbers = new long[count * length];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < length; j++) {
        numbers[i * length + j] = rows[i] * length + j;
      }
    }
    return numbers;
  }
}
