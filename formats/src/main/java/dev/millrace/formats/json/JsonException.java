package dev.millrace.formats.json;

/** A record that cannot be decoded; the message says what is wrong and where in the record. */
final class JsonException extends RuntimeException {
  JsonException(String message) {
    // Bad data is no bug: nobody wants its stack trace, and it may come by the million.
    super(message, null, false, false);
  }
}
