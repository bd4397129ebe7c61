package dev.millrace.formats.raw;

import dev.millrace.engine.batch.BooleanBuilder;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.ByteBuilder;
import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.ByteVector;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.DoubleBuilder;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatBuilder;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.IntBuilder;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongBuilder;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.ShortBuilder;
import dev.millrace.engine.batch.ShortVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.VectorBuilder;
import dev.millrace.engine.text.Utf8;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How values of one type lie in a record.
 *
 * @param width the number of bytes, or {@link #ANY}
 */
record RawType(String column, DataType type, int width, Reader reader, Writer writer) {
  /** The width of strings and byte strings. */
  static final int ANY = -1;

  /**
   * Appends the value that a record of the right width holds; {@code onHeap} says whether the
   * builder's heap begins with the data, so that byte strings can be ranges of it.
   */
  interface Reader {
    void read(byte[] data, int start, int length, boolean onHeap, VectorBuilder to);
  }

  /** Appends the bytes of a value that is not null. */
  interface Writer {
    void write(Vector vector, int position, ByteHeap to);
  }

  /** Empty if the format can't hold values of the type. */
  static Optional<RawType> of(String column, DataType type, Charset charset, ByteOrder order) {
    return Optional.ofNullable(
        switch (type.root()) {
          case CHAR, VARCHAR ->
              charset.equals(StandardCharsets.UTF_8)
                  ? new RawType(column, type, ANY, RawType::readUtf8, RawType::writeBytes)
                  : new RawType(
                      column,
                      type,
                      ANY,
                      (data, start, length, onHeap, to) ->
                          ((BytesBuilder) to).append(new String(data, start, length, charset)),
                      (vector, position, to) ->
                          to.append(((BytesVector) vector).string(position).getBytes(charset)));
          case BINARY, VARBINARY ->
              new RawType(column, type, ANY, RawType::readBytes, RawType::writeBytes);
          case BOOLEAN ->
              new RawType(
                  column,
                  type,
                  1,
                  (data, start, length, onHeap, to) ->
                      ((BooleanBuilder) to).append(data[start] != 0),
                  (vector, position, to) ->
                      to.append((byte) (((BooleanVector) vector).values()[position] ? 1 : 0)));
          case TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE -> number(column, type, order);
          default -> null;
        });
  }

  private static RawType number(String column, DataType type, ByteOrder order) {
    int width =
        switch (type.root()) {
          case TINYINT -> Byte.BYTES;
          case SMALLINT -> Short.BYTES;
          case INT, FLOAT -> Integer.BYTES;
          default -> Long.BYTES;
        };
    TypeRoot root = type.root();
    return new RawType(
        column,
        type,
        width,
        (data, start, length, onHeap, to) ->
            read(root, ByteBuffer.wrap(data, start, length).order(order), to),
        (vector, position, to) -> {
          ByteBuffer bytes = ByteBuffer.allocate(width).order(order);
          write(root, vector, position, bytes);
          to.append(bytes.array());
        });
  }

  private static void read(TypeRoot root, ByteBuffer from, VectorBuilder to) {
    switch (root) {
      case TINYINT -> ((ByteBuilder) to).append(from.get());
      case SMALLINT -> ((ShortBuilder) to).append(from.getShort());
      case INT -> ((IntBuilder) to).append(from.getInt());
      case FLOAT -> ((FloatBuilder) to).append(from.getFloat());
      case DOUBLE -> ((DoubleBuilder) to).append(from.getDouble());
      default -> ((LongBuilder) to).append(from.getLong());
    }
  }

  private static void write(TypeRoot root, Vector vector, int position, ByteBuffer to) {
    switch (root) {
      case TINYINT -> to.put(((ByteVector) vector).values()[position]);
      case SMALLINT -> to.putShort(((ShortVector) vector).values()[position]);
      case INT -> to.putInt(((IntVector) vector).values()[position]);
      case FLOAT -> to.putFloat(((FloatVector) vector).values()[position]);
      case DOUBLE -> to.putDouble(((DoubleVector) vector).values()[position]);
      default -> to.putLong(((LongVector) vector).values()[position]);
    }
  }

  private static void readBytes(
      byte[] data, int start, int length, boolean onHeap, VectorBuilder to) {
    BytesBuilder builder = (BytesBuilder) to;
    if (onHeap) {
      builder.appendRange(start, length);
    } else {
      builder.append(data, start, length);
    }
  }

  /** Takes the bytes as they are; what is not UTF-8 is replaced, so that strings always are. */
  private static void readUtf8(
      byte[] data, int start, int length, boolean onHeap, VectorBuilder to) {
    if (Utf8.isAscii(data, start, length)) {
      readBytes(data, start, length, onHeap, to);
    } else {
      ((BytesBuilder) to).append(new String(data, start, length, StandardCharsets.UTF_8));
    }
  }

  private static void writeBytes(Vector vector, int position, ByteHeap to) {
    BytesVector bytes = (BytesVector) vector;
    to.append(bytes.data(), bytes.starts()[position], bytes.lengths()[position]);
  }
}
