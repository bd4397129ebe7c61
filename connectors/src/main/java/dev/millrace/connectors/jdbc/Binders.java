package dev.millrace.connectors.jdbc;

import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.ByteVector;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.ShortVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.type.DataType;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/** How the values of a type are handed to a driver. */
final class Binders {
  private static final int NANOS_PER_MILLI = 1_000_000;

  private Binders() {}

  /** As JDBC itself has it; throws {@code UnsupportedException} if no column holds such values. */
  static ColumnBinder of(DataType type) {
    return switch (type.root()) {
      case CHAR, VARCHAR ->
          nullable(Types.VARCHAR, (s, p, v, row) -> s.setString(p, ((BytesVector) v).string(row)));
      case BINARY, VARBINARY ->
          nullable(Types.VARBINARY, (s, p, v, row) -> s.setBytes(p, bytes((BytesVector) v, row)));
      case BOOLEAN ->
          nullable(
              Types.BOOLEAN, (s, p, v, row) -> s.setBoolean(p, ((BooleanVector) v).values()[row]));
      case TINYINT ->
          nullable(Types.SMALLINT, (s, p, v, row) -> s.setShort(p, ((ByteVector) v).values()[row]));
      case SMALLINT ->
          nullable(
              Types.SMALLINT, (s, p, v, row) -> s.setShort(p, ((ShortVector) v).values()[row]));
      case INT ->
          nullable(Types.INTEGER, (s, p, v, row) -> s.setInt(p, ((IntVector) v).values()[row]));
      case BIGINT ->
          nullable(Types.BIGINT, (s, p, v, row) -> s.setLong(p, ((LongVector) v).values()[row]));
      case FLOAT ->
          nullable(Types.REAL, (s, p, v, row) -> s.setFloat(p, ((FloatVector) v).values()[row]));
      case DOUBLE ->
          nullable(
              Types.DOUBLE, (s, p, v, row) -> s.setDouble(p, ((DoubleVector) v).values()[row]));
      case DECIMAL ->
          nullable(
              Types.NUMERIC,
              (s, p, v, row) -> s.setBigDecimal(p, ((DecimalVector) v).decimal(row, type.scale())));
      case DATE -> objects(Types.DATE, type);
      case TIME -> objects(Types.TIME, type);
      case TIMESTAMP -> localTimestamps();
      default -> throw new UnsupportedException("the type " + type);
    };
  }

  /** Wall-clock times; those of a TIMESTAMP_LTZ are in UTC. */
  static ColumnBinder localTimestamps() {
    return nullable(
        Types.TIMESTAMP, (s, p, v, row) -> s.setObject(p, local((TimestampVector) v, row)));
  }

  /** Points in time, for drivers that know such a type. */
  static ColumnBinder instants() {
    return nullable(
        Types.TIMESTAMP_WITH_TIMEZONE,
        (s, p, v, row) ->
            s.setObject(p, OffsetDateTime.of(local((TimestampVector) v, row), ZoneOffset.UTC)));
  }

  /** Arrays of single values, whose type the database calls {@code elementName}. */
  static ColumnBinder arrays(DataType element, String elementName) {
    DataType array = DataType.array(element);
    return nullable(
        Types.ARRAY,
        (s, p, v, row) -> {
          List<?> values = (List<?>) Values.get(v, array, row);
          Object[] elements = element.isBinary() ? values.toArray(new byte[0][]) : values.toArray();
          s.setArray(p, s.getConnection().createArrayOf(elementName, elements));
        });
  }

  private static ColumnBinder objects(int jdbcType, DataType type) {
    return nullable(jdbcType, (s, p, v, row) -> s.setObject(p, Values.get(v, type, row)));
  }

  private static ColumnBinder nullable(int jdbcType, ColumnBinder ofValue) {
    return (statement, parameter, column, row) -> {
      if (column.isNull(row)) {
        statement.setNull(parameter, jdbcType);
      } else {
        ofValue.bind(statement, parameter, column, row);
      }
    };
  }

  private static byte[] bytes(BytesVector column, int row) {
    int start = column.starts()[row];
    return Arrays.copyOfRange(column.data(), start, start + column.lengths()[row]);
  }

  private static LocalDateTime local(TimestampVector column, int row) {
    long millis = column.millis()[row];
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(millis, 1000L),
        Math.floorMod(millis, 1000) * NANOS_PER_MILLI + column.nanosAt(row),
        ZoneOffset.UTC);
  }
}
