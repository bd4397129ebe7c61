package dev.millrace.engine.operator.join;

import dev.millrace.engine.type.DataType;
import java.util.List;

/**
 * What all joins have in common.
 *
 * @param type which rows are delivered
 * @param left the ROW of the left input
 * @param right the ROW of the right input
 * @param leftKeys the columns of the left input that must equal those of the right; none if all
 *     rows may match
 * @param rightKeys as many columns of the right input
 * @param filterNulls for each key column whether null equals nothing, instead of null
 */
public record JoinSpec(
    JoinType type,
    DataType left,
    DataType right,
    List<Integer> leftKeys,
    List<Integer> rightKeys,
    List<Boolean> filterNulls) {

  DataType row(int input) {
    return input == 0 ? left : right;
  }

  List<Integer> keys(int input) {
    return input == 0 ? leftKeys : rightKeys;
  }

  List<DataType> keyTypes() {
    return leftKeys.stream().map(left::child).toList();
  }
}
