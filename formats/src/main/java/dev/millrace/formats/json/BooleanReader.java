package dev.millrace.formats.json;

import dev.millrace.engine.batch.BooleanBuilder;
import dev.millrace.engine.batch.VectorBuilder;

/** Reads BOOLEAN; a string is true if it says so, any other string or number is false. */
final class BooleanReader extends ScalarReader {
  private BooleanBuilder builder;

  BooleanReader(Place place) {
    super(place);
  }

  @Override
  boolean bool(boolean value) {
    builder.append(value);
    return true;
  }

  @Override
  boolean number(JsonInput in, int from, int to) {
    return bool(false);
  }

  @Override
  boolean string(JsonInput in, int from, int stringEnd) {
    return bool(Boolean.parseBoolean(in.string(from, stringEnd).trim()));
  }

  @Override
  void bind(VectorBuilder to) {
    super.bind(to);
    builder = (BooleanBuilder) to;
  }
}
