package dev.millrace.plan.node;

import dev.millrace.engine.operator.window.RowTime;
import dev.millrace.engine.operator.window.WindowTableFunction;
import dev.millrace.engine.operator.window.Windows;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.Arrays;
import java.util.List;

/** Adds the windows of each row in three columns: start, end, last millisecond. */
final class WindowTableFunctionTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    inputs.get(0).addSame(output);
    Windowing.of(node).addUses(inputs.get(0));
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    Flow input = inputs.get(0);
    Windowing windowing = Windowing.of(node);
    Windows windows = windowing.windows();
    RowTime time = windowing.time(input, translation.settings());
    DataType row = node.outputType();
    return translation.addOperator(
        node, inputs, row, places(input, row), () -> new WindowTableFunction(time, windows));
  }

  /** The input's columns where they are, the others behind them. */
  private static int[] places(Flow input, DataType row) {
    int[] places = Arrays.copyOf(input.places(), row.children().size());
    int next = input.batchRow().children().size();
    for (int i = input.places().length; i < places.length; i++) {
      places[i] = next++;
    }
    return places;
  }
}
