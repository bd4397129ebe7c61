package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.rex.ColumnUses;
import java.util.ArrayList;
import java.util.List;

/**
 * The key columns of a stateful node.
 *
 * @param columns their places in a batch
 * @param types their types
 */
record Keys(List<Integer> columns, List<DataType> types) {
  static void addUses(JsonNode columns, ColumnUses input) {
    columns.forEach(column -> input.addColumn(column.intValue()));
  }

  /** The columns of {@code input} that the plan lists. */
  static Keys read(JsonNode columns, Flow input) {
    List<Integer> places = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    for (JsonNode column : columns) {
      places.add(input.places()[column.intValue()]);
      types.add(input.row().child(column.intValue()));
    }
    return new Keys(List.copyOf(places), List.copyOf(types));
  }

  /** These and another column of {@code input}. */
  Keys and(int column, Flow input) {
    List<Integer> places = new ArrayList<>(columns);
    List<DataType> all = new ArrayList<>(types);
    places.add(input.places()[column]);
    all.add(input.row().child(column));
    return new Keys(List.copyOf(places), List.copyOf(all));
  }
}
