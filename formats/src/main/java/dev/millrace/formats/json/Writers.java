package dev.millrace.formats.json;

import dev.millrace.engine.batch.ArrayVector;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.ByteVector;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.RowVector;
import dev.millrace.engine.batch.ShortVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import dev.millrace.formats.text.NumberText;
import dev.millrace.formats.text.TimeText;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;

/** Makes the writers of a row type. */
final class Writers {
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final JsonOptions options;
  private final String owner;

  /** {@code owner} says in messages whose columns these are. */
  Writers(JsonOptions options, String owner) {
    this.options = options;
    this.owner = owner;
  }

  /** The writer of a row's fields. */
  ObjectWriter object(String path, DataType rowType) {
    List<Field> fields = rowType.children();
    ValueWriter[] writers = new ValueWriter[fields.size()];
    for (int i = 0; i < writers.length; i++) {
      String name = fields.get(i).name();
      writers[i] = writer(path.isEmpty() ? name : path + "." + name, fields.get(i).type());
    }
    return new ObjectWriter(
        fields.stream().map(Field::name).toList(), writers, options.ignoreNullFields());
  }

  private ValueWriter writer(String path, DataType type) {
    return switch (type.root()) {
      case CHAR, VARCHAR -> Writers::writeString;
      case BINARY, VARBINARY -> Writers::writeBinary;
      case BOOLEAN ->
          (vector, position, to) ->
              JsonText.appendBoolean(to, ((BooleanVector) vector).values()[position]);
      case TINYINT ->
          (vector, position, to) ->
              NumberText.append(to, (long) ((ByteVector) vector).values()[position]);
      case SMALLINT ->
          (vector, position, to) ->
              NumberText.append(to, (long) ((ShortVector) vector).values()[position]);
      case INT, INTERVAL_YEAR_MONTH ->
          (vector, position, to) ->
              NumberText.append(to, (long) ((IntVector) vector).values()[position]);
      case BIGINT, INTERVAL_DAY_TIME ->
          (vector, position, to) -> NumberText.append(to, ((LongVector) vector).values()[position]);
      case FLOAT -> Writers::writeFloat;
      case DOUBLE -> Writers::writeDouble;
      case DECIMAL -> decimal(type.scale());
      case DATE -> Writers::writeDate;
      case TIME -> Writers::writeTime;
      case TIMESTAMP -> timestamp(false);
      case TIMESTAMP_LTZ -> timestamp(true);
      case ARRAY -> array(writer(path + "[]", type.element()));
      case MAP -> map(path, type, type.child(1));
      case MULTISET -> map(path, type, DataType.of(TypeRoot.INT));
      case ROW -> row(object(path, type));
      case NULL -> (vector, position, to) -> JsonText.appendNull(to);
      case RAW ->
          throw new UnsupportedException(
              "format 'json' of %s: column '%s' of type %s".formatted(owner, path, type));
    };
  }

  private static void writeString(Vector vector, int position, ByteHeap to) {
    BytesVector bytes = (BytesVector) vector;
    JsonText.appendString(to, bytes.data(), bytes.starts()[position], bytes.lengths()[position]);
  }

  private static void writeBinary(Vector vector, int position, ByteHeap to) {
    BytesVector bytes = (BytesVector) vector;
    ByteBuffer value =
        ByteBuffer.wrap(bytes.data(), bytes.starts()[position], bytes.lengths()[position]);
    to.append((byte) '"');
    to.append(Base64.getEncoder().encode(value).array());
    to.append((byte) '"');
  }

  private static void writeFloat(Vector vector, int position, ByteHeap to) {
    float value = ((FloatVector) vector).values()[position];
    boolean quoted = !Float.isFinite(value);
    JsonText.appendQuote(to, quoted);
    NumberText.append(to, value);
    JsonText.appendQuote(to, quoted);
  }

  private static void writeDouble(Vector vector, int position, ByteHeap to) {
    double value = ((DoubleVector) vector).values()[position];
    boolean quoted = !Double.isFinite(value);
    JsonText.appendQuote(to, quoted);
    NumberText.append(to, value);
    JsonText.appendQuote(to, quoted);
  }

  private ValueWriter decimal(int scale) {
    boolean plain = options.plainDecimals();
    return (vector, position, to) ->
        NumberText.append(to, (DecimalVector) vector, position, scale, plain);
  }

  private static void writeDate(Vector vector, int position, ByteHeap to) {
    to.append((byte) '"');
    TimeText.appendDate(to, ((IntVector) vector).values()[position]);
    to.append((byte) '"');
  }

  private static void writeTime(Vector vector, int position, ByteHeap to) {
    to.append((byte) '"');
    TimeText.appendTime(to, (long) ((IntVector) vector).values()[position] * NANOS_PER_MILLI);
    to.append((byte) '"');
  }

  private ValueWriter timestamp(boolean utc) {
    char separator = options.isoTimestamps() ? 'T' : ' ';
    return (vector, position, to) -> {
      TimestampVector timestamps = (TimestampVector) vector;
      to.append((byte) '"');
      TimeText.appendTimestamp(
          to, timestamps.millis()[position], timestamps.nanosAt(position), separator);
      if (utc) {
        to.append((byte) 'Z');
      }
      to.append((byte) '"');
    };
  }

  private static ValueWriter array(ValueWriter element) {
    return (vector, position, to) -> {
      ArrayVector arrays = (ArrayVector) vector;
      int start = arrays.starts()[position];
      to.append((byte) '[');
      for (int i = 0; i < arrays.lengths()[position]; i++) {
        if (i > 0) {
          to.append((byte) ',');
        }
        element.writeNullable(arrays.elements(), start + i, to);
      }
      to.append((byte) ']');
    };
  }

  private ValueWriter map(String path, DataType type, DataType valueType) {
    if (!type.child(0).isString()) {
      throw Readers.nonStringKey(owner, path, type);
    }
    return new MapWriter(path, writer(path + "[]", valueType), options);
  }

  private static ValueWriter row(ObjectWriter object) {
    return (vector, position, to) -> {
      RowVector rows = (RowVector) vector;
      object.begin(to);
      for (int i = 0; i < rows.fieldCount(); i++) {
        object.field(i, rows.field(i), position, to);
      }
      object.end(to);
    };
  }
}
