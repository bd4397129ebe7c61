package dev.millrace.conformance.kernel;

import java.util.Objects;

/**
 * What an expression makes of a row: a value, an error, or nothing because the condition left the
 * row out. All errors are equal; their messages are for the reader.
 */
final class Outcome {
  static final Outcome FILTERED = new Outcome("filtered", null, null);

  private final String kind;
  private final Object value;
  private final String message;

  private Outcome(String kind, Object value, String message) {
    this.kind = kind;
    this.value = value;
    this.message = message;
  }

  /** {@code value} as {@link PlainValues} has it. */
  static Outcome value(Object value) {
    return new Outcome("value", value, null);
  }

  static Outcome failed(Throwable failure) {
    return failed(String.valueOf(failure));
  }

  static Outcome failed(String message) {
    return new Outcome("failed", null, message);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Outcome that
        && kind.equals(that.kind)
        && Objects.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, value);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case "value" -> PlainValues.toString(value);
      case "failed" -> "failed (" + message + ")";
      default -> kind;
    };
  }
}
