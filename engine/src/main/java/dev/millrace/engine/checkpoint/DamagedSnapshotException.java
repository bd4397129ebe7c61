package dev.millrace.engine.checkpoint;

import dev.millrace.engine.error.MillraceException;

/**
 * A snapshot cannot be used: a file of it is missing or not what was written, or a later release
 * wrote it. The message says in one line which file, and what is wrong with it.
 */
public final class DamagedSnapshotException extends MillraceException {
  private static final long serialVersionUID = 1L;

  DamagedSnapshotException(String message, Throwable cause) {
    super(Kind.JOB, message, cause);
  }
}
