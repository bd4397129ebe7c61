package dev.millrace.formats.csv;

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
import dev.millrace.engine.text.Dates;
import dev.millrace.engine.text.IsoDates;
import dev.millrace.engine.text.Numbers;
import dev.millrace.engine.type.DataType;
import dev.millrace.formats.text.DecimalText;
import dev.millrace.formats.text.TimeText;
import java.nio.ByteBuffer;
import java.util.Base64;

/** Writes values of one type as text, without quotes. Stateless. */
record TextWriter(boolean mayNeedQuotes, Writer writer) {
  /** Appends the text of a value that is not null. */
  interface Writer {
    void write(Vector vector, int position, ByteHeap to);
  }

  void write(Vector vector, int position, ByteHeap to) {
    writer.write(vector, position, to);
  }

  /** The writer of a type that CSV can hold; {@code nullText} stands for null within arrays. */
  static TextWriter of(DataType type, CsvOptions options, byte[] nullText) {
    return new TextWriter(CsvEncoder.isText(type), writer(type, options, nullText));
  }

  private static Writer writer(DataType type, CsvOptions options, byte[] nullText) {
    return switch (type.root()) {
      case CHAR, VARCHAR -> TextWriter::writeString;
      case BINARY, VARBINARY -> TextWriter::writeBinary;
      case BOOLEAN ->
          (vector, position, to) ->
              Numbers.appendAscii(
                  to, Boolean.toString(((BooleanVector) vector).values()[position]));
      case TINYINT ->
          (vector, position, to) ->
              Numbers.append(to, (long) ((ByteVector) vector).values()[position]);
      case SMALLINT ->
          (vector, position, to) ->
              Numbers.append(to, (long) ((ShortVector) vector).values()[position]);
      case INT ->
          (vector, position, to) ->
              Numbers.append(to, (long) ((IntVector) vector).values()[position]);
      case BIGINT ->
          (vector, position, to) -> Numbers.append(to, ((LongVector) vector).values()[position]);
      case FLOAT ->
          (vector, position, to) -> Numbers.append(to, ((FloatVector) vector).values()[position]);
      case DOUBLE ->
          (vector, position, to) -> Numbers.append(to, ((DoubleVector) vector).values()[position]);
      case DECIMAL ->
          (vector, position, to) ->
              DecimalText.append(
                  to,
                  (DecimalVector) vector,
                  position,
                  type.scale(),
                  !options.scientificDecimals());
      case DATE ->
          (vector, position, to) ->
              IsoDates.appendDate(to, ((IntVector) vector).values()[position]);
      case TIME ->
          (vector, position, to) ->
              TimeText.appendTime(
                  to, (long) ((IntVector) vector).values()[position] * Dates.NANOS_PER_MILLI);
      case TIMESTAMP -> TextWriter::writeTimestamp;
      case TIMESTAMP_LTZ ->
          (vector, position, to) -> {
            writeTimestamp(vector, position, to);
            to.append((byte) 'Z');
          };
      case ARRAY -> array(of(type.element(), options, nullText), options, nullText);
      case ROW -> row(type, options, nullText);
      case NULL -> (vector, position, to) -> to.append(nullText);
      default -> throw new IllegalArgumentException(type.toString());
    };
  }

  private static void writeString(Vector vector, int position, ByteHeap to) {
    BytesVector bytes = (BytesVector) vector;
    to.append(bytes.data(), bytes.starts()[position], bytes.lengths()[position]);
  }

  private static void writeBinary(Vector vector, int position, ByteHeap to) {
    BytesVector bytes = (BytesVector) vector;
    ByteBuffer value =
        ByteBuffer.wrap(bytes.data(), bytes.starts()[position], bytes.lengths()[position]);
    to.append(Base64.getEncoder().encode(value).array());
  }

  private static void writeTimestamp(Vector vector, int position, ByteHeap to) {
    TimestampVector timestamps = (TimestampVector) vector;
    TimeText.appendTimestamp(to, timestamps.millis()[position], timestamps.nanosAt(position), ' ');
  }

  private static Writer array(TextWriter element, CsvOptions options, byte[] nullText) {
    return (vector, position, to) -> {
      ArrayVector arrays = (ArrayVector) vector;
      int start = arrays.starts()[position];
      for (int i = 0; i < arrays.lengths()[position]; i++) {
        if (i > 0) {
          to.append(options.elementDelimiter());
        }
        element.writeNullable(arrays.elements(), start + i, nullText, to);
      }
    };
  }

  private static Writer row(DataType type, CsvOptions options, byte[] nullText) {
    TextWriter[] fields =
        type.children().stream()
            .map(field -> of(field.type(), options, nullText))
            .toArray(TextWriter[]::new);
    return (vector, position, to) -> {
      RowVector rows = (RowVector) vector;
      for (int i = 0; i < fields.length; i++) {
        if (i > 0) {
          to.append(options.elementDelimiter());
        }
        fields[i].writeNullable(rows.field(i), position, nullText, to);
      }
    };
  }

  private void writeNullable(Vector vector, int position, byte[] nullText, ByteHeap to) {
    if (vector.isNull(position)) {
      to.append(nullText);
    } else {
      writer.write(vector, position, to);
    }
  }
}
