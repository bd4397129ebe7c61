package dev.millrace.engine.format;

/** A configured format for reading. Immutable and thread-safe; its decoders are not. */
public interface DecodingFormat {
  Decoder newDecoder();

  /** How records follow each other in a file. */
  Framing framing();

  /** How {@link Framing#QUOTED_LINES} tells line ends within a field from those of records. */
  default Quoting quoting() {
    return Quoting.CSV;
  }

  /** Lines at the start of a file that hold no record. */
  default int headerLines() {
    return 0;
  }
}
