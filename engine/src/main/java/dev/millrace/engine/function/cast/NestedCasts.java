package dev.millrace.engine.function.cast;

import dev.millrace.engine.batch.ArrayVector;
import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.RowVector;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Nulls;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Casts of ARRAY, MAP, MULTISET and ROW, element by element; a failing element fails the whole. */
final class NestedCasts {
  private static final DataType COUNT = DataType.of(TypeRoot.INT);
  private static final byte[] NULL = ascii("NULL");
  private static final byte[] SEPARATOR = ascii(", ");

  private NestedCasts() {}

  /** The cast between two types of the same structure, or null if there is none. */
  static Cast find(DataType source, DataType target) {
    if (source.root() != target.root() || source.children().size() != target.children().size()) {
      return null;
    }
    Cast[] children = new Cast[source.children().size()];
    boolean identity = true;
    for (int i = 0; i < children.length; i++) {
      children[i] = Casts.find(source.child(i), target.child(i));
      if (children[i] == null) {
        return null;
      }
      identity &= children[i] == Cast.IDENTITY;
    }
    if (identity) {
      return Cast.IDENTITY;
    }
    return switch (source.root()) {
      case ARRAY ->
          (input, count, context) -> castArrays((ArrayVector) input, count, children[0], context);
      case ROW -> (input, count, context) -> castRows((RowVector) input, count, children, context);
      default -> {
        Cast values = source.is(TypeRoot.MULTISET) ? Cast.IDENTITY : children[1];
        DataType key = target.child(0);
        yield (input, count, context) ->
            castMaps((MapVector) input, count, children[0], values, key, context);
      }
    };
  }

  /** The elements of nested values, one after the other without gaps. */
  private record Elements(int[] positions, int[] owners, int[] starts, int[] lengths) {
    static Elements of(Vector owner, int[] starts, int[] lengths, int count) {
      int total = 0;
      for (int i = 0; i < count; i++) {
        total += owner.isNull(i) ? 0 : lengths[i];
      }
      Elements elements =
          new Elements(new int[total], new int[total], new int[count], new int[count]);
      int next = 0;
      for (int i = 0; i < count; i++) {
        elements.starts[i] = next;
        elements.lengths[i] = owner.isNull(i) ? 0 : lengths[i];
        for (int j = 0; j < elements.lengths[i]; j++) {
          elements.positions[next] = starts[i] + j;
          elements.owners[next++] = i;
        }
      }
      return elements;
    }

    int count() {
      return positions.length;
    }

    /** The elements of a shared vector, cast; identity shares no array with the input either. */
    Vector cast(Vector shared, Cast cast, CastContext context) {
      Vector dense = shared.take(positions, count());
      return cast.cast(dense, count(), context.forElements(owners));
    }
  }

  private static Vector castArrays(
      ArrayVector input, int count, Cast element, CastContext context) {
    Elements elements = Elements.of(input, input.starts(), input.lengths(), count);
    Vector cast = elements.cast(input.elements(), element, context);
    return new ArrayVector(count, elements.starts(), elements.lengths(), cast, input.nulls());
  }

  private static Vector castMaps(
      MapVector input, int count, Cast key, Cast value, DataType keyType, CastContext context) {
    Elements entries = Elements.of(input, input.starts(), input.lengths(), count);
    Vector keys = entries.cast(input.keys(), key, context);
    Vector values = entries.cast(input.values(), value, context);
    MapVector cast =
        new MapVector(count, entries.starts(), entries.lengths(), keys, values, input.nulls());
    return key == Cast.IDENTITY ? cast : withoutDuplicates(cast, count, keyType);
  }

  /** Of entries whose keys have become equal, the last one stays. */
  private static MapVector withoutDuplicates(MapVector map, int count, DataType keyType) {
    int[] kept = new int[map.keys().size()];
    int[] starts = new int[count];
    int[] lengths = new int[count];
    int next = 0;
    for (int i = 0; i < count; i++) {
      starts[i] = next;
      Map<Object, Integer> seen = new HashMap<>();
      for (int j = map.starts()[i]; j < map.starts()[i] + map.lengths()[i]; j++) {
        Integer before = seen.get(key(map.keys(), keyType, j));
        if (before == null) {
          seen.put(key(map.keys(), keyType, j), next);
          kept[next++] = j;
        } else {
          kept[before] = j;
        }
      }
      lengths[i] = next - starts[i];
    }
    return new MapVector(
        count,
        starts,
        lengths,
        map.keys().take(kept, next),
        map.values().take(kept, next),
        map.nulls());
  }

  /** A key as an object; of a date or time the bare number, which need not be within the day. */
  private static Object key(Vector keys, DataType type, int position) {
    return keys instanceof IntVector ints && !keys.isNull(position)
        ? (Object) ints.values()[position]
        : Values.get(keys, type, position);
  }

  private static Vector castRows(RowVector input, int count, Cast[] fields, CastContext context) {
    Vector[] cast = new Vector[fields.length];
    for (int i = 0; i < fields.length; i++) {
      cast[i] = fields[i].cast(Nulls.field(input, i, count), count, context);
    }
    return new RowVector(count, cast, input.nulls());
  }

  // ---------------------------------------------------------------- to text

  /** The cast to STRING: elements as they are cast themselves, nulls as {@code NULL}. */
  static Cast toText(DataType source) {
    Cast[] children = new Cast[source.children().size()];
    for (int i = 0; i < children.length; i++) {
      children[i] = elementToText(source.child(i));
      if (children[i] == null) {
        return null;
      }
    }
    return switch (source.root()) {
      case ARRAY ->
          (input, count, context) -> printArrays((ArrayVector) input, count, children[0], context);
      case ROW -> (input, count, context) -> printRows((RowVector) input, count, children, context);
      default -> {
        Cast values = source.is(TypeRoot.MULTISET) ? PrintCasts.find(COUNT) : children[1];
        yield (input, count, context) ->
            printMaps((MapVector) input, count, children[0], values, context);
      }
    };
  }

  private static Cast elementToText(DataType type) {
    return Casts.find(type, DataType.string());
  }

  private static Vector printArrays(
      ArrayVector input, int count, Cast element, CastContext context) {
    Elements elements = Elements.of(input, input.starts(), input.lengths(), count);
    BytesVector texts = (BytesVector) elements.cast(input.elements(), element, context);
    TextColumn column = PrintCasts.column(count);
    ByteHeap heap = column.heap();
    for (int i = 0; i < count; i++) {
      heap.append((byte) '[');
      for (int j = 0; j < elements.lengths()[i]; j++) {
        appendSeparator(heap, j);
        append(heap, texts, elements.starts()[i] + j);
      }
      heap.append((byte) ']');
      column.end(i);
    }
    return column.build(input.nulls());
  }

  private static Vector printMaps(
      MapVector input, int count, Cast key, Cast value, CastContext context) {
    Elements entries = Elements.of(input, input.starts(), input.lengths(), count);
    BytesVector keys = (BytesVector) entries.cast(input.keys(), key, context);
    BytesVector values = (BytesVector) entries.cast(input.values(), value, context);
    TextColumn column = PrintCasts.column(count);
    ByteHeap heap = column.heap();
    for (int i = 0; i < count; i++) {
      heap.append((byte) '{');
      for (int j = 0; j < entries.lengths()[i]; j++) {
        appendSeparator(heap, j);
        append(heap, keys, entries.starts()[i] + j);
        heap.append((byte) '=');
        append(heap, values, entries.starts()[i] + j);
      }
      heap.append((byte) '}');
      column.end(i);
    }
    return column.build(input.nulls());
  }

  private static Vector printRows(RowVector input, int count, Cast[] fields, CastContext context) {
    BytesVector[] texts = new BytesVector[fields.length];
    for (int i = 0; i < fields.length; i++) {
      texts[i] = (BytesVector) fields[i].cast(Nulls.field(input, i, count), count, context);
    }
    TextColumn column = PrintCasts.column(count);
    ByteHeap heap = column.heap();
    for (int i = 0; i < count; i++) {
      heap.append((byte) '(');
      for (int j = 0; j < texts.length; j++) {
        appendSeparator(heap, j);
        append(heap, texts[j], i);
      }
      heap.append((byte) ')');
      column.end(i);
    }
    return column.build(input.nulls());
  }

  private static void appendSeparator(ByteHeap heap, int index) {
    if (index > 0) {
      heap.append(SEPARATOR);
    }
  }

  private static void append(ByteHeap heap, BytesVector texts, int position) {
    if (texts.isNull(position)) {
      heap.append(NULL);
    } else {
      heap.append(texts.data(), texts.starts()[position], texts.lengths()[position]);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
