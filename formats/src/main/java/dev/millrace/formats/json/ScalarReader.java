package dev.millrace.formats.json;

/** Reads values that have no parts. */
abstract class ScalarReader extends ValueReader {
  ScalarReader(Place place) {
    super(place);
  }

  @Override
  int read(JsonInput in, int position) {
    int first = in.at(position);
    if (first == '"') {
      int stringEnd = in.stringEnd(position + 1);
      int close = stringEnd < 0 ? ~stringEnd : stringEnd;
      return string(in, position + 1, stringEnd) ? close + 1 : mismatch(in, position, close + 1);
    }
    if (first == '-' || JsonInput.isDigit(first)) {
      int stop = in.numberEnd(position);
      return number(in, position, stop) ? stop : mismatch(in, position, stop);
    }
    if (first == '{' || first == '[') {
      int stop = in.skipValue(position);
      return container(in, position) ? stop : mismatch(in, position, stop);
    }
    int stop = in.literalEnd(position);
    if (first == 'n') {
      appendNull();
      return stop;
    }
    return bool(first == 't') ? stop : mismatch(in, position, stop);
  }

  /** Appends the value of a string, given its end as {@link JsonInput#stringEnd} says it. */
  abstract boolean string(JsonInput in, int from, int stringEnd);

  /** Appends a number; false, with nothing appended, if the type can't hold it. */
  boolean number(JsonInput in, int from, int to) {
    return false;
  }

  /** Appends {@code true} or {@code false}; returns false if the type can't hold it. */
  boolean bool(boolean value) {
    return false;
  }

  /** Appends an object or array; false, with nothing appended, if the type can't hold it. */
  boolean container(JsonInput in, int from) {
    return false;
  }
}
