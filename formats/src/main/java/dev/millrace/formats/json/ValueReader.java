package dev.millrace.formats.json;

import dev.millrace.engine.batch.VectorBuilder;

/** Reads JSON values of one column or nested field into its builder. Not thread-safe. */
abstract class ValueReader {
  private final Place place;
  private VectorBuilder builder;

  /** What a reader is called in messages, and whether it leaves what it can't read null. */
  record Place(String path, String type, boolean ignoreErrors) {}

  ValueReader(Place place) {
    this.place = place;
  }

  /** From now on values go to this builder; subclasses keep it as what it is. */
  void bind(VectorBuilder to) {
    builder = to;
  }

  final void appendNull() {
    builder.appendNull();
  }

  /**
   * Appends the value whose first byte is at {@code position} and returns the position behind it.
   * Throws {@link JsonException}, with nothing or a part of a nested value appended.
   */
  abstract int read(JsonInput in, int position);

  /**
   * Takes a value that is not of the type: null if errors are to be ignored, else it throws. Only
   * this value is lost, also if it is an object or array.
   */
  final int mismatch(JsonInput in, int position, int valueEnd) {
    if (!place.ignoreErrors) {
      throw new JsonException(
          "field '%s' holds %s, which is not a %s"
              .formatted(place.path, in.excerpt(position, valueEnd), place.type));
    }
    appendNull();
    return valueEnd;
  }

  /** Takes the literal {@code null}, or a value that is not the container it should be. */
  final int nullOrMismatch(JsonInput in, int position, int first) {
    int end = in.skipValue(position);
    if (first != 'n') {
      return mismatch(in, position, end);
    }
    appendNull();
    return end;
  }
}
