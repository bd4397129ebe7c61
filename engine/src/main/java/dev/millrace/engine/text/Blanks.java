package dev.millrace.engine.text;

/** The bytes up to space, which {@link String#trim} takes away. */
public final class Blanks {
  private Blanks() {}

  /** Where the range begins without the blanks in front; its end if it has nothing else. */
  public static int start(byte[] data, int from, int to) {
    int i = from;
    while (i < to && isBlank(data[i])) {
      i++;
    }
    return i;
  }

  /** Where the range ends without the blanks behind; its start if it has nothing else. */
  public static int end(byte[] data, int from, int to) {
    int i = to;
    while (i > from && isBlank(data[i - 1])) {
      i--;
    }
    return i;
  }

  /** Whether the range has nothing but blanks. */
  public static boolean only(byte[] data, int from, int to) {
    return start(data, from, to) == to;
  }

  public static boolean isBlank(byte value) {
    return value >= 0 && value <= ' ';
  }
}
