package dev.millrace.engine.function.cast;

import dev.millrace.engine.batch.Vectors;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;

/** Finds the cast for a pair of types. */
final class Casts {
  private Casts() {}

  /** The cast between two types, or null if SQL has none. */
  static Cast find(DataType source, DataType target) {
    if (source.is(TypeRoot.NULL)) {
      return nulls(target);
    }
    if (source.is(TypeRoot.RAW) || target.is(TypeRoot.RAW) || target.is(TypeRoot.NULL)) {
      return source.sameIgnoringNullability(target) ? Cast.IDENTITY : null;
    }
    return switch (target.root()) {
      case CHAR, VARCHAR -> toText(source, target);
      case BINARY, VARBINARY ->
          source.isString() || source.isBinary() ? FitCasts.bytes(source, target) : null;
      case BOOLEAN -> toBoolean(source);
      case TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE -> toPrimitive(source, target);
      case DECIMAL -> toDecimal(source, target);
      case DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ -> toTime(source, target);
      case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> toInterval(source, target);
      case ARRAY, MAP, MULTISET, ROW -> NestedCasts.find(source, target);
      case NULL, RAW -> null;
    };
  }

  /** Whether Flink thinks that this cast can fail: that is, where it reads text. */
  static boolean canFail(DataType source, DataType target) {
    if (source.isString()) {
      return !target.isString() && !target.isBinary();
    }
    if (source.root() != target.root()) {
      return false;
    }
    for (int i = 0; i < source.children().size(); i++) {
      if (canFail(source.child(i), target.child(i))) {
        return true;
      }
    }
    return false;
  }

  private static Cast nulls(DataType target) {
    return (input, count, context) -> Vectors.allNull(target, count);
  }

  private static Cast toText(DataType source, DataType target) {
    Cast print = PrintCasts.find(source);
    return print == null ? null : print.then(FitCasts.text(source, target));
  }

  private static Cast toBoolean(DataType source) {
    return switch (source.root()) {
      case BOOLEAN -> Cast.IDENTITY;
      case CHAR, VARCHAR -> ParseCasts::booleans;
      case TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL -> NumericCasts.toBoolean(source);
      default -> null;
    };
  }

  private static Cast toPrimitive(DataType source, DataType target) {
    return switch (source.root()) {
      case CHAR, VARCHAR -> ParseCasts.toNumber(target);
      case BOOLEAN -> NumericCasts.fromBoolean(target);
      case TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE -> NumericCasts.primitive(source, target);
      case DECIMAL -> DecimalCasts.toPrimitive(source, target.storage());
      case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME ->
          target.is(TypeRoot.INT) || target.is(TypeRoot.BIGINT)
              ? NumericCasts.primitive(source, target)
              : null;
      default -> null;
    };
  }

  private static Cast toInterval(DataType source, DataType target) {
    return source.isInteger() || source.is(target.root())
        ? NumericCasts.primitive(source, target)
        : null;
  }

  private static Cast toDecimal(DataType source, DataType target) {
    return switch (source.root()) {
      case CHAR, VARCHAR -> ParseCasts.toDecimal(target);
      case BOOLEAN -> DecimalCasts.fromBoolean(target);
      case TINYINT, SMALLINT, INT, BIGINT -> DecimalCasts.fromInteger(target);
      case FLOAT, DOUBLE -> DecimalCasts.fromDouble(source, target);
      case DECIMAL -> DecimalCasts.rescale(source, target);
      default -> null;
    };
  }

  private static Cast toTime(DataType source, DataType target) {
    return source.isString() ? ParseCasts.toTime(target) : TimeCasts.find(source, target);
  }
}
