package dev.millrace.conformance.kernel;

import dev.millrace.engine.batch.ArrayVector;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.ByteVector;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.ObjectVector;
import dev.millrace.engine.batch.RowVector;
import dev.millrace.engine.batch.ShortVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;

/**
 * Values of both engines in one plain form that can be compared to the bit: boxed primitives (also
 * for dates, times and intervals), {@link Bytes}, BigDecimal, {@link Timestamp}, List, Map.
 *
 * <p>Unlike the engine's own conversion it can hold what has no Java time, for example a time of
 * day past midnight.
 */
final class PlainValues {
  /** Bytes of a string or binary value. */
  record Bytes(String hex) {
    static Bytes of(byte[] bytes) {
      return new Bytes(HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
      byte[] bytes = HexFormat.of().parseHex(hex);
      String text = new String(bytes, StandardCharsets.UTF_8);
      return Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8))
          ? "'" + text + "'"
          : "x'" + hex + "'";
    }
  }

  record Timestamp(long millis, int nanosOfMilli) {}

  private PlainValues() {}

  static String toString(Object value) {
    return value == null ? "NULL" : value + " (" + value.getClass().getSimpleName() + ")";
  }

  static Object ofNative(DataType type, Vector vector, int position) {
    if (vector.isNull(position)) {
      return null;
    }
    return switch (type.storage()) {
      case BOOLEAN -> ((BooleanVector) vector).values()[position];
      case BYTE -> ((ByteVector) vector).values()[position];
      case SHORT -> ((ShortVector) vector).values()[position];
      case INT -> ((IntVector) vector).values()[position];
      case LONG -> ((LongVector) vector).values()[position];
      case FLOAT -> ((FloatVector) vector).values()[position];
      case DOUBLE -> ((DoubleVector) vector).values()[position];
      case BYTES -> bytes((BytesVector) vector, position);
      case DECIMAL -> ((DecimalVector) vector).decimal(position, type.scale());
      case TIMESTAMP -> timestamp((TimestampVector) vector, position);
      case ARRAY -> array(type, (ArrayVector) vector, position);
      case MAP -> map(type, (MapVector) vector, position);
      case ROW -> row(type, (RowVector) vector, position);
      case OBJECT -> ((ObjectVector) vector).values()[position];
    };
  }

  private static Bytes bytes(BytesVector vector, int position) {
    int start = vector.starts()[position];
    return Bytes.of(Arrays.copyOfRange(vector.data(), start, start + vector.lengths()[position]));
  }

  private static Timestamp timestamp(TimestampVector vector, int position) {
    return new Timestamp(vector.millis()[position], vector.nanosAt(position));
  }

  private static List<Object> array(DataType type, ArrayVector vector, int position) {
    return range(
        type.element(), vector.elements(), vector.starts()[position], vector.lengths()[position]);
  }

  private static List<Object> range(DataType type, Vector vector, int start, int length) {
    List<Object> values = new ArrayList<>();
    for (int i = start; i < start + length; i++) {
      values.add(ofNative(type, vector, i));
    }
    return values;
  }

  private static Map<Object, Object> map(DataType type, MapVector vector, int position) {
    DataType valueType = type.is(TypeRoot.MULTISET) ? DataType.of(TypeRoot.INT) : type.child(1);
    int start = vector.starts()[position];
    int length = vector.lengths()[position];
    return zip(
        range(type.child(0), vector.keys(), start, length),
        range(valueType, vector.values(), start, length));
  }

  private static Map<Object, Object> zip(List<Object> keys, List<Object> values) {
    Map<Object, Object> map = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      map.put(keys.get(i), values.get(i));
    }
    return map;
  }

  private static List<Object> row(DataType type, RowVector vector, int position) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < vector.fieldCount(); i++) {
      values.add(ofNative(type.child(i), vector.field(i), position));
    }
    return values;
  }

  static Object ofFlink(LogicalType type, Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof StringData string) {
      return Bytes.of(string.toBytes());
    }
    if (value instanceof byte[] bytes) {
      return Bytes.of(bytes);
    }
    if (value instanceof DecimalData decimal) {
      return decimal.toBigDecimal();
    }
    if (value instanceof TimestampData timestamp) {
      return new Timestamp(timestamp.getMillisecond(), timestamp.getNanoOfMillisecond());
    }
    if (value instanceof ArrayData array) {
      return ofFlinkArray(((ArrayType) type).getElementType(), array);
    }
    if (value instanceof MapData map) {
      return ofFlinkMap(type, map);
    }
    return value instanceof RowData row ? ofFlinkRow(type.getChildren(), row) : value;
  }

  private static List<Object> ofFlinkArray(LogicalType elementType, ArrayData array) {
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(elementType);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      values.add(ofFlink(elementType, getter.getElementOrNull(array, i)));
    }
    return values;
  }

  private static Map<Object, Object> ofFlinkMap(LogicalType type, MapData map) {
    LogicalType keyType =
        type instanceof MultisetType multiset
            ? multiset.getElementType()
            : ((MapType) type).getKeyType();
    LogicalType valueType =
        type instanceof MapType mapType ? mapType.getValueType() : new IntType(false);
    return zip(ofFlinkArray(keyType, map.keyArray()), ofFlinkArray(valueType, map.valueArray()));
  }

  private static List<Object> ofFlinkRow(List<LogicalType> fieldTypes, RowData row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.getArity(); i++) {
      RowData.FieldGetter getter = RowData.createFieldGetter(fieldTypes.get(i), i);
      values.add(ofFlink(fieldTypes.get(i), getter.getFieldOrNull(row)));
    }
    return values;
  }
}
