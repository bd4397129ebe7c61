package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.text.Utf8;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.Arrays;

/**
 * Brings the CHAR, VARCHAR, BINARY and VARBINARY columns of a sink to their declared length: trims
 * and pads, or fails the job.
 */
public final class LengthEnforcer extends StatelessOperator {
  private final DataType rowType;
  private final boolean fail;
  private final String table;

  /** {@code rowType} is the sink's; {@code fail} instead of trimming and padding. */
  public LengthEnforcer(DataType rowType, boolean fail, String table) {
    this.rowType = rowType;
    this.fail = fail;
    this.table = table;
  }

  @Override
  public void process(int input, Batch batch) {
    Vector[] columns = new Vector[batch.columnCount()];
    for (int i = 0; i < columns.length; i++) {
      DataType type = rowType.child(i);
      boolean limited =
          (type.isString() || type.isBinary()) && type.length() != DataType.MAX_LENGTH;
      columns[i] =
          limited
              ? enforce(i, type, (BytesVector) batch.column(i), batch.rowCount())
              : batch.column(i);
    }
    emit(batch.withColumns(columns));
  }

  private Vector enforce(int column, DataType type, BytesVector vector, int rows) {
    boolean padded = type.is(TypeRoot.CHAR) || type.is(TypeRoot.BINARY);
    for (int row = 0; row < rows; row++) {
      if (!vector.isNull(row)) {
        int excess = units(type, vector, row) - type.length();
        if (excess > 0 || (padded && excess < 0)) {
          refuse(column, type, excess);
          return rewritten(type, padded, vector, rows);
        }
      }
    }
    return vector;
  }

  private void refuse(int column, DataType type, int excess) {
    if (fail) {
      throw MillraceException.job(
          ("A value for column '%s' of table '%s' is too %s for %s. Change the value, or SET"
                  + " 'table.exec.sink.type-length-enforcer' = 'TRIM_PAD'.")
              .formatted(
                  rowType.children().get(column).name(),
                  table,
                  excess > 0 ? "long" : "short",
                  type));
    }
  }

  private static Vector rewritten(DataType type, boolean padded, BytesVector vector, int rows) {
    BytesBuilder builder = new BytesBuilder(ByteHeap.wrap(vector.data(), vector.data().length));
    for (int row = 0; row < rows; row++) {
      if (vector.isNull(row)) {
        builder.appendNull();
        continue;
      }
      int start = vector.starts()[row];
      int missing = type.length() - units(type, vector, row);
      if (missing > 0 && padded) {
        byte[] value = Arrays.copyOfRange(vector.data(), start, start + vector.lengths()[row]);
        byte[] longer = Arrays.copyOf(value, value.length + missing);
        Arrays.fill(longer, value.length, longer.length, (byte) (type.isString() ? ' ' : 0));
        builder.append(longer);
      } else {
        builder.appendRange(start, prefixBytes(type, vector, row));
      }
    }
    return builder.build();
  }

  /** Length in the type's units: characters (code points) of strings, bytes of binaries. */
  private static int units(DataType type, BytesVector vector, int row) {
    int length = vector.lengths()[row];
    return type.isBinary() ? length : Utf8.count(vector.data(), vector.starts()[row], length);
  }

  /** Bytes of the longest prefix that the type allows. */
  private static int prefixBytes(DataType type, BytesVector vector, int row) {
    int start = vector.starts()[row];
    int length = vector.lengths()[row];
    return type.isBinary()
        ? Math.min(length, type.length())
        : Utf8.skip(vector.data(), start, start + length, type.length()) - start;
  }
}
