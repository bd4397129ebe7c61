package dev.millrace.formats.json;

import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.MapBuilder;
import dev.millrace.engine.batch.VectorBuilder;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Reads MAP and MULTISET from objects. Entries keep their order; of equal keys the last counts. */
final class MapReader extends ValueReader {
  /** Up to here every key is compared with every other; more go through a hash map. */
  private static final int FEW = 16;

  private final StringReader key;
  private final ValueReader value;
  private MapBuilder builder;

  MapReader(Place place, StringReader key, ValueReader value) {
    super(place);
    this.key = key;
    this.value = value;
  }

  @Override
  int read(JsonInput in, int position) {
    int first = in.at(position);
    if (first != '{') {
      return nullOrMismatch(in, position, first);
    }
    int entries = builder.keys().size();
    int end = readEntries(in, position + 1, new BitSet());
    BitSet overwritten = overwritten(entries);
    if (!overwritten.isEmpty()) {
      builder.keys().truncate(entries);
      builder.values().truncate(entries);
      readEntries(in, position + 1, overwritten);
    }
    builder.endMap();
    return end;
  }

  /** Reads all entries but the left out ones, counted from the first of this map. */
  private int readEntries(JsonInput in, int position, BitSet leftOut) {
    int at = in.skipSpace(position);
    if (in.at(at) == '}') {
      return at + 1;
    }
    for (int entry = 0; ; entry++) {
      if (in.at(at) != '"') {
        throw in.wrong("a name in quotes", at);
      }
      boolean read = !leftOut.get(entry);
      at = in.skipColon(read ? key.read(in, at) : in.skipValue(at));
      at = in.skipSpace(read ? value.read(in, at) : in.skipValue(at));
      int next = in.at(at);
      if (next == '}') {
        return at + 1;
      }
      if (next != ',') {
        throw in.wrong("',' or '}'", at);
      }
      at = in.skipSpace(at + 1);
    }
  }

  /** Which of the entries read since {@code first} have a later one with an equal key. */
  private BitSet overwritten(int first) {
    BytesBuilder keys = (BytesBuilder) builder.keys();
    int count = keys.size() - first;
    BitSet overwritten = new BitSet();
    if (count <= FEW) {
      for (int i = 0; i < count; i++) {
        for (int later = i + 1; later < count; later++) {
          if (keys.isEqual(first + i, first + later)) {
            overwritten.set(i);
          }
        }
      }
    } else {
      Map<String, Integer> last = new HashMap<>();
      for (int i = 0; i < count; i++) {
        Integer earlier = last.put(keys.string(first + i), i);
        if (earlier != null) {
          overwritten.set(earlier);
        }
      }
    }
    return overwritten;
  }

  @Override
  void bind(VectorBuilder to) {
    super.bind(to);
    builder = (MapBuilder) to;
    key.bind(builder.keys());
    value.bind(builder.values());
  }
}
