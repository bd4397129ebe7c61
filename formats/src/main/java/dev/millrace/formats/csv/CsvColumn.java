package dev.millrace.formats.csv;

import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.VectorBuilder;
import dev.millrace.engine.type.DataType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Turns the fields of one column into values. Not thread-safe. */
class CsvColumn {
  private static final int EXCERPT = 60;

  private final String path;
  private final DataType type;
  private final CsvOptions options;
  private final TextParser parser;

  /** The parser is null if the type has parts; then a subclass reads them. */
  CsvColumn(String path, DataType type, CsvOptions options, TextParser parser) {
    this.path = path;
    this.type = type;
    this.options = options;
    this.parser = parser;
  }

  /**
   * Appends the value of the input's field. {@code onHeap} says whether the builder's heap begins
   * with the bytes of the record's block.
   */
  void read(CsvInput in, byte[] block, boolean onHeap, VectorBuilder to) {
    byte[] data = in.fieldData();
    int from = in.fieldStart();
    int length = in.fieldEnd() - from;
    if (data == block && onHeap && type.isString() && !isNull(data, from, length)) {
      ((BytesBuilder) to).appendRange(from, length);
    } else {
      read(data, from, length, to);
    }
  }

  /** Appends the value that the range writes, a text without quotes. */
  void read(byte[] data, int from, int length, VectorBuilder to) {
    if (isNull(data, from, length)) {
      to.appendNull();
    } else if (!parser.append(to, data, from, length)) {
      if (!options.ignoreParseErrors()) {
        throw new CsvException(
            "field '%s' holds \"%s\", which is not a %s"
                .formatted(path, excerpt(data, from, length), type.withNullable(true)));
      }
      to.appendNull();
    }
  }

  private boolean isNull(byte[] data, int from, int length) {
    byte[] literal = options.nullLiteral();
    return (length == 0 && options.emptyStringAsNull())
        || (literal != null
            && Arrays.equals(data, from, from + length, literal, 0, literal.length));
  }

  private static String excerpt(byte[] data, int from, int length) {
    return length <= EXCERPT
        ? new String(data, from, length, StandardCharsets.UTF_8)
        : new String(data, from, EXCERPT, StandardCharsets.UTF_8) + "...";
  }
}
