package dev.millrace.flink.script;

import dev.millrace.engine.error.MillraceException;

/** A user's error at a known place of a script; the message shows the place. */
public final class ScriptException extends MillraceException {
  private static final long serialVersionUID = 1L;

  ScriptException(String message, Throwable cause) {
    super(Kind.USAGE, message, cause);
  }
}
