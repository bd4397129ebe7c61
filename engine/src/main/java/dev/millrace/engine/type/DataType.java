package dev.millrace.engine.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A SQL data type: its family, nullability and parameters. Immutable; equality is structural.
 *
 * <p>{@code precision} is the length of CHAR, VARCHAR, BINARY and VARBINARY (characters, bytes),
 * the number of digits of DECIMAL, and the fractional second digits of the time types; it is 0
 * where the family has none. {@code children} are the fields of a ROW, the element of an ARRAY or
 * MULTISET (named {@code element}), the {@code key} and {@code value} of a MAP.
 */
public final class DataType {
  /** Length of an unbounded VARCHAR or VARBINARY. */
  public static final int MAX_LENGTH = Integer.MAX_VALUE;

  /** A named child of a ROW, ARRAY, MAP or MULTISET. */
  public record Field(String name, DataType type) {}

  private final TypeRoot root;
  private final boolean nullable;
  private final int precision;
  private final int scale;
  private final List<Field> children;
  private final String rawName;

  private DataType(
      TypeRoot root,
      boolean nullable,
      int precision,
      int scale,
      List<Field> children,
      String rawName) {
    this.root = root;
    this.nullable = nullable;
    this.precision = precision;
    this.scale = scale;
    this.children = List.copyOf(children);
    this.rawName = rawName;
  }

  /** A nullable type without parameters. */
  public static DataType of(TypeRoot root) {
    return of(root, 0);
  }

  /** A nullable type with a length or precision. */
  public static DataType of(TypeRoot root, int precision) {
    return new DataType(root, true, precision, 0, List.of(), "");
  }

  public static DataType string() {
    return of(TypeRoot.VARCHAR, MAX_LENGTH);
  }

  public static DataType bytes() {
    return of(TypeRoot.VARBINARY, MAX_LENGTH);
  }

  public static DataType decimal(int precision, int scale) {
    return new DataType(TypeRoot.DECIMAL, true, precision, scale, List.of(), "");
  }

  public static DataType array(DataType element) {
    return new DataType(TypeRoot.ARRAY, true, 0, 0, List.of(new Field("element", element)), "");
  }

  public static DataType map(DataType key, DataType value) {
    return new DataType(
        TypeRoot.MAP, true, 0, 0, List.of(new Field("key", key), new Field("value", value)), "");
  }

  public static DataType multiset(DataType element) {
    return new DataType(TypeRoot.MULTISET, true, 0, 0, List.of(new Field("element", element)), "");
  }

  public static DataType row(List<Field> fields) {
    return new DataType(TypeRoot.ROW, true, 0, 0, fields, "");
  }

  /** A ROW of columns whose names do not matter. */
  public static DataType rowOf(List<DataType> columns) {
    List<Field> fields = new ArrayList<>();
    columns.forEach(column -> fields.add(new Field("f" + fields.size(), column)));
    return row(fields);
  }

  /** An opaque type, known by the name the SQL gives it. */
  public static DataType raw(String name) {
    return new DataType(TypeRoot.RAW, true, 0, 0, List.of(), name);
  }

  public DataType withNullable(boolean isNullable) {
    return isNullable == nullable
        ? this
        : new DataType(root, isNullable, precision, scale, children, rawName);
  }

  public TypeRoot root() {
    return root;
  }

  public Storage storage() {
    return root.storage();
  }

  public boolean nullable() {
    return nullable;
  }

  public int precision() {
    return precision;
  }

  public int length() {
    return precision;
  }

  public int scale() {
    return scale;
  }

  public List<Field> children() {
    return children;
  }

  public DataType child(int index) {
    return children.get(index).type();
  }

  /** The element type of an ARRAY or MULTISET. */
  public DataType element() {
    return child(0);
  }

  /** Position of the ROW field of this name, or -1. */
  public int indexOf(String fieldName) {
    for (int i = 0; i < children.size(); i++) {
      if (children.get(i).name().equals(fieldName)) {
        return i;
      }
    }
    return -1;
  }

  public boolean is(TypeRoot other) {
    return root == other;
  }

  /** CHAR or VARCHAR. */
  public boolean isString() {
    return root == TypeRoot.CHAR || root == TypeRoot.VARCHAR;
  }

  /** BINARY or VARBINARY. */
  public boolean isBinary() {
    return root == TypeRoot.BINARY || root == TypeRoot.VARBINARY;
  }

  /** TIMESTAMP or TIMESTAMP_LTZ. */
  public boolean isTimestamp() {
    return root == TypeRoot.TIMESTAMP || root == TypeRoot.TIMESTAMP_LTZ;
  }

  /** One of the exact integer types. */
  public boolean isInteger() {
    return switch (root) {
      case TINYINT, SMALLINT, INT, BIGINT -> true;
      default -> false;
    };
  }

  /** An integer, DECIMAL, FLOAT or DOUBLE. */
  public boolean isNumeric() {
    return isInteger()
        || root == TypeRoot.DECIMAL
        || root == TypeRoot.FLOAT
        || root == TypeRoot.DOUBLE;
  }

  /** Whether two types differ in nullability of the outermost level at most. */
  public boolean sameIgnoringNullability(DataType other) {
    return withNullable(true).equals(other.withNullable(true));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DataType that
        && root == that.root
        && nullable == that.nullable
        && precision == that.precision
        && scale == that.scale
        && children.equals(that.children)
        && rawName.equals(that.rawName);
  }

  @Override
  public int hashCode() {
    return Objects.hash(root, nullable, precision, scale, children, rawName);
  }

  /** The type as SQL writes it, for example {@code DECIMAL(10, 2) NOT NULL}. */
  @Override
  public String toString() {
    return sql() + (nullable ? "" : " NOT NULL");
  }

  private String sql() {
    return switch (root) {
      case VARCHAR -> precision == MAX_LENGTH ? "STRING" : "VARCHAR(" + precision + ")";
      case VARBINARY -> precision == MAX_LENGTH ? "BYTES" : "VARBINARY(" + precision + ")";
      case CHAR, BINARY, TIME, TIMESTAMP, TIMESTAMP_LTZ -> root + "(" + precision + ")";
      case DECIMAL -> "DECIMAL(" + precision + ", " + scale + ")";
      case INTERVAL_YEAR_MONTH -> "INTERVAL YEAR TO MONTH";
      case INTERVAL_DAY_TIME -> "INTERVAL DAY TO SECOND(" + precision + ")";
      case ARRAY -> "ARRAY<" + element() + ">";
      case MULTISET -> "MULTISET<" + element() + ">";
      case MAP -> "MAP<" + child(0) + ", " + child(1) + ">";
      case ROW -> rowSql();
      case RAW -> rawName;
      default -> root.name();
    };
  }

  private String rowSql() {
    List<String> fields = new ArrayList<>();
    for (Field field : children) {
      fields.add("`" + field.name() + "` " + field.type());
    }
    return "ROW<" + String.join(", ", fields) + ">";
  }
}
