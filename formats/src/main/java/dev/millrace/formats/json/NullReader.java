package dev.millrace.formats.json;

import dev.millrace.engine.batch.VectorBuilder;

/** Passes over values of the NULL type. */
final class NullReader extends ValueReader {
  private VectorBuilder builder;

  NullReader(Place place) {
    super(place);
  }

  @Override
  int read(JsonInput in, int position) {
    int end = in.skipValue(position);
    builder.appendNull();
    return end;
  }

  @Override
  VectorBuilder builder() {
    return builder;
  }

  @Override
  void bind(VectorBuilder to) {
    builder = to;
  }
}
