package dev.millrace.engine.operator.window;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * The sessions of keys: spans of local time, from a key's row to the gap after its last one that
 * came within the gap of another. Sessions are numbered; a row that comes within the gap of two
 * makes one absorb the other. Not thread-safe.
 *
 * <p>The sessions of a key are a list, the latest first, as most rows belong there. A session
 * stands in the queue of those due with the end that it had then, and is queued again if that has
 * moved.
 *
 * <p>Memory per session: 24 bytes, and 12 in the queue; per key that of the {@link KeyTable} and 4.
 */
final class Sessions {
  /** Stands for the session of a row that is too late for any. */
  static final int LATE = -1;

  private static final int NONE = -1;

  /** In the place of a key's first session: the key is not there. */
  private static final int NO_KEY = -2;

  private final long gap;
  private final WindowZone zone;
  private final KeyTable keys;
  private final DueSessions due = new DueSessions();

  /** Of each key the latest session. */
  private int[] latest = {};

  private long[] starts = {};
  private long[] ends = {};

  /** Of each session its key; NONE if it was absorbed. */
  private int[] keyOf = {};

  /** Of each session the one before it; the one that absorbed it, if so. */
  private int[] before = {};

  private int size;
  private int limit;
  private int[] freed = new int[16];
  private int freedCount;
  private int[] absorbed = new int[16];
  private int absorbedCount;

  Sessions(List<DataType> keyTypes, long gapMillis, WindowZone zone) {
    this.keys = KeyTable.of(keyTypes);
    this.gap = gapMillis;
    this.zone = zone;
  }

  /** Bytes of memory that are taken. */
  long bytes() {
    long perSession = 2L * Long.BYTES + 2L * Integer.BYTES;
    return keys.bytes()
        + due.bytes()
        + perSession * starts.length
        + (long) Integer.BYTES * (latest.length + freed.length + absorbed.length);
  }

  /** How many sessions there are. */
  int size() {
    return size;
  }

  /** All sessions have numbers less than this. */
  int limit() {
    return limit;
  }

  long start(int session) {
    return starts[session];
  }

  long end(int session) {
    return ends[session];
  }

  /** The keys of sessions, a vector per column. */
  Vector[] keys(int[] sessions, int count) {
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = keyOf[sessions[i]];
    }
    return keys.keys(numbers, count);
  }

  /**
   * Finds the session of each row by its key and local time, or {@link #LATE}, and extends it.
   * Sessions in the result may be {@link #absorbed}.
   */
  int[] assign(Vector[] keyColumns, long[] times, int count, long progress) {
    int[] keyNumbers = locate(keyColumns, count);
    int[] sessions = new int[count];
    for (int row = 0; row < count; row++) {
      sessions[row] = add(keyNumbers[row], times[row], progress);
    }
    for (int row = 0; row < count; row++) {
      if (sessions[row] == LATE) {
        removeUnused(keyNumbers[row]);
      }
    }
    return sessions;
  }

  private int[] locate(Vector[] keyColumns, int count) {
    int[] numbers = new int[count];
    keys.locate(keyColumns, count, numbers);
    if (latest.length < keys.limit()) {
      int known = latest.length;
      latest = Arrays.copyOf(latest, KeyTable.capacity(keys.limit()));
      Arrays.fill(latest, known, latest.length, NO_KEY);
    }
    for (int number : numbers) {
      if (latest[number] == NO_KEY) {
        latest[number] = NONE;
      }
    }
    return numbers;
  }

  private void removeUnused(int key) {
    if (latest[key] == NONE) {
      latest[key] = NO_KEY;
      keys.remove(key);
    }
  }

  private int add(int key, long time, long progress) {
    long end = time + gap;
    int later = NONE;
    int session = latest[key];
    while (session != NONE && starts[session] > end) {
      later = session;
      session = before[session];
    }
    if (session == NONE || ends[session] < time) {
      return zone.isComplete(end, progress) ? LATE : insert(key, time, end, later);
    }
    starts[session] = Math.min(starts[session], time);
    ends[session] = Math.max(ends[session], end);
    int earlier = before[session];
    if (earlier != NONE && ends[earlier] >= time) {
      absorb(earlier, session);
    }
    return session;
  }

  private void absorb(int earlier, int session) {
    size--;
    starts[session] = starts[earlier];
    before[session] = before[earlier];
    keyOf[earlier] = NONE;
    before[earlier] = session;
    if (absorbedCount == absorbed.length) {
      absorbed = Arrays.copyOf(absorbed, 2 * absorbedCount);
    }
    absorbed[absorbedCount++] = earlier;
  }

  /** A new session before {@code later} of the key, or its latest if that is none. */
  private int insert(int key, long start, long end, int later) {
    size++;
    int session = freedCount > 0 ? freed[--freedCount] : limit++;
    if (session >= starts.length) {
      int capacity = KeyTable.capacity(limit);
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
      keyOf = Arrays.copyOf(keyOf, capacity);
      before = Arrays.copyOf(before, capacity);
    }
    starts[session] = start;
    ends[session] = end;
    keyOf[session] = key;
    before[session] = later == NONE ? latest[key] : before[later];
    if (later == NONE) {
      latest[key] = session;
    } else {
      before[later] = session;
    }
    due.add(session, end);
    return session;
  }

  /** The sessions that others absorbed since the last call, in that order. */
  int[] takeAbsorbed() {
    int[] taken = Arrays.copyOf(absorbed, absorbedCount);
    absorbedCount = 0;
    return taken;
  }

  /** The session itself, or the one that it has become part of. */
  int resolve(int session) {
    int resolved = session;
    while (keyOf[resolved] == NONE) {
      resolved = before[resolved];
    }
    return resolved;
  }

  /** The sessions that are complete; they remain until they are removed. */
  int[] complete(long progress) {
    int[] complete = new int[16];
    int n = 0;
    while (!due.isEmpty() && zone.isComplete(due.firstEnd(), progress)) {
      long end = due.firstEnd();
      int session = due.take();
      if (keyOf[session] == NONE) {
        release(session);
      } else if (ends[session] > end) {
        due.add(session, ends[session]);
      } else {
        complete = n == complete.length ? Arrays.copyOf(complete, 2 * n) : complete;
        complete[n++] = session;
      }
    }
    return Arrays.copyOf(complete, n);
  }

  /** Forgets a session that is complete. */
  void remove(int session) {
    size--;
    int key = keyOf[session];
    if (latest[key] == session) {
      latest[key] = before[session];
    } else {
      int later = latest[key];
      while (before[later] != session) {
        later = before[later];
      }
      before[later] = before[session];
    }
    removeUnused(key);
    release(session);
  }

  private void release(int session) {
    keyOf[session] = NONE;
    before[session] = NONE;
    if (freedCount == freed.length) {
      freed = Arrays.copyOf(freed, 2 * freedCount);
    }
    freed[freedCount++] = session;
  }

  /** The numbers of all sessions. */
  int[] numbers() {
    int[] numbers = new int[limit];
    int n = 0;
    for (int session = 0; session < limit; session++) {
      if (keyOf[session] != NONE) {
        numbers[n++] = session;
      }
    }
    return Arrays.copyOf(numbers, n);
  }

  /** Finds sessions by their key and start, and adds those that are missing. */
  int[] restore(Vector[] keyColumns, long[] fromStarts, long[] fromEnds, int count) {
    int[] keyNumbers = locate(keyColumns, count);
    int[] sessions = new int[count];
    for (int row = 0; row < count; row++) {
      int later = NONE;
      int session = latest[keyNumbers[row]];
      while (session != NONE && starts[session] > fromStarts[row]) {
        later = session;
        session = before[session];
      }
      boolean known = session != NONE && starts[session] == fromStarts[row];
      sessions[row] =
          known ? session : insert(keyNumbers[row], fromStarts[row], fromEnds[row], later);
    }
    return sessions;
  }
}
