package dev.millrace.formats.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the field that a name in an object stands for. Not thread-safe.
 *
 * <p>Records of one source mostly hold the same names in the same order. So each name remembers the
 * one that came after it last time, and that is compared first, eight bytes at a time, in place;
 * only if it is another one its end is searched and it is looked up by hash. Names that are no
 * fields are remembered too, up to a limit.
 */
final class FieldNames {
  private static final int MAX_UNKNOWN = 256;
  private static final int MAX_UNKNOWN_LENGTH = 64;

  /** A name as it stands in the input, in its quotes. */
  static final class Name {
    private final byte[] quoted;
    private final int field;
    private final int length;
    private final int reach;
    private final long head;
    private final long headMask;
    private final long tail;
    private Name next;

    private Name(byte[] quoted, int field) {
      this.quoted = quoted;
      this.field = field;
      this.length = quoted.length;
      this.reach = Math.max(length, Long.BYTES);
      byte[] padded = Arrays.copyOf(quoted, reach);
      this.head = (long) JsonInput.LONG.get(padded, 0);
      this.headMask = length >= Long.BYTES ? -1L : (1L << (8 * length)) - 1;
      this.tail = (long) JsonInput.LONG.get(padded, reach - Long.BYTES);
    }

    /** The name that is expected to come after this one; null if none is. */
    Name next() {
      return next;
    }

    /** The position of the field, or -1 if the name is none's. */
    int field() {
      return field;
    }

    /** The number of bytes, with both quotes. */
    int length() {
      return length;
    }

    /** Whether it stands at the position; false also if there is too little left to compare. */
    boolean isAt(byte[] data, int position, int end) {
      return position + reach <= end
          && (((long) JsonInput.LONG.get(data, position) ^ head) & headMask) == 0
          && (length <= Long.BYTES
              || ((long) JsonInput.LONG.get(data, position + length - Long.BYTES) == tail
                  && (length <= 2 * Long.BYTES || isMiddleAt(data, position))));
    }

    private boolean isMiddleAt(byte[] data, int position) {
      return Arrays.equals(
          quoted, Long.BYTES, length, data, position + Long.BYTES, position + length);
    }
  }

  /** Stands for what comes before the first name of an object. */
  private final Name start = new Name(new byte[0], -1);

  /** Stands for names that are not remembered. */
  private final Name other = new Name(new byte[0], -1);

  private Name[] table;
  private int used;
  private int unknown;
  private int nameEnd;

  FieldNames(List<String> fields) {
    table = new Name[Integer.highestOneBit(Math.max(4, fields.size())) * 4];
    for (int i = 0; i < fields.size(); i++) {
      insert(new Name(quoted(fields.get(i)), i));
    }
  }

  private static byte[] quoted(String name) {
    return ('"' + name + '"').getBytes(StandardCharsets.UTF_8);
  }

  /** What to pass as the name before the first of an object. */
  Name start() {
    return start;
  }

  /**
   * The name whose opening quote should be at {@code position}, which is not the one expected after
   * {@code previous}, but will be from now on; {@link #nameEnd} is then the position behind its
   * closing quote.
   */
  Name find(JsonInput in, int position, Name previous) {
    if (in.at(position) != '"') {
      throw in.wrong("a name in quotes", position);
    }
    int close = in.stringEnd(position + 1);
    nameEnd = (close < 0 ? ~close : close) + 1;
    if (close < 0 && in.needsDecoding()) {
      // Not to be expected as the next one: it does not stand in the input as it is.
      byte[] quoted = quoted(in.string(position + 1, close));
      Name found = lookUp(quoted, 0, quoted.length);
      return found == null ? other : found;
    }
    Name found = lookUp(in.data(), position, nameEnd - position);
    if (found == null) {
      found = remember(in.data(), position, nameEnd - position);
    }
    if (found != other && previous != other) {
      previous.next = found;
    }
    return found;
  }

  int nameEnd() {
    return nameEnd;
  }

  private Name lookUp(byte[] data, int from, int length) {
    int mask = table.length - 1;
    for (int slot = hash(data, from, length) & mask; table[slot] != null; slot = slot + 1 & mask) {
      byte[] known = table[slot].quoted;
      if (Arrays.equals(known, 0, known.length, data, from, from + length)) {
        return table[slot];
      }
    }
    return null;
  }

  private Name remember(byte[] data, int from, int length) {
    if (length > MAX_UNKNOWN_LENGTH || unknown == MAX_UNKNOWN) {
      return other;
    }
    unknown++;
    Name name = new Name(Arrays.copyOfRange(data, from, from + length), -1);
    insert(name);
    return name;
  }

  private void insert(Name name) {
    if (++used * 2 > table.length) {
      Name[] old = table;
      table = new Name[old.length * 2];
      for (Name each : old) {
        if (each != null) {
          place(each);
        }
      }
    }
    place(name);
  }

  private void place(Name name) {
    int mask = table.length - 1;
    int slot = hash(name.quoted, 0, name.quoted.length) & mask;
    while (table[slot] != null) {
      slot = slot + 1 & mask;
    }
    table[slot] = name;
  }

  private static int hash(byte[] data, int from, int length) {
    int hash = 0;
    for (int i = from; i < from + length; i++) {
      hash = hash * 31 + data[i];
    }
    return hash ^ hash >>> 16;
  }
}
