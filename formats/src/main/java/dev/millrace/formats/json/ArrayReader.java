package dev.millrace.formats.json;

import dev.millrace.engine.batch.ArrayBuilder;
import dev.millrace.engine.batch.VectorBuilder;

/** Reads ARRAY from arrays. */
final class ArrayReader extends ValueReader {
  private final ValueReader element;
  private ArrayBuilder builder;

  ArrayReader(Place place, ValueReader element) {
    super(place);
    this.element = element;
  }

  @Override
  int read(JsonInput in, int position) {
    int first = in.at(position);
    if (first != '[') {
      return nullOrMismatch(in, position, first);
    }
    int at = in.skipSpace(position + 1);
    if (in.at(at) != ']') {
      at = in.skipSpace(element.read(in, at));
      while (in.at(at) == ',') {
        at = in.skipSpace(element.read(in, in.skipSpace(at + 1)));
      }
      if (in.at(at) != ']') {
        throw in.wrong("',' or ']'", at);
      }
    }
    builder.endArray();
    return at + 1;
  }

  @Override
  void bind(VectorBuilder to) {
    super.bind(to);
    builder = (ArrayBuilder) to;
    element.bind(builder.elements());
  }
}
