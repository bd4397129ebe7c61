package dev.millrace.formats.csv;

/** A record that cannot be decoded; the message says what is wrong and where in the record. */
final class CsvException extends RuntimeException {
  CsvException(String message) {
    // Bad data is no bug: nobody wants its stack trace, and it may come by the million.
    super(message, null, false, false);
  }
}
