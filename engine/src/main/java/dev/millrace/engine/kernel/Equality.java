package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.ArrayVector;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.ObjectVector;
import dev.millrace.engine.batch.RowVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;

/**
 * Equality of nested values, value by value.
 *
 * <p>Arrays are equal when they have the same length and their elements are equal and not null;
 * maps when they have the same keys with equal values that are not null; rows when all fields are
 * equal or both null.
 */
final class Equality {
  private Equality() {}

  /** Whether values of these types have the same shape, so that they can be equal. */
  static boolean isDefined(DataType left, DataType right) {
    if (left.storage() != right.storage() || left.children().size() != right.children().size()) {
      return false;
    }
    for (int i = 0; i < left.children().size(); i++) {
      if (!isDefined(left.child(i), right.child(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean[] equal(
      Vector left, DataType leftType, Vector right, DataType rightType, int count) {
    boolean[] equal = new boolean[count];
    for (int i = 0; i < count; i++) {
      equal[i] =
          !left.isNull(i) && !right.isNull(i) && equal(left, leftType, i, right, rightType, i);
    }
    return equal;
  }

  /** Whether two values, neither of them null, are equal. */
  static boolean equal(
      Vector left,
      DataType leftType,
      int leftPosition,
      Vector right,
      DataType rightType,
      int rightPosition) {
    return switch (leftType.storage()) {
      case BOOLEAN ->
          ((BooleanVector) left).values()[leftPosition]
              == ((BooleanVector) right).values()[rightPosition];
      case BYTE, SHORT, INT, LONG ->
          NumericArrays.longAt(left, leftPosition) == NumericArrays.longAt(right, rightPosition);
      case FLOAT ->
          ((FloatVector) left).values()[leftPosition]
              == ((FloatVector) right).values()[rightPosition];
      case DOUBLE ->
          ((DoubleVector) left).values()[leftPosition]
              == ((DoubleVector) right).values()[rightPosition];
      case BYTES ->
          ByteRanges.equal((BytesVector) left, leftPosition, (BytesVector) right, rightPosition);
      case DECIMAL -> {
        var a = ((DecimalVector) left).decimal(leftPosition, leftType.scale());
        var b = ((DecimalVector) right).decimal(rightPosition, rightType.scale());
        yield a.compareTo(b) == 0;
      }
      case TIMESTAMP -> {
        TimestampVector a = (TimestampVector) left;
        TimestampVector b = (TimestampVector) right;
        yield a.millis()[leftPosition] == b.millis()[rightPosition]
            && a.nanosAt(leftPosition) == b.nanosAt(rightPosition);
      }
      case ARRAY ->
          equalArrays(
              (ArrayVector) left,
              leftType.element(),
              leftPosition,
              (ArrayVector) right,
              rightType.element(),
              rightPosition);
      case MAP ->
          equalMaps(
              (MapVector) left,
              leftType,
              leftPosition,
              (MapVector) right,
              rightType,
              rightPosition);
      case ROW ->
          equalRows(
              (RowVector) left,
              leftType,
              leftPosition,
              (RowVector) right,
              rightType,
              rightPosition);
      case OBJECT ->
          ((ObjectVector) left)
              .values()[leftPosition].equals(((ObjectVector) right).values()[rightPosition]);
    };
  }

  private static boolean equalArrays(
      ArrayVector left,
      DataType leftElement,
      int leftPosition,
      ArrayVector right,
      DataType rightElement,
      int rightPosition) {
    int length = left.lengths()[leftPosition];
    if (length != right.lengths()[rightPosition]) {
      return false;
    }
    int leftStart = left.starts()[leftPosition];
    int rightStart = right.starts()[rightPosition];
    for (int i = 0; i < length; i++) {
      if (!equalAndNotNull(
          left.elements(),
          leftElement,
          leftStart + i,
          right.elements(),
          rightElement,
          rightStart + i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalAndNotNull(
      Vector left,
      DataType leftType,
      int leftPosition,
      Vector right,
      DataType rightType,
      int rightPosition) {
    return !left.isNull(leftPosition)
        && !right.isNull(rightPosition)
        && equal(left, leftType, leftPosition, right, rightType, rightPosition);
  }

  private static boolean equalMaps(
      MapVector left,
      DataType leftType,
      int leftPosition,
      MapVector right,
      DataType rightType,
      int rightPosition) {
    int length = left.lengths()[leftPosition];
    if (length != right.lengths()[rightPosition]) {
      return false;
    }
    int leftStart = left.starts()[leftPosition];
    for (int i = leftStart; i < leftStart + length; i++) {
      int entry =
          MapLookup.find(
              right, rightType.child(0), rightPosition, left.keys(), leftType.child(0), i);
      if (entry < 0
          || !equalAndNotNull(
              left.values(), valueType(leftType), i, right.values(), valueType(rightType), entry)) {
        return false;
      }
    }
    return true;
  }

  private static DataType valueType(DataType type) {
    return type.is(TypeRoot.MULTISET) ? DataType.of(TypeRoot.INT) : type.child(1);
  }

  private static boolean equalRows(
      RowVector left,
      DataType leftType,
      int leftPosition,
      RowVector right,
      DataType rightType,
      int rightPosition) {
    for (int i = 0; i < left.fieldCount(); i++) {
      boolean isNull = left.field(i).isNull(leftPosition);
      if (isNull != right.field(i).isNull(rightPosition)) {
        return false;
      }
      if (!isNull
          && !equal(
              left.field(i),
              leftType.child(i),
              leftPosition,
              right.field(i),
              rightType.child(i),
              rightPosition)) {
        return false;
      }
    }
    return true;
  }
}
