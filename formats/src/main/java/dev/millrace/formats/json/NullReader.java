package dev.millrace.formats.json;

/** Passes over values of the NULL type. */
final class NullReader extends ValueReader {
  NullReader(Place place) {
    super(place);
  }

  @Override
  int read(JsonInput in, int position) {
    int end = in.skipValue(position);
    appendNull();
    return end;
  }
}
