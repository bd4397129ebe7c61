package dev.millrace.formats.csv;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.List;

/** Which types CSV can hold, and what reads them. */
final class CsvColumns {
  private static final int MAX_TIME_PRECISION = 3;

  private CsvColumns() {}

  /** Throws a user's error if a column's type can't be written as a field. */
  static void check(DataType schema, String owner) {
    for (Field column : schema.children()) {
      DataType type = column.type();
      boolean nested = type.is(TypeRoot.ARRAY) || type.is(TypeRoot.ROW);
      List<Field> values = nested ? type.children() : List.of(column);
      for (Field value : values) {
        if (!isSimple(value.type())) {
          throw MillraceException.usage(
              "Format 'csv' of %s: column '%s' is a %s, which a field can't hold."
                  .formatted(owner, column.name(), type));
        }
      }
    }
  }

  private static boolean isSimple(DataType type) {
    return switch (type.root()) {
      case ARRAY, MAP, MULTISET, ROW, RAW, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH -> false;
      case TIME -> type.precision() <= MAX_TIME_PRECISION;
      default -> true;
    };
  }

  /** What reads a column. */
  static CsvColumn of(Field column, CsvOptions options) {
    DataType type = column.type();
    if (type.is(TypeRoot.ARRAY)) {
      CsvColumn[] element = {simple(column.name() + "[]", type.element(), options)};
      return new CsvArrayColumn(column.name(), type, options, element);
    }
    if (type.is(TypeRoot.ROW)) {
      CsvColumn[] fields =
          type.children().stream()
              .map(field -> simple(column.name() + "." + field.name(), field.type(), options))
              .toArray(CsvColumn[]::new);
      return new CsvArrayColumn(column.name(), type, options, fields);
    }
    return simple(column.name(), type, options);
  }

  private static CsvColumn simple(String path, DataType type, CsvOptions options) {
    return new CsvColumn(path, type, options, TextParser.of(type));
  }
}
