package dev.millrace.engine.format;

/** A configured format for reading. Immutable and thread-safe; its decoders are not. */
public interface DecodingFormat {
  Decoder newDecoder();

  /** How records follow each other in a file. */
  Framing framing();

  /** Lines at the start of a file that hold no record. */
  default int headerLines() {
    return 0;
  }
}
