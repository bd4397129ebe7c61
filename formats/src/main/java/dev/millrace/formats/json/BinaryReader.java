package dev.millrace.formats.json;

import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.VectorBuilder;
import dev.millrace.formats.text.Base64Text;
import java.nio.charset.StandardCharsets;

/** Reads BINARY and VARBINARY from base64. */
final class BinaryReader extends ScalarReader {
  private BytesBuilder builder;

  BinaryReader(Place place) {
    super(place);
  }

  @Override
  boolean string(JsonInput in, int from, int stringEnd) {
    if (stringEnd >= 0) {
      return Base64Text.append(builder, in.data(), from, stringEnd - from);
    }
    byte[] text = in.string(from, stringEnd).getBytes(StandardCharsets.UTF_8);
    return Base64Text.append(builder, text, 0, text.length);
  }

  @Override
  void bind(VectorBuilder to) {
    super.bind(to);
    builder = (BytesBuilder) to;
  }
}
