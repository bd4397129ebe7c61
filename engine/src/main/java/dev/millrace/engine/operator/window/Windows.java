package dev.millrace.engine.operator.window;

/**
 * How local time is cut into slices, and which windows are made of which slices. A slice or window
 * is known by its end, which is not part of it. All figures are milliseconds.
 *
 * <p>The slices are Flink's ({@code SliceAssigners}; of its older group windows the panes): the
 * largest that never lie partly in a window.
 *
 * @param kind what windows look like
 * @param size how long a window is, of {@code CUMULATE} the longest
 * @param step from the end of one window to that of the next
 * @param offset of a window's start from the start of 1970
 * @param attached whether rows come with their window already, so that it is the only slice
 */
public record Windows(Kind kind, long size, long step, long offset, boolean attached) {
  /** What windows look like. */
  public enum Kind {
    /** All of the same size, at even distances; overlapping or not. */
    HOP,
    /** Growing by a step until they have their full size, then starting over. */
    CUMULATE,
    /** Of any size: they come with the rows. */
    SESSION
  }

  /** Windows one after the other. */
  public static Windows tumble(long size, long offset) {
    return hop(size, size, offset);
  }

  /** Windows that begin every {@code slide}. */
  public static Windows hop(long size, long slide, long offset) {
    return new Windows(Kind.HOP, size, slide, offset, false);
  }

  /** Windows that grow by {@code step} up to {@code size}, a multiple of it. */
  public static Windows cumulate(long size, long step, long offset) {
    return new Windows(Kind.CUMULATE, size, step, offset, false);
  }

  /** Sessions that rows come with. */
  public static Windows sessions() {
    return new Windows(Kind.SESSION, 0, 0, 0, true);
  }

  /** The same windows for rows that come with theirs. */
  public Windows asAttached() {
    return new Windows(kind, size, step, offset, true);
  }

  /** The end of the slice that each of the first {@code count} times lies in. */
  long[] sliceEnds(long[] times, int count) {
    long slice = sliceSize();
    long[] ends = new long[count];
    long end = Long.MIN_VALUE;
    long start = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      long time = times[i];
      // Most rows lie in the slice of the one before: that saves a division.
      if (time < start || time >= end) {
        start = startOf(time, slice);
        end = start + slice;
      }
      ends[i] = end;
    }
    return ends;
  }

  /** How long a slice is. */
  public long sliceSize() {
    if (kind == Kind.CUMULATE) {
      return step;
    }
    long a = size;
    long b = step;
    while (b != 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }

  /**
   * The first window that a slice belongs to; after {@link #lastWindow} if it belongs to none,
   * because it lies between windows.
   */
  public long firstWindow(long sliceEnd) {
    return attached ? sliceEnd : startOf(sliceEnd - 1 - size, step) + step + size;
  }

  /** The last window that a slice belongs to. */
  public long lastWindow(long sliceEnd) {
    if (attached) {
      return sliceEnd;
    }
    return kind == Kind.CUMULATE
        ? windowStart(sliceEnd) + size
        : startOf(sliceEnd - 1, step) + size;
  }

  /** Where a window starts, unless it is a session. */
  public long windowStart(long windowEnd) {
    return kind == Kind.CUMULATE ? startOf(windowEnd - 1, size) : windowEnd - size;
  }

  /** The slice that is also the first window of those that grow from the same start. */
  public long firstSlice(long windowEnd) {
    return windowStart(windowEnd) + step;
  }

  private long startOf(long time, long length) {
    return time - Math.floorMod(time - offset, length);
  }
}
