package dev.millrace.connectors.filesystem;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** One record a line. */
final class LineFramer extends RecordFramer {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
  private static final long LINE_FEEDS = 0x0A0A0A0A0A0A0A0AL;

  @Override
  int frame(byte[] data, int length, int startLimit, int[] starts, int[] lengths) {
    int max = starts.length;
    int count = 0;
    int start = 0;
    int position = 0;
    if (startLimit <= 0) {
      return framed(0, 0);
    }
    for (; position <= length - Long.BYTES; position += Long.BYTES) {
      long found = lineFeeds((long) LONGS.get(data, position));
      while (found != 0) {
        int lineEnd = position + (Long.numberOfTrailingZeros(found) >>> 3);
        starts[count] = start;
        lengths[count] = withoutReturn(data, start, lineEnd);
        count++;
        start = lineEnd + 1;
        if (count == max || start >= startLimit) {
          return framed(count, start);
        }
        found &= found - 1;
      }
    }
    for (; position < length; position++) {
      if (data[position] == '\n') {
        starts[count] = start;
        lengths[count] = withoutReturn(data, start, position);
        count++;
        start = position + 1;
        if (count == max || start >= startLimit) {
          break;
        }
      }
    }
    return framed(count, start);
  }

  /**
   * The highest bit of each of the eight bytes that is a line feed. Exact, unlike the shorter
   * {@code (x - ones) & ~x & highBits}, whose borrow marks a 0x0B that follows a line feed.
   */
  private static long lineFeeds(long bytes) {
    long zeroWhereFound = bytes ^ LINE_FEEDS;
    return ~(((zeroWhereFound & LOW_BITS) + LOW_BITS) | zeroWhereFound | LOW_BITS);
  }
}
