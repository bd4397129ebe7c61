package dev.millrace.engine.operator.join;

import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.expression.InputRef;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.function.Functions;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** Joins lists of rows as SQL defines it, without any state. */
final class JoinRows {
  private JoinRows() {}

  /** The rows of both, one after the other. */
  static DataType output(JoinSpec spec) {
    List<Field> fields = new ArrayList<>(spec.left().children());
    if (!spec.type().isLeftOnly()) {
      fields.addAll(spec.right().children());
    }
    return DataType.row(fields);
  }

  static List<List<Object>> join(
      JoinSpec spec,
      List<List<Object>> left,
      List<List<Object>> right,
      BiPredicate<List<Object>, List<Object>> matches) {
    List<List<Object>> result = new ArrayList<>();
    boolean[] rightMatched = new boolean[right.size()];
    for (List<Object> row : left) {
      boolean matched = false;
      for (int i = 0; i < right.size(); i++) {
        if (matches.test(row, right.get(i))) {
          matched = true;
          rightMatched[i] = true;
          if (!spec.type().isLeftOnly()) {
            result.add(both(row, right.get(i)));
          }
        }
      }
      if (spec.type().isLeftOnly()) {
        if (matched == (spec.type() == JoinType.SEMI)) {
          result.add(row);
        }
      } else if (!matched && spec.type().preserves(0)) {
        result.add(both(row, nulls(spec.right())));
      }
    }
    for (int i = 0; i < right.size(); i++) {
      if (!rightMatched[i] && spec.type().preserves(1)) {
        result.add(both(nulls(spec.left()), right.get(i)));
      }
    }
    return result;
  }

  private static List<Object> both(List<Object> left, List<Object> right) {
    List<Object> row = new ArrayList<>(left);
    row.addAll(right);
    return row;
  }

  private static List<Object> nulls(DataType row) {
    return Collections.nCopies(row.children().size(), null);
  }

  /** How many of each row there are. */
  static Map<List<Object>, Integer> counted(List<List<Object>> rows) {
    Map<List<Object>, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(row, 1, Integer::sum));
    return counts;
  }

  /** How many of each row there are after the changes. */
  static Map<List<Object>, Integer> folded(List<Map.Entry<RowKind, List<Object>>> changes) {
    Map<List<Object>, Integer> counts = new HashMap<>();
    for (Map.Entry<RowKind, List<Object>> change : changes) {
      boolean added = change.getKey() == RowKind.INSERT || change.getKey() == RowKind.UPDATE_AFTER;
      counts.merge(change.getValue(), added ? 1 : -1, (a, b) -> a + b == 0 ? null : a + b);
    }
    return counts;
  }

  /** A condition that an INT column of the left input is less than one of the right. */
  static JoinCondition less(JoinSpec spec, int leftColumn, int rightColumn) {
    List<Integer> columns = List.of(leftColumn, spec.left().children().size() + rightColumn);
    DataType type = DataType.of(TypeRoot.INT);
    return new JoinCondition(
        Functions.create(
            new FunctionCall(
                "<",
                List.of(new InputRef(0, type), new InputRef(1, type)),
                DataType.of(TypeRoot.BOOLEAN))),
        columns);
  }

  static boolean isLess(Object left, Object right) {
    return left != null && right != null && (Integer) left < (Integer) right;
  }
}
