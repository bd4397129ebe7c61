package dev.millrace.formats.json;

import dev.millrace.engine.batch.VectorBuilder;
import java.util.List;

/** Reads the members of a JSON object into the builders of a row's fields. Not thread-safe. */
final class ObjectReader {
  private final List<String> fieldNames;
  private final FieldNames names;
  private final ValueReader[] readers;
  private final boolean failOnMissing;

  /** {@code readers} are aligned with the names; one that is null stands for an unused field. */
  ObjectReader(List<String> fieldNames, ValueReader[] readers, boolean failOnMissing) {
    this.fieldNames = fieldNames;
    this.names = new FieldNames(fieldNames);
    this.readers = readers;
    this.failOnMissing = failOnMissing;
  }

  /** How many fields the row has. */
  int size() {
    return readers.length;
  }

  /** From now on the values of a field go to this builder. */
  void bind(int field, VectorBuilder builder) {
    if (readers[field] != null) {
      readers[field].bind(builder);
    }
  }

  /**
   * Reads the object whose first byte after the bracket is at {@code position}, as row number
   * {@code row} of the builders; returns the position behind it. Missing fields get no value.
   *
   * <p>Of a name that occurs twice the last value counts. Like Flink's reader it looks at no more
   * members than the row has fields, so what stands behind the last field is passed over.
   */
  int read(JsonInput in, int position, int row) {
    int fields = readers.length;
    int found = 0;
    int at = in.skipSpace(position);
    if (in.at(at) == '}') {
      at++;
    } else {
      FieldNames.Name name = names.start();
      while (true) {
        name = names.read(in, at, name);
        at = names.nameEnd();
        at = in.at(at) == ':' ? in.skipSpace(at + 1) : in.skipColon(at);
        int field = name.field();
        if (field < 0 || found == fields) {
          at = in.skipValue(at);
        } else {
          found++;
          at = readField(in, at, readers[field], row);
        }
        at = in.skipSpace(at);
        int next = in.at(at);
        if (next == ',') {
          at = in.skipSpace(at + 1);
        } else if (next == '}') {
          at++;
          break;
        } else {
          throw in.wrong("',' or '}'", at);
        }
      }
    }
    if (failOnMissing && found < fields) {
      throw missing(row);
    }
    return at;
  }

  private static int readField(JsonInput in, int position, ValueReader reader, int row) {
    if (reader == null) {
      return in.skipValue(position);
    }
    VectorBuilder builder = reader.builder();
    if (builder.size() > row) {
      builder.truncate(row);
    }
    return reader.read(in, position);
  }

  private JsonException missing(int row) {
    for (int i = 0; i < readers.length; i++) {
      if (readers[i] != null && readers[i].builder().size() == row) {
        return new JsonException("field '" + fieldNames.get(i) + "' is missing");
      }
    }
    return new JsonException("a field is missing");
  }
}
