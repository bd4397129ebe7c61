package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.operator.join.JoinCondition;
import dev.millrace.engine.operator.join.JoinSpec;
import dev.millrace.engine.operator.join.JoinType;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.plan.rex.ColumnUses;
import dev.millrace.plan.rex.RexTranslator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the plan nodes of all joins have in common: a {@code joinSpec} over two inputs. */
final class JoinInputs {
  private static final int MAX_MILLIS_PRECISION = 3;

  private final JsonNode spec;
  private final Flow left;
  private final Flow right;

  JoinInputs(JsonNode spec, List<Flow> inputs) {
    this.spec = spec;
    this.left = inputs.get(0);
    this.right = inputs.get(1);
  }

  static void addUses(JsonNode spec, ColumnUses output, List<ColumnUses> inputs) {
    ColumnUses left = inputs.get(0);
    ColumnUses right = inputs.get(1);
    Keys.addUses(spec.get("leftKeys"), left);
    Keys.addUses(spec.get("rightKeys"), right);
    ColumnUses both = new ColumnUses(joined(left.row(), right.row()));
    both.addExpression(spec.get("nonEquiCondition"));
    int width = left.row().children().size();
    addUses(both, 0, left);
    addUses(both, width, right);
    addUses(output, 0, left);
    if (!type(spec).isLeftOnly()) {
      addUses(output, width, right);
    }
  }

  /** Adds the uses of the columns of {@code joined} from {@code first} on. */
  private static void addUses(ColumnUses joined, int first, ColumnUses input) {
    for (int i = 0; i < input.row().children().size(); i++) {
      input.add(i, joined.use(first + i));
    }
  }

  private static DataType joined(DataType left, DataType right) {
    List<Field> fields = new ArrayList<>(left.children());
    fields.addAll(right.children());
    return DataType.row(fields);
  }

  private static JoinType type(JsonNode spec) {
    return JoinType.valueOf(spec.get("joinType").asText());
  }

  JoinSpec spec() {
    Keys leftKeys = Keys.read(spec.get("leftKeys"), left);
    Keys rightKeys = Keys.read(spec.get("rightKeys"), right);
    for (int i = 0; i < leftKeys.types().size(); i++) {
      checkSameKind(leftKeys.types().get(i), rightKeys.types().get(i));
    }
    List<Boolean> filterNulls = new ArrayList<>();
    spec.get("filterNulls").forEach(filter -> filterNulls.add(filter.asBoolean()));
    return new JoinSpec(
        type(spec),
        left.batchRow(),
        right.batchRow(),
        leftKeys.columns(),
        rightKeys.columns(),
        filterNulls);
  }

  /** Keys are compared by what they are kept as. */
  private static void checkSameKind(DataType one, DataType other) {
    boolean same =
        one.storage() == other.storage()
            && switch (one.storage()) {
              case DECIMAL -> one.scale() == other.scale() && isCompact(one) == isCompact(other);
              case TIMESTAMP -> isMillis(one) == isMillis(other);
              default -> true;
            };
    if (!same) {
      throw new UnsupportedException("a join on keys of types " + one + " and " + other);
    }
  }

  private static boolean isCompact(DataType decimal) {
    return decimal.precision() <= DecimalVector.MAX_COMPACT_PRECISION;
  }

  private static boolean isMillis(DataType timestamp) {
    return timestamp.precision() <= MAX_MILLIS_PRECISION;
  }

  /** Makes the condition besides the keys; null if there is none. */
  JoinCondition condition() {
    JsonNode condition = spec.get("nonEquiCondition");
    if (!condition.isObject()) {
      return null;
    }
    DataType row = joined(left.row(), right.row());
    ColumnUses uses = new ColumnUses(row);
    uses.addExpression(condition);
    Expression expression = new RexTranslator(row, uses.places()).translate(condition);
    List<Integer> columns = new ArrayList<>();
    int[] places = joinedPlaces();
    for (int i = 0; i < places.length; i++) {
      if (uses.used(i)) {
        columns.add(places[i]);
      }
    }
    return new JoinCondition(expression, List.copyOf(columns));
  }

  /** Where each column of the plan's joined row is among those of both inputs' batches. */
  private int[] joinedPlaces() {
    int width = left.places().length;
    int batchWidth = left.batchRow().children().size();
    int[] places = Arrays.copyOf(left.places(), width + right.places().length);
    for (int i = 0; i < right.places().length; i++) {
      int place = right.places()[i];
      places[width + i] = place < 0 ? -1 : batchWidth + place;
    }
    return places;
  }

  /** Where each column of the node's rows is in what the operator emits: all that it was given. */
  int[] outputPlaces() {
    return type(spec).isLeftOnly() ? left.places() : joinedPlaces();
  }
}
