package dev.millrace.engine.state;

import java.util.Arrays;

/**
 * Byte strings of any length in pages, addressed by an {@code int}. Not thread-safe.
 *
 * <p>A block is a multiple of 8 bytes and begins with the length of its string, an unsigned LEB128
 * number. An address is the number of the page, times 2^17, plus the block's place in it in units
 * of 8 bytes, so that up to 16 GB can be addressed; 0 is never one. Freed blocks are chained by
 * size and given out again; they are never merged, because the strings of one state resemble each
 * other. A string longer than a page gets a page of its own, which goes when it is freed.
 */
public final class Arena {
  /** No block has this address. */
  public static final int NONE = 0;

  private static final int UNIT = 8;
  private static final int PAGE_BITS = 20;
  private static final int PAGE_BYTES = 1 << PAGE_BITS;
  private static final int UNITS_BITS = PAGE_BITS - 3;
  private static final int UNIT_MASK = (1 << UNITS_BITS) - 1;
  private static final int FIRST_PAGE_BYTES = 4 << 10;
  private static final int MAX_PAGES = 1 << (Integer.SIZE - 1 - UNITS_BITS);

  /** Blocks of up to so many units are chained by their exact size. */
  private static final int SMALL_UNITS = 128;

  private byte[][] pages = {new byte[FIRST_PAGE_BYTES]};
  private int pageCount = 1;

  /** The page that blocks are cut from, and how much of it is taken; address 0 is left out. */
  private int current;

  private int used = UNIT;

  /** The first freed block by units, and for larger ones by power of two; each holds the next. */
  private final int[] free = new int[SMALL_UNITS + 1 + Integer.SIZE];

  private int[] freePages = {};
  private int freePageCount;
  private int size;
  private long bytes = FIRST_PAGE_BYTES;

  /** Keeps a copy of the bytes; returns their address. */
  public int add(byte[] from, int start, int length) {
    int header = ValueBytes.lengthBytes(length);
    int address = allocate(units(header + length));
    byte[] page = page(address);
    int at = ValueBytes.putLength(length, page, offset(address));
    System.arraycopy(from, start, page, at, length);
    size++;
    return address;
  }

  /** Gives the room of the string at the address to others. */
  public void remove(int address) {
    size--;
    byte[] page = page(address);
    int offset = offset(address);
    int length = ValueBytes.length(page, offset);
    int units = units(ValueBytes.lengthBytes(length) + length);
    if (hasOwnPage(units)) {
      dropPage(address >>> UNITS_BITS);
      return;
    }
    int chain = chain(units);
    ValueBytes.INT.set(page, offset, free[chain]);
    free[chain] = address;
  }

  /** How many strings there are. */
  public int size() {
    return size;
  }

  /** The array that holds the string at the address. */
  public byte[] page(int address) {
    return pages[address >>> UNITS_BITS];
  }

  /** Where in its page the string's bytes begin. */
  public int start(int address) {
    byte[] page = page(address);
    int offset = offset(address);
    return offset + ValueBytes.lengthBytes(ValueBytes.length(page, offset));
  }

  /** The length of the string at the address. */
  public int length(int address) {
    return ValueBytes.length(page(address), offset(address));
  }

  /** Whether the string at the address has just these bytes. */
  public boolean isEqual(int address, byte[] other, int start, int length) {
    byte[] page = page(address);
    int offset = offset(address);
    if (ValueBytes.length(page, offset) != length) {
      return false;
    }
    int at = offset + ValueBytes.lengthBytes(length);
    return Arrays.equals(page, at, at + length, other, start, start + length);
  }

  /** Bytes of memory that all pages take, and what leads to them. */
  public long bytes() {
    return bytes
        + (long) MemorySize.REFERENCE * pages.length
        + (long) Integer.BYTES * (free.length + freePages.length);
  }

  private static int offset(int address) {
    return (address & UNIT_MASK) * UNIT;
  }

  /**
   * In larger blocks only powers of two, so that they can be reused for what is not just as long.
   */
  private static int units(int size) {
    int units = (size + UNIT - 1) / UNIT;
    return units <= SMALL_UNITS || hasOwnPage(units)
        ? units
        : Integer.highestOneBit(units - 1) << 1;
  }

  private static boolean hasOwnPage(int units) {
    return units > PAGE_BYTES / 2 / UNIT;
  }

  private static int chain(int units) {
    return units <= SMALL_UNITS
        ? units
        : SMALL_UNITS + 1 + Integer.numberOfTrailingZeros(Integer.highestOneBit(units));
  }

  private int allocate(int units) {
    if (hasOwnPage(units)) {
      return newPage(units * UNIT) << UNITS_BITS;
    }
    int chain = chain(units);
    int address = free[chain];
    if (address != NONE) {
      free[chain] = (int) ValueBytes.INT.get(page(address), offset(address));
      return address;
    }
    int size = units * UNIT;
    if (used + size > pages[current].length) {
      makeRoom(size);
    }
    address = current << UNITS_BITS | used / UNIT;
    used += size;
    return address;
  }

  /** The first page grows with its content, so that a small state stays small. */
  private void makeRoom(int size) {
    if (current == 0 && pages[0].length < PAGE_BYTES && used + size <= PAGE_BYTES) {
      int capacity = Math.min(PAGE_BYTES, Math.max(2 * pages[0].length, used + size));
      bytes += capacity - pages[0].length;
      pages[0] = Arrays.copyOf(pages[0], capacity);
      return;
    }
    current = newPage(PAGE_BYTES);
    used = 0;
  }

  private int newPage(int size) {
    int page = freePageCount > 0 ? freePages[--freePageCount] : pageCount++;
    if (page >= MAX_PAGES) {
      throw new OutOfMemoryError("a state has more rows than can be addressed");
    }
    if (page >= pages.length) {
      pages = Arrays.copyOf(pages, pages.length * 2);
    }
    pages[page] = new byte[size];
    bytes += size;
    return page;
  }

  private void dropPage(int page) {
    bytes -= pages[page].length;
    pages[page] = null;
    if (freePageCount == freePages.length) {
      freePages = Arrays.copyOf(freePages, Math.max(8, freePageCount * 2));
    }
    freePages[freePageCount++] = page;
  }
}
