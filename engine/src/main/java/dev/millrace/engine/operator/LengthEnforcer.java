package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.RowVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.deadletter.FailedAt;
import dev.millrace.engine.operator.NestedValues.Broken;
import dev.millrace.engine.text.Utf8;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.Arrays;

/**
 * Brings what is CHAR, VARCHAR, BINARY or VARBINARY in a sink's rows to its declared length: trims
 * and pads, or reports the row.
 */
public final class LengthEnforcer extends StatelessOperator {
  private static final NestedValues.Constraint LENGTH =
      new NestedValues.Constraint() {
        @Override
        public boolean concerns(DataType type) {
          return (type.isString() || type.isBinary()) && type.length() != DataType.MAX_LENGTH;
        }

        @Override
        public boolean isBroken(DataType type, Vector vector, int position) {
          return concerns(type)
              && !vector.isNull(position)
              && isAnother(type, (BytesVector) vector, position);
        }
      };

  private final DataType rowType;
  private final ConstraintDepth depth;
  private final NestedValues nested;
  private final boolean fail;
  private final String table;

  /**
   * {@code rowType} is the sink's; {@code fail} reports rows instead of trimming and padding, which
   * cannot be done within collections.
   */
  public LengthEnforcer(DataType rowType, ConstraintDepth depth, boolean fail, String table) {
    this.rowType = rowType;
    this.depth = depth;
    this.nested = new NestedValues(depth, LENGTH);
    this.fail = fail;
    this.table = table;
  }

  /** Whether values of a column's type, or what is in them, can break the constraint. */
  public static boolean concerns(DataType type, ConstraintDepth depth) {
    return LENGTH.concerns(type) || new NestedValues(depth, LENGTH).concern(type);
  }

  @Override
  public void process(int input, Batch batch) {
    emit(fail ? checked(batch) : trimmedAndPadded(batch));
  }

  private Batch trimmedAndPadded(Batch batch) {
    Vector[] columns = new Vector[batch.columnCount()];
    for (int i = 0; i < columns.length; i++) {
      DataType type = rowType.child(i);
      columns[i] =
          concerns(type, depth)
              ? trimmedAndPadded(type, batch.column(i), batch.rowCount())
              : batch.column(i);
    }
    return batch.withColumns(columns);
  }

  /** The rows without those that are reported. */
  private Batch checked(Batch batch) {
    boolean[] broken = null;
    for (int column = 0; column < batch.columnCount(); column++) {
      if (!concerns(rowType.child(column), depth)) {
        continue;
      }
      for (int row = 0; row < batch.rowCount(); row++) {
        String message = fault(column, batch.column(column), row);
        if (message == null) {
          continue;
        }
        broken = broken == null ? new boolean[batch.rowCount()] : broken;
        if (!broken[row]) {
          broken[row] = true;
          context().errors().reject(FailedAt.SINK, 0, batch, row, message, null);
        }
      }
    }
    return RowFailures.others(batch, broken);
  }

  /** What is wrong with a value, or null. */
  private String fault(int column, Vector vector, int row) {
    DataType type = rowType.child(column);
    if (LENGTH.concerns(type)) {
      return LENGTH.isBroken(type, vector, row) ? message(column, "", type, vector, row) : null;
    }
    Broken value = nested.find(type, vector, row);
    return value == null
        ? null
        : message(column, value.path(), value.type(), value.vector(), value.position());
  }

  private String message(int column, String path, DataType type, Vector vector, int position) {
    return ("Table '%s': Column '%s' is %s, however, a string of length %d is being written into it."
            + " You can set job configuration 'table.exec.sink.type-length-enforcer' to control"
            + " this behaviour.")
        .formatted(
            table,
            rowType.children().get(column).name() + path,
            type.withNullable(true),
            units(type, (BytesVector) vector, position));
  }

  private Vector trimmedAndPadded(DataType type, Vector vector, int rows) {
    if (vector instanceof RowVector row) {
      Vector[] fields = new Vector[row.fieldCount()];
      for (int i = 0; i < fields.length; i++) {
        DataType field = type.child(i);
        fields[i] =
            concerns(field, depth) ? trimmedAndPadded(field, row.field(i), rows) : row.field(i);
      }
      return new RowVector(rows, fields, row.nulls());
    }
    BytesVector bytes = (BytesVector) vector;
    for (int row = 0; row < rows; row++) {
      if (!bytes.isNull(row) && isAnother(type, bytes, row)) {
        return rewritten(type, isPadded(type), bytes, rows);
      }
    }
    return bytes;
  }

  private static boolean isPadded(DataType type) {
    return type.is(TypeRoot.CHAR) || type.is(TypeRoot.BINARY);
  }

  /** Whether a value's length is another than that of its type. */
  private static boolean isAnother(DataType type, BytesVector vector, int position) {
    int excess = units(type, vector, position) - type.length();
    return excess > 0 || (excess < 0 && isPadded(type));
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
