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
    private final long head;
    private final long headMask;
    private Name next;

    private Name(byte[] quoted, int field) {
      this.quoted = quoted;
      this.field = field;
      this.headMask = quoted.length >= Long.BYTES ? -1L : (1L << (8 * quoted.length)) - 1;
      this.head = (long) JsonInput.LONG.get(Arrays.copyOf(quoted, Math.max(8, quoted.length)), 0);
    }

    /** The position of the field, or -1 if the name is none's. */
    int field() {
      return field;
    }

    /** The number of bytes, with both quotes. */
    int length() {
      return quoted.length;
    }

    /** Whether it stands at the position; false also if there is too little left to compare. */
    private boolean isAt(byte[] data, int position, int end) {
      byte[] self = quoted;
      int length = self.length;
      if (position + Math.max(length, Long.BYTES) > end
          || (((long) JsonInput.LONG.get(data, position) ^ head) & headMask) != 0) {
        return false;
      }
      if (length <= Long.BYTES) {
        return true;
      }
      int last = length - Long.BYTES;
      for (int i = Long.BYTES; i < last; i += Long.BYTES) {
        if ((long) JsonInput.LONG.get(data, position + i) != (long) JsonInput.LONG.get(self, i)) {
          return false;
        }
      }
      return (long) JsonInput.LONG.get(data, position + last)
          == (long) JsonInput.LONG.get(self, last);
    }
  }

  /** Stands for what comes before the first name of an object. */
  private final Name start = new Name(new byte[0], -1);

  /** Stands for names that are not remembered. */
  private final Name other = new Name(new byte[0], -1);

  private Name[] table;
  private int used;
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
   * The name whose opening quote is at {@code position}, given the one before it; {@link #nameEnd}
   * is then the position behind its closing quote.
   */
  Name read(JsonInput in, int position, Name previous) {
    Name expected = previous.next;
    if (expected != null && expected.isAt(in.data(), position, in.end())) {
      nameEnd = position + expected.length();
      return expected;
    }
    Name found = find(in, position);
    if (found != other && previous != other) {
      previous.next = found;
    }
    return found;
  }

  int nameEnd() {
    return nameEnd;
  }

  private Name find(JsonInput in, int position) {
    if (in.at(position) != '"') {
      throw in.wrong("a name in quotes", position);
    }
    int close = in.stringEnd(position + 1);
    nameEnd = (close < 0 ? ~close : close) + 1;
    if (close < 0 && in.needsDecoding()) {
      byte[] quoted = quoted(in.string(position + 1, close));
      Name found = lookUp(quoted, 0, quoted.length);
      // Not to be expected as the next one: it is written differently here.
      return found == null || found.field < 0 ? other : new Name(quoted, found.field);
    }
    Name found = lookUp(in.data(), position, nameEnd - position);
    return found == null ? remember(in.data(), position, nameEnd - position) : found;
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

  private int unknown;

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
