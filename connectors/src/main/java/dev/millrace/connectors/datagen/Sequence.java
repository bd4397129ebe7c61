package dev.millrace.connectors.datagen;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.ByteVector;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.DecimalBuilder;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.ShortVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A column that counts up from {@code start}, one per row. */
record Sequence(DataType type, long start) implements Generator {
  @Override
  public Vector generate(long[] rows, int count, long nowMillis) {
    return switch (type.root()) {
      case TINYINT -> {
        byte[] values = new byte[count];
        for (int i = 0; i < count; i++) {
          values[i] = (byte) (start + rows[i]);
        }
        yield new ByteVector(count, values, null);
      }
      case SMALLINT -> {
        short[] values = new short[count];
        for (int i = 0; i < count; i++) {
          values[i] = (short) (start + rows[i]);
        }
        yield new ShortVector(count, values, null);
      }
      case INT -> {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
          values[i] = (int) (start + rows[i]);
        }
        yield new IntVector(count, values, null);
      }
      case BIGINT -> {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
          values[i] = start + rows[i];
        }
        yield new LongVector(count, values, null);
      }
      case FLOAT -> {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
          values[i] = start + rows[i];
        }
        yield new FloatVector(count, values, null);
      }
      case DOUBLE -> {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
          values[i] = start + rows[i];
        }
        yield new DoubleVector(count, values, null);
      }
      case DECIMAL -> decimals(rows, count);
      case CHAR, VARCHAR -> texts(rows, count);
      default -> bigEndian(rows, count);
    };
  }

  private Vector decimals(long[] rows, int count) {
    BigInteger one = BigInteger.TEN.pow(type.scale());
    DecimalBuilder builder = new DecimalBuilder(type.precision());
    for (int i = 0; i < count; i++) {
      builder.append(BigInteger.valueOf(start + rows[i]).multiply(one));
    }
    return builder.build();
  }

  private BytesVector texts(long[] rows, int count) {
    BytesBuilder builder = new BytesBuilder(new ByteHeap());
    for (int i = 0; i < count; i++) {
      builder.append(Long.toString(start + rows[i]).getBytes(StandardCharsets.US_ASCII));
    }
    return builder.build();
  }

  private BytesVector bigEndian(long[] rows, int count) {
    ByteBuffer data = ByteBuffer.allocate(count * Long.BYTES);
    int[] starts = new int[count];
    int[] lengths = new int[count];
    for (int i = 0; i < count; i++) {
      starts[i] = i * Long.BYTES;
      lengths[i] = Long.BYTES;
      data.putLong(starts[i], start + rows[i]);
    }
    return new BytesVector(count, data.array(), starts, lengths, null);
  }
}
