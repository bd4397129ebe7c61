package dev.millrace.flink.memory;

import dev.millrace.flink.memory.InProcessTables.MemoryRow;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.types.CollectionDataType;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.KeyValueDataType;
import org.apache.flink.types.Row;

/**
 * Values between Flink's external objects and plain ones: lists for ARRAY and ROW instead of Java
 * arrays and {@link Row}; all else is the same.
 */
public final class FlinkValues {
  private FlinkValues() {}

  static Row row(MemoryRow row, DataType type) {
    Row converted = fields(row.values(), type);
    converted.setKind(row.flinkKind());
    return converted;
  }

  private static Row fields(List<?> values, DataType type) {
    Row row = new Row(values.size());
    for (int i = 0; i < values.size(); i++) {
      row.setField(i, external(values.get(i), type.getChildren().get(i)));
    }
    return row;
  }

  private static Object external(Object value, DataType type) {
    if (value instanceof List<?> list) {
      return type instanceof CollectionDataType array
          ? array(list, array.getElementDataType())
          : fields(list, type);
    }
    if (value instanceof Map<?, ?> map && type instanceof KeyValueDataType entries) {
      Map<Object, Object> converted = new LinkedHashMap<>();
      map.forEach(
          (key, entry) ->
              converted.put(
                  external(key, entries.getKeyDataType()),
                  external(entry, entries.getValueDataType())));
      return converted;
    }
    return value;
  }

  private static Object array(List<?> values, DataType elementType) {
    Object array = Array.newInstance(elementType.getConversionClass(), values.size());
    for (int i = 0; i < values.size(); i++) {
      Array.set(array, i, external(values.get(i), elementType));
    }
    return array;
  }

  /** The plain values of a row's fields. */
  public static List<Object> plainFields(Row row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.getArity(); i++) {
      values.add(plain(row.getField(i)));
    }
    return values;
  }

  /** The plain counterpart of one of Flink's external objects. */
  public static Object plain(Object value) {
    if (value instanceof Row row) {
      return plainFields(row);
    }
    if (value instanceof Object[] array) {
      List<Object> elements = new ArrayList<>();
      for (Object element : array) {
        elements.add(plain(element));
      }
      return elements;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> entries = new LinkedHashMap<>();
      map.forEach((key, entry) -> entries.put(plain(key), plain(entry)));
      return entries;
    }
    return value;
  }
}
