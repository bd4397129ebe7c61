package dev.millrace.engine.operator;

import dev.millrace.engine.batch.ArrayVector;
import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.RowVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.List;
import java.util.function.Predicate;

/** Seeks values within those of a sink's columns that break a constraint of their type. */
final class NestedValues {
  /** A rule for single values. */
  interface Constraint {
    /** Whether there is something to check for a type. */
    boolean concerns(DataType type);

    boolean isBroken(DataType type, Vector vector, int position);
  }

  /**
   * A value that breaks a constraint.
   *
   * @param path to it from the column, for example {@code .field[0]}
   */
  record Broken(String path, DataType type, Vector vector, int position) {
    private Broken within(String parent) {
      return new Broken(parent + path, type, vector, position);
    }
  }

  private final ConstraintDepth depth;
  private final Constraint constraint;

  NestedValues(ConstraintDepth depth, Constraint constraint) {
    this.depth = depth;
    this.constraint = constraint;
  }

  /** Whether there is something to check within values of a type. */
  boolean concern(DataType type) {
    Predicate<DataType> concerned = child -> constraint.concerns(child) || concern(child);
    return descends(type) && type.children().stream().map(DataType.Field::type).anyMatch(concerned);
  }

  private boolean descends(DataType type) {
    return switch (depth) {
      case COLUMNS -> false;
      case ROWS -> type.is(TypeRoot.ROW);
      case COLLECTIONS -> type.is(TypeRoot.ROW) || type.is(TypeRoot.ARRAY) || type.is(TypeRoot.MAP);
    };
  }

  /** The first value within one, which may be null, that breaks the constraint; else null. */
  Broken find(DataType type, Vector vector, int position) {
    if (!descends(type) || vector.isNull(position)) {
      return null;
    }
    if (vector instanceof RowVector rows) {
      return inRow(type.children(), rows, position);
    }
    if (vector instanceof ArrayVector arrays) {
      int start = arrays.starts()[position];
      return inElements(type.element(), arrays.elements(), start, arrays.lengths()[position]);
    }
    return inMap(type, (MapVector) vector, position);
  }

  private Broken inRow(List<DataType.Field> fields, RowVector rows, int position) {
    for (int i = 0; i < fields.size(); i++) {
      Broken broken = check(fields.get(i).type(), rows.field(i), position);
      if (broken != null) {
        return broken.within("." + fields.get(i).name());
      }
    }
    return null;
  }

  private Broken inElements(DataType type, Vector elements, int start, int length) {
    for (int i = 0; i < length; i++) {
      Broken broken = check(type, elements, start + i);
      if (broken != null) {
        return broken.within("[" + i + "]");
      }
    }
    return null;
  }

  private Broken inMap(DataType type, MapVector maps, int position) {
    int start = maps.starts()[position];
    for (int i = start; i < start + maps.lengths()[position]; i++) {
      Broken key = check(type.child(0), maps.keys(), i);
      if (key != null) {
        return key.within("[key]");
      }
      Broken value = check(type.child(1), maps.values(), i);
      if (value != null) {
        return value.within("[value]");
      }
    }
    return null;
  }

  private Broken check(DataType type, Vector vector, int position) {
    return constraint.isBroken(type, vector, position)
        ? new Broken("", type, vector, position)
        : find(type, vector, position);
  }
}
