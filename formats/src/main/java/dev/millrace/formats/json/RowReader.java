package dev.millrace.formats.json;

import dev.millrace.engine.batch.RowBuilder;
import dev.millrace.engine.batch.VectorBuilder;

/** Reads ROW from objects. */
final class RowReader extends ValueReader {
  private final ObjectReader object;
  private RowBuilder builder;

  RowReader(Place place, ObjectReader object) {
    super(place);
    this.object = object;
  }

  @Override
  int read(JsonInput in, int position) {
    int first = in.at(position);
    if (first != '{') {
      return nullOrMismatch(in, position, first);
    }
    builder.beginRow();
    int end = object.read(in, position + 1, builder.size());
    builder.endRow();
    return end;
  }

  @Override
  void bind(VectorBuilder to) {
    super.bind(to);
    builder = (RowBuilder) to;
    for (int i = 0; i < object.size(); i++) {
      object.bind(i, builder.field(i));
      if (!object.isUsed(i)) {
        builder.leaveOut(i);
      }
    }
  }
}
