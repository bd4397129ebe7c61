package dev.millrace.engine.format;

/** A configured format for writing. Immutable and thread-safe; its encoders are not. */
public interface EncodingFormat {
  Encoder newEncoder();
}
