package dev.millrace.formats.json;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.format.FieldUse;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.List;

/** Makes the readers of a row type. */
final class Readers {
  private final JsonOptions options;
  private final String owner;
  private final JsonTree tree;

  /** {@code owner} says in messages whose columns these are. */
  Readers(JsonOptions options, String owner, DataType rowType) {
    this.options = options;
    this.owner = owner;
    this.tree = new JsonTree(holdsDecimal(rowType));
  }

  private static boolean holdsDecimal(DataType type) {
    return type.is(TypeRoot.DECIMAL)
        || type.children().stream().anyMatch(child -> holdsDecimal(child.type()));
  }

  /** The reader of a row's fields; {@code uses} are aligned with them, null for unused ones. */
  ObjectReader object(String path, DataType rowType, List<FieldUse> uses) {
    List<Field> fields = rowType.children();
    ValueReader[] readers = new ValueReader[fields.size()];
    for (int i = 0; i < readers.length; i++) {
      String fieldPath = path.isEmpty() ? fields.get(i).name() : path + "." + fields.get(i).name();
      FieldUse use = uses == null ? FieldUse.ALL : uses.get(i);
      // Made even if it is unused, so that a type that can't be read is found.
      ValueReader reader =
          reader(fieldPath, fields.get(i).type(), use == null ? FieldUse.ALL : use);
      readers[i] = use == null ? null : reader;
    }
    return new ObjectReader(
        fields.stream().map(Field::name).toList(), readers, options.failOnMissingField());
  }

  private ValueReader reader(String path, DataType type, FieldUse use) {
    ValueReader.Place place =
        new ValueReader.Place(
            path, type.withNullable(true).toString(), options.ignoreParseErrors());
    return switch (type.root()) {
      case CHAR, VARCHAR -> new StringReader(place, tree);
      case BINARY, VARBINARY -> new BinaryReader(place);
      case BOOLEAN -> new BooleanReader(place);
      case TINYINT -> new IntegerReader.OfByte(place);
      case SMALLINT -> new IntegerReader.OfShort(place);
      case INT, INTERVAL_YEAR_MONTH -> new IntegerReader.OfInt(place);
      case BIGINT, INTERVAL_DAY_TIME -> new IntegerReader.OfLong(place);
      case FLOAT -> new NumberReader.OfFloat(place);
      case DOUBLE -> new NumberReader.OfDouble(place);
      case DECIMAL -> new NumberReader.OfDecimal(place, type);
      case DATE -> new TimeReader.OfDate(place);
      case TIME -> new TimeReader.OfTime(place);
      case TIMESTAMP -> new TimeReader.OfTimestamp(place, options.isoTimestamps(), false);
      case TIMESTAMP_LTZ -> new TimeReader.OfTimestamp(place, options.isoTimestamps(), true);
      case ARRAY -> new ArrayReader(place, reader(path + "[]", type.element(), FieldUse.ALL));
      case MAP -> mapReader(place, type, type.child(1));
      case MULTISET -> mapReader(place, type, DataType.of(TypeRoot.INT));
      case ROW -> new RowReader(place, object(path, type, use.fields()));
      case NULL -> new NullReader(place);
      case RAW ->
          throw new UnsupportedException(
              "format 'json' of %s: column '%s' of type %s".formatted(owner, path, type));
    };
  }

  private MapReader mapReader(ValueReader.Place place, DataType type, DataType valueType) {
    if (!type.child(0).isString()) {
      throw nonStringKey(owner, place.path(), type);
    }
    ValueReader value = reader(place.path() + "[]", valueType, FieldUse.ALL);
    return new MapReader(place, new StringReader(place, tree), value);
  }

  /** What a map whose keys are no strings comes to. */
  static MillraceException nonStringKey(String owner, String path, DataType type) {
    return MillraceException.usage(
        "Format 'json' of %s: column '%s' is a %s, but the keys of a JSON object are strings."
            .formatted(owner, path, type));
  }
}
