package dev.millrace.engine.checkpoint;

import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.List;

/** Writes types as bytes and reads them back; {@link SnapshotFormat} has the layout. */
final class DataTypeCodec {
  private DataTypeCodec() {}

  static void encode(DataType type, ByteWriter to) {
    to.putString(type.root().name());
    to.putBoolean(type.nullable());
    to.putInt(type.precision());
    to.putInt(type.scale());
    to.putString(type.is(TypeRoot.RAW) ? type.withNullable(true).toString() : "");
    to.putInt(type.children().size());
    for (DataType.Field child : type.children()) {
      to.putString(child.name());
      encode(child.type(), to);
    }
  }

  static DataType decode(ByteReader from) throws DamagedFileException {
    TypeRoot root = root(from.getString());
    boolean nullable = from.getBoolean();
    int precision = from.getInt();
    int scale = from.getInt();
    String rawName = from.getString();
    List<DataType.Field> children = new ArrayList<>();
    for (int count = from.getCount(); count > 0; count--) {
      children.add(new DataType.Field(from.getString(), decode(from)));
    }
    if (children.size() < childCount(root)) {
      throw new DamagedFileException("a type " + root + " lacks its element");
    }
    DataType type =
        switch (root) {
          case DECIMAL -> DataType.decimal(precision, scale);
          case ARRAY -> DataType.array(children.get(0).type());
          case MULTISET -> DataType.multiset(children.get(0).type());
          case MAP -> DataType.map(children.get(0).type(), children.get(1).type());
          case ROW -> DataType.row(children);
          case RAW -> DataType.raw(rawName);
          default -> DataType.of(root, precision);
        };
    return type.withNullable(nullable);
  }

  private static int childCount(TypeRoot root) {
    return switch (root) {
      case ARRAY, MULTISET -> 1;
      case MAP -> 2;
      default -> 0;
    };
  }

  private static TypeRoot root(String name) throws DamagedFileException {
    for (TypeRoot root : TypeRoot.values()) {
      if (root.name().equals(name)) {
        return root;
      }
    }
    throw new DamagedFileException("it has a type of the unknown family '" + name + "'");
  }
}
