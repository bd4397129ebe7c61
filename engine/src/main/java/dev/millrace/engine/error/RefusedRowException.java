package dev.millrace.engine.error;

/**
 * A row that a sink can never write because of what is in it: fails the job, unless the user wants
 * such rows taken out. Nothing else may be reported by it, lest rows be lost while a system is
 * away.
 */
public final class RefusedRowException extends MillraceException {
  private static final long serialVersionUID = 1L;

  public RefusedRowException(String message) {
    this(message, null);
  }

  public RefusedRowException(String message, Throwable cause) {
    super(Kind.JOB, message, cause);
  }
}
