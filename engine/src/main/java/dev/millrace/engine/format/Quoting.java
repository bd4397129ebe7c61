package dev.millrace.engine.format;

/**
 * The bytes that decide where a quoted field begins and ends. A quote opens a field only at its
 * start; within quotes a doubled quote, or one after the escape, does not close it.
 *
 * @param delimiter what stands between two fields
 * @param escape what takes the meaning from the byte after it, or the quote itself for none
 */
public record Quoting(byte delimiter, byte quote, byte escape) {
  /** Commas, double quotes, no escape. */
  public static final Quoting CSV = new Quoting((byte) ',', (byte) '"', (byte) '"');
}
