package dev.millrace.formats.json;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.error.RefusedRowException;
import dev.millrace.formats.json.JsonOptions.NullKeys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a MAP or MULTISET as an object. */
final class MapWriter implements ValueWriter {
  private static final int NONE = -1;

  private final String path;
  private final ValueWriter value;
  private final NullKeys nullKeys;
  private final byte[] nullKey;

  MapWriter(String path, ValueWriter value, JsonOptions options) {
    this.path = path;
    this.value = value;
    this.nullKeys = options.nullKeys();
    this.nullKey = options.nullKeyLiteral().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void write(Vector vector, int position, ByteHeap to) {
    MapVector maps = (MapVector) vector;
    BytesVector keys = (BytesVector) maps.keys();
    int start = maps.starts()[position];
    int end = start + maps.lengths()[position];
    int nullEntry = nullEntry(keys, start, end);
    int dropped = nullKeys == NullKeys.DROP ? nullEntry : NONE;
    int replaced = NONE;
    if (nullEntry != NONE && nullKeys == NullKeys.LITERAL) {
      int twin = twin(keys, start, end);
      if (twin != NONE) {
        // Two entries of one name: it keeps the first one's place and gets the last one's value.
        replaced = Math.min(twin, nullEntry);
        dropped = Math.max(twin, nullEntry);
      }
    }
    char before = '{';
    for (int i = start; i < end; i++) {
      if (i != dropped) {
        to.append((byte) before);
        before = ',';
        writeKey(keys, i, to);
        value.writeNullable(maps.values(), i == replaced ? dropped : i, to);
      }
    }
    if (before == '{') {
      to.append((byte) '{');
    }
    to.append((byte) '}');
  }

  /** The entry whose key is null; a map has one at most. */
  private int nullEntry(BytesVector keys, int start, int end) {
    if (keys.nulls() == null) {
      return NONE;
    }
    for (int i = start; i < end; i++) {
      if (keys.isNull(i)) {
        if (nullKeys == NullKeys.FAIL) {
          throw new RefusedRowException(
              "Field '%s' holds a map with a null key, which JSON can't express; set"
                      .formatted(path)
                  + " 'map-null-key.mode' to 'DROP' or 'LITERAL'.");
        }
        return i;
      }
    }
    return NONE;
  }

  /** The entry whose key is the same as the literal for null. */
  private int twin(BytesVector keys, int start, int end) {
    for (int i = start; i < end; i++) {
      int from = keys.starts()[i];
      if (!keys.isNull(i)
          && Arrays.equals(
              keys.data(), from, from + keys.lengths()[i], nullKey, 0, nullKey.length)) {
        return i;
      }
    }
    return NONE;
  }

  private void writeKey(BytesVector keys, int entry, ByteHeap to) {
    if (keys.isNull(entry)) {
      JsonText.appendString(to, nullKey, 0, nullKey.length);
    } else {
      JsonText.appendString(to, keys.data(), keys.starts()[entry], keys.lengths()[entry]);
    }
    to.append((byte) ':');
  }
}
