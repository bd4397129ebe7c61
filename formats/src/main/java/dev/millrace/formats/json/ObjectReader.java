package dev.millrace.formats.json;

import dev.millrace.engine.batch.VectorBuilder;
import java.util.List;

/** Reads the members of a JSON object into the builders of a row's fields. Not thread-safe. */
final class ObjectReader {
  private final List<String> fieldNames;
  private final FieldNames names;
  private final ValueReader[] readers;
  private final VectorBuilder[] builders;
  private final boolean failOnMissing;

  /** {@code readers} are aligned with the names; one that is null stands for an unused field. */
  ObjectReader(List<String> fieldNames, ValueReader[] readers, boolean failOnMissing) {
    this.fieldNames = fieldNames;
    this.names = new FieldNames(fieldNames);
    this.readers = readers;
    this.builders = new VectorBuilder[readers.length];
    this.failOnMissing = failOnMissing;
  }

  /** How many fields the row has. */
  int size() {
    return readers.length;
  }

  /** Whether anything looks at a field. */
  boolean isUsed(int field) {
    return readers[field] != null;
  }

  /** From now on the values of a field go to this builder. */
  void bind(int field, VectorBuilder builder) {
    builders[field] = builder;
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
    byte[] data = in.data();
    int end = in.end();
    int fields = readers.length;
    int found = 0;
    FieldNames.Name name = names.start();
    int at = in.skipSpace(position);
    boolean more = in.at(at) != '}';
    while (more) {
      FieldNames.Name expected = name.next();
      if (expected != null && expected.isAt(data, at, end)) {
        name = expected;
        at += name.length();
      } else {
        name = names.find(in, at, name);
        at = names.nameEnd();
      }
      at = at < end && data[at] == ':' ? in.skipSpace(at + 1) : in.skipColon(at);
      int field = name.field();
      if (field < 0 || found == fields) {
        at = in.skipValue(at);
      } else {
        found++;
        at = readField(in, at, field, row);
      }
      at = in.skipSpace(at);
      int next = in.at(at);
      if (next == ',') {
        at = in.skipSpace(at + 1);
      } else if (next == '}') {
        more = false;
      } else {
        throw in.wrong("',' or '}'", at);
      }
    }
    if (failOnMissing && found < fields) {
      throw missing(row);
    }
    return at + 1;
  }

  private int readField(JsonInput in, int position, int field, int row) {
    ValueReader reader = readers[field];
    if (reader == null) {
      return in.skipValue(position);
    }
    VectorBuilder builder = builders[field];
    if (builder.size() > row) {
      builder.truncate(row);
    }
    return reader.read(in, position);
  }

  private JsonException missing(int row) {
    for (int i = 0; i < readers.length; i++) {
      if (readers[i] != null && builders[i].size() == row) {
        return new JsonException("field '" + fieldNames.get(i) + "' is missing");
      }
    }
    return new JsonException("a field is missing");
  }
}
