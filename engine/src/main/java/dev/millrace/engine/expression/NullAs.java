package dev.millrace.engine.expression;

/** What a {@link Search} answers for null. */
public enum NullAs {
  TRUE,
  FALSE,
  UNKNOWN
}
