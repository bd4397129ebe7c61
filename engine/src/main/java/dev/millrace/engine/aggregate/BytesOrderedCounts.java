package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.Arena;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.Storage;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Values as byte strings of the same order: 4 bytes each, and those of the {@link Arena}.
 *
 * <p>Decimals and timestamps are written as big-endian numbers with the sign bit reversed, of 16
 * bytes, or 8 for milliseconds and 4 for nanoseconds.
 */
final class BytesOrderedCounts extends OrderedCounts {
  private static final int DECIMAL_BYTES = 16;
  private static final int TIMESTAMP_BYTES = 12;

  private final DataType type;
  private final Arena arena = new Arena();
  private int[] addresses = new int[16];
  private byte[] data;
  private int[] starts;
  private int[] lengths;

  BytesOrderedCounts(DataType type) {
    this.type = type;
  }

  @Override
  void load(Vector vector) {
    BytesVector bytes = vector instanceof BytesVector strings ? strings : encoded(vector);
    data = bytes.data();
    starts = bytes.starts();
    lengths = bytes.lengths();
  }

  @Override
  void unload() {
    data = null;
    starts = null;
    lengths = null;
  }

  private static BytesVector encoded(Vector vector) {
    int size = vector.size();
    int width = vector instanceof DecimalVector ? DECIMAL_BYTES : TIMESTAMP_BYTES;
    ByteBuffer to = ByteBuffer.allocate(size * width);
    int[] starts = new int[size];
    int[] lengths = new int[size];
    for (int i = 0; i < size; i++) {
      starts[i] = to.position();
      lengths[i] = width;
      if (vector instanceof DecimalVector decimals) {
        to.putLong(decimals.high()[i] ^ Long.MIN_VALUE).putLong(decimals.low()[i]);
      } else {
        TimestampVector timestamps = (TimestampVector) vector;
        to.putLong(timestamps.millis()[i] ^ Long.MIN_VALUE).putInt(timestamps.nanosAt(i));
      }
    }
    return new BytesVector(size, to.array(), starts, lengths, null);
  }

  @Override
  int compare(int position, int node) {
    int address = addresses[node];
    int start = arena.start(address);
    int from = starts[position];
    return Arrays.compareUnsigned(
        data,
        from,
        from + lengths[position],
        arena.page(address),
        start,
        start + arena.length(address));
  }

  @Override
  void store(int position, int node) {
    if (node >= addresses.length) {
      addresses = Arrays.copyOf(addresses, KeyTable.capacity(node + 1));
    }
    addresses[node] = arena.add(data, starts[position], lengths[position]);
  }

  @Override
  void drop(int node) {
    arena.remove(addresses[node]);
  }

  @Override
  Vector values(int[] wanted, int count) {
    int[] ends = new int[count + 1];
    for (int i = 0; i < count; i++) {
      ends[i + 1] = ends[i] + (wanted[i] == 0 ? 0 : arena.length(addresses[wanted[i]]));
    }
    byte[] bytes = new byte[ends[count]];
    int[] valueLengths = new int[count];
    for (int i = 0; i < count; i++) {
      valueLengths[i] = ends[i + 1] - ends[i];
      if (wanted[i] != 0) {
        int address = addresses[wanted[i]];
        System.arraycopy(
            arena.page(address), arena.start(address), bytes, ends[i], valueLengths[i]);
      }
    }
    BytesVector strings = new BytesVector(count, bytes, ends, valueLengths, null);
    return type.storage() == Storage.BYTES ? strings : decoded(strings);
  }

  private Vector decoded(BytesVector encoded) {
    int count = encoded.size();
    ByteBuffer from = ByteBuffer.wrap(encoded.data());
    long[] first = new long[count];
    long[] low = new long[count];
    int[] nanos = new int[count];
    boolean decimal = type.storage() == Storage.DECIMAL;
    for (int i = 0; i < count; i++) {
      if (encoded.lengths()[i] > 0) {
        int at = encoded.starts()[i];
        first[i] = from.getLong(at) ^ Long.MIN_VALUE;
        if (decimal) {
          low[i] = from.getLong(at + Long.BYTES);
        } else {
          nanos[i] = from.getInt(at + Long.BYTES);
        }
      }
    }
    return decimal
        ? new DecimalVector(count, low, first, null)
        : new TimestampVector(count, first, nanos, null);
  }

  @Override
  DataType type() {
    return type;
  }

  @Override
  long valueBytes() {
    return arena.bytes() + (long) Integer.BYTES * addresses.length;
  }
}
