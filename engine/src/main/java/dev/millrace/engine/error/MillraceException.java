package dev.millrace.engine.error;

/**
 * A failure whose message is meant for the user: one line that names the thing, the place and the
 * way out. The cause, if any, is for the log. Never holds a secret.
 */
public class MillraceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Who has to act, and with it the command's exit code. */
  public enum Kind {
    /** The script, an option or the command line is wrong; nothing was started. */
    USAGE,
    /** The job ran, or tried to, and failed. */
    JOB
  }

  private final Kind kind;

  public MillraceException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public static MillraceException usage(String message) {
    return new MillraceException(Kind.USAGE, message, null);
  }

  public static MillraceException usage(String message, Throwable cause) {
    return new MillraceException(Kind.USAGE, message, cause);
  }

  public static MillraceException job(String message) {
    return new MillraceException(Kind.JOB, message, null);
  }

  public static MillraceException job(String message, Throwable cause) {
    return new MillraceException(Kind.JOB, message, cause);
  }

  public Kind kind() {
    return kind;
  }
}
