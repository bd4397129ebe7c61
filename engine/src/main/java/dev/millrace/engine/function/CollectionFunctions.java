package dev.millrace.engine.function;

import static java.util.Map.entry;

import dev.millrace.engine.batch.ArrayVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.RowVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.Vectors;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.FieldAccess;
import dev.millrace.engine.expression.Kernel;
import dev.millrace.engine.expression.Literal;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.kernel.Comparators;
import dev.millrace.engine.kernel.Comparison;
import dev.millrace.engine.kernel.MapLookup;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Rows, arrays and maps: their making, and access to what is in them. */
final class CollectionFunctions implements FunctionSet {
  @Override
  public Map<String, Function> functions() {
    return Map.ofEntries(
        entry("ROW", CollectionFunctions::row),
        entry("ARRAY", CollectionFunctions::array),
        entry("MAP", CollectionFunctions::map),
        entry("ITEM", CollectionFunctions::item),
        entry("DOT", CollectionFunctions::field),
        entry("CARDINALITY", CollectionFunctions::cardinality),
        entry("ELEMENT", CollectionFunctions::element));
  }

  private static Expression row(FunctionCall call) {
    List<Expression> fields = new ArrayList<>();
    for (int i = 0; i < call.arity(); i++) {
      fields.add(Coercion.to(call.argument(i), call.type().child(i)));
    }
    return new Construction(
        call.type(), fields, (values, count) -> new RowVector(count, values, null));
  }

  private static Expression array(FunctionCall call) {
    return new Construction(
        call.type(),
        Coercion.all(call.arguments(), call.type().element()),
        (values, count) -> {
          int[] lengths = lengths(values.length, count);
          return new ArrayVector(count, starts(lengths), lengths, interleave(values, count), null);
        });
  }

  /** Arguments are key, value, key, value, and so on. */
  private static Expression map(FunctionCall call) {
    List<Expression> entries = new ArrayList<>();
    for (int i = 0; i < call.arity(); i++) {
      entries.add(Coercion.to(call.argument(i), call.type().child(i % 2)));
    }
    return new Construction(
        call.type(),
        entries,
        (values, count) -> {
          int size = values.length / 2;
          Vector[] keys = new Vector[size];
          Vector[] mapped = new Vector[size];
          for (int i = 0; i < size; i++) {
            keys[i] = values[2 * i];
            mapped[i] = values[2 * i + 1];
          }
          int[] lengths = lengths(size, count);
          return new MapVector(
              count,
              starts(lengths),
              lengths,
              interleave(keys, count),
              interleave(mapped, count),
              null);
        });
  }

  private static int[] lengths(int length, int count) {
    int[] lengths = new int[count];
    Arrays.fill(lengths, length);
    return lengths;
  }

  private static int[] starts(int[] lengths) {
    int[] starts = new int[lengths.length];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + lengths[i - 1];
    }
    return starts;
  }

  /** The first values of all columns, then the second ones, and so on. */
  private static Vector interleave(Vector[] columns, int count) {
    int width = columns.length;
    int[] counts = lengths(count, width);
    int[] order = new int[width * count];
    for (int i = 0; i < order.length; i++) {
      order[i] = (i % width) * count + i / width;
    }
    return Vectors.concat(columns, counts).take(order, order.length);
  }

  private static Expression item(FunctionCall call) {
    return switch (call.argumentType(0).root()) {
      case ARRAY -> arrayItem(call);
      case MAP -> mapItem(call);
      case ROW -> field(call);
      default -> throw call.unsupported();
    };
  }

  private static Expression arrayItem(FunctionCall call) {
    DataType type = call.type().withNullable(true);
    if (!call.argumentType(1).isInteger()) {
      throw call.unsupported();
    }
    return strict(
        call,
        (arguments, result) -> {
          ArrayVector arrays = (ArrayVector) arguments[0];
          long[] indexes = NumericArrays.longs(arguments[1], result.count());
          int[] starts = arrays.starts();
          int[] lengths = arrays.lengths();
          int[] positions = new int[result.count()];
          for (int i = 0; i < positions.length; i++) {
            boolean found = !result.isNull(i) && indexes[i] >= 1 && indexes[i] <= lengths[i];
            positions[i] = found ? starts[i] + (int) indexes[i] - 1 : -1;
          }
          return Vectors.takeOrNull(arrays.elements(), type, positions, positions.length);
        });
  }

  private static Expression mapItem(FunctionCall call) {
    DataType type = call.type().withNullable(true);
    DataType mapKeyType = call.argumentType(0).child(0);
    DataType keyType = call.argumentType(1);
    if (Comparators.of(Comparison.EQUAL, mapKeyType, keyType) == null
        || mapKeyType.storage() != keyType.storage()) {
      throw call.unsupported();
    }
    return strict(
        call,
        (arguments, result) -> {
          MapVector maps = (MapVector) arguments[0];
          int[] positions = new int[result.count()];
          for (int i = 0; i < positions.length; i++) {
            positions[i] =
                result.isNull(i)
                    ? -1
                    : MapLookup.find(maps, mapKeyType, i, arguments[1], keyType, i);
          }
          return Vectors.takeOrNull(maps.values(), type, positions, positions.length);
        });
  }

  private static Expression field(FunctionCall call) {
    DataType row = call.argumentType(0);
    if (!row.is(TypeRoot.ROW)
        || !(call.argument(1) instanceof Literal name)
        || row.indexOf(String.valueOf(name.value())) < 0) {
      throw call.unsupported();
    }
    return new FieldAccess(call.argument(0), row.indexOf((String) name.value()));
  }

  private static Expression cardinality(FunctionCall call) {
    return switch (call.argumentType(0).root()) {
      case ARRAY ->
          strict(call, (values, result) -> counts(((ArrayVector) values[0]).lengths(), result));
      case MAP, MULTISET ->
          strict(call, (values, result) -> counts(((MapVector) values[0]).lengths(), result));
      default -> throw call.unsupported();
    };
  }

  private static IntVector counts(int[] lengths, Result result) {
    return new IntVector(result.count(), lengths, result.nulls());
  }

  private static Expression element(FunctionCall call) {
    DataType type = call.type().withNullable(true);
    if (!call.argumentType(0).is(TypeRoot.ARRAY)) {
      throw call.unsupported();
    }
    return strict(
        call,
        (arguments, result) -> {
          ArrayVector arrays = (ArrayVector) arguments[0];
          int[] positions = new int[result.count()];
          for (int i = 0; i < positions.length; i++) {
            int length = result.isNull(i) ? 0 : arrays.lengths()[i];
            positions[i] = length == 1 ? arrays.starts()[i] : -1;
            if (length > 1) {
              result.fail(i, "ELEMENT of an array with more than one element", null);
            }
          }
          return Vectors.takeOrNull(arrays.elements(), type, positions, positions.length);
        });
  }

  private static Expression strict(FunctionCall call, Kernel kernel) {
    return new StrictCall(call.type(), call.arguments(), kernel);
  }
}
