package dev.millrace.engine.text;

import dev.millrace.engine.batch.ArrayVector;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.ByteVector;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.ObjectVector;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.RowVector;
import dev.millrace.engine.batch.ShortVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Period;

/**
 * Values as Flink's print connector shows them: {@code +I[1, abc, 2020-01-01T00:00:05, null]}.
 *
 * <p>That is the {@code toString} of the Java objects that Flink hands out: {@code java.time} for
 * dates and times, TIMESTAMP_LTZ in UTC whatever the session's zone, {@code [1, -1]} for bytes and
 * arrays, {@code {k=v}} for maps, {@code +I[..]} for nested rows. A cast to a string differs.
 */
public final class ValueText {
  private static final DataType COUNT = DataType.of(TypeRoot.INT);
  private static final byte[] NULL = ascii("null");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");
  private static final byte[] SEPARATOR = ascii(", ");

  private ValueText() {}

  /** Appends a row of a batch whose columns are the fields of {@code rowType}, with its kind. */
  public static void appendRow(ByteHeap out, DataType rowType, Batch batch, int row) {
    appendKind(out, batch.rowKind(row));
    for (int i = 0; i < batch.columnCount(); i++) {
      appendSeparator(out, i);
      append(out, rowType.child(i), batch.column(i), row);
    }
    out.append((byte) ']');
  }

  /** Appends the value of a column at a position. */
  public static void append(ByteHeap out, DataType type, Vector vector, int position) {
    if (vector.isNull(position)) {
      out.append(NULL);
      return;
    }
    switch (type.storage()) {
      case BOOLEAN -> out.append(((BooleanVector) vector).values()[position] ? TRUE : FALSE);
      case BYTE -> Numbers.append(out, ((ByteVector) vector).values()[position]);
      case SHORT -> Numbers.append(out, ((ShortVector) vector).values()[position]);
      case INT -> appendInt(out, type, ((IntVector) vector).values()[position]);
      case LONG -> appendLong(out, type, ((LongVector) vector).values()[position]);
      case FLOAT -> Numbers.append(out, ((FloatVector) vector).values()[position]);
      case DOUBLE -> Numbers.append(out, ((DoubleVector) vector).values()[position]);
      case BYTES -> appendBytes(out, type, (BytesVector) vector, position);
      case DECIMAL -> appendDecimal(out, type.scale(), (DecimalVector) vector, position);
      case TIMESTAMP -> appendTimestamp(out, type, (TimestampVector) vector, position);
      case ARRAY -> appendArray(out, type.element(), (ArrayVector) vector, position);
      case MAP -> appendMap(out, type, (MapVector) vector, position);
      case ROW -> appendRow(out, type, (RowVector) vector, position);
      case OBJECT -> out.append(utf8(((ObjectVector) vector).values()[position].toString()));
    }
  }

  private static void appendInt(ByteHeap out, DataType type, int value) {
    switch (type.root()) {
      case DATE -> IsoDates.appendDate(out, value);
      case TIME -> IsoDates.appendTime(out, (long) value * Dates.NANOS_PER_MILLI);
      case INTERVAL_YEAR_MONTH ->
          Numbers.appendAscii(out, Period.of(value / 12, value % 12, 0).toString());
      default -> Numbers.append(out, value);
    }
  }

  private static void appendLong(ByteHeap out, DataType type, long value) {
    if (type.is(TypeRoot.INTERVAL_DAY_TIME)) {
      Numbers.appendAscii(out, Duration.ofMillis(value).toString());
    } else {
      Numbers.append(out, value);
    }
  }

  private static void appendBytes(ByteHeap out, DataType type, BytesVector vector, int position) {
    int start = vector.starts()[position];
    int length = vector.lengths()[position];
    if (type.isString()) {
      out.append(vector.data(), start, length);
      return;
    }
    out.append((byte) '[');
    for (int i = 0; i < length; i++) {
      appendSeparator(out, i);
      Numbers.append(out, vector.data()[start + i]);
    }
    out.append((byte) ']');
  }

  private static void appendDecimal(ByteHeap out, int scale, DecimalVector vector, int position) {
    long low = vector.low()[position];
    long high = vector.high() == null ? low >> 63 : vector.high()[position];
    if (Decimals.isPlain(high, low, scale)) {
      Decimals.append(out, high, low, scale);
    } else {
      Numbers.appendAscii(out, vector.decimal(position, scale).toString());
    }
  }

  private static void appendTimestamp(
      ByteHeap out, DataType type, TimestampVector vector, int position) {
    long millis = vector.millis()[position];
    int nanos = vector.nanosAt(position);
    if (type.is(TypeRoot.TIMESTAMP)) {
      IsoDates.appendLocalDateTime(out, millis, nanos);
    } else {
      IsoDates.appendInstant(out, millis, nanos);
    }
  }

  private static void appendArray(
      ByteHeap out, DataType elementType, ArrayVector vector, int position) {
    int start = vector.starts()[position];
    out.append((byte) '[');
    for (int i = 0; i < vector.lengths()[position]; i++) {
      appendSeparator(out, i);
      append(out, elementType, vector.elements(), start + i);
    }
    out.append((byte) ']');
  }

  private static void appendMap(ByteHeap out, DataType type, MapVector vector, int position) {
    DataType valueType = type.is(TypeRoot.MULTISET) ? COUNT : type.child(1);
    int start = vector.starts()[position];
    out.append((byte) '{');
    for (int i = 0; i < vector.lengths()[position]; i++) {
      appendSeparator(out, i);
      append(out, type.child(0), vector.keys(), start + i);
      out.append((byte) '=');
      append(out, valueType, vector.values(), start + i);
    }
    out.append((byte) '}');
  }

  private static void appendRow(ByteHeap out, DataType type, RowVector vector, int position) {
    appendKind(out, RowKind.INSERT);
    for (int i = 0; i < vector.fieldCount(); i++) {
      appendSeparator(out, i);
      append(out, type.child(i), vector.field(i), position);
    }
    out.append((byte) ']');
  }

  private static void appendKind(ByteHeap out, RowKind kind) {
    Numbers.appendAscii(out, kind.shortString());
    out.append((byte) '[');
  }

  private static void appendSeparator(ByteHeap out, int index) {
    if (index > 0) {
      out.append(SEPARATOR);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
