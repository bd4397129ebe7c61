package dev.millrace.engine.batch;

/** What a row of a changelog says. */
public enum RowKind {
  INSERT(0, "+I"),
  UPDATE_BEFORE(1, "-U"),
  UPDATE_AFTER(2, "+U"),
  DELETE(3, "-D");

  private static final RowKind[] ALL = values();

  private final byte code;
  private final String shortString;

  RowKind(int code, String shortString) {
    this.code = (byte) code;
    this.shortString = shortString;
  }

  public static RowKind of(byte code) {
    return ALL[code];
  }

  /** The byte that batches carry for it. */
  public byte code() {
    return code;
  }

  /** {@code +I}, {@code -U}, {@code +U} or {@code -D}. */
  public String shortString() {
    return shortString;
  }
}
