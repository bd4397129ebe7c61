package dev.millrace.plan.node;

import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.operator.window.RowTime;
import dev.millrace.engine.operator.window.SessionSpec;
import dev.millrace.engine.operator.window.SessionTableFunction;
import dev.millrace.engine.operator.window.WindowTableFunction;
import dev.millrace.engine.operator.window.Windows;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Adds the windows of each row in three columns: start, end, last millisecond. */
final class WindowTableFunctionTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    inputs.get(0).addSame(output);
    Windowing windowing = Windowing.of(node);
    windowing.addUses(inputs.get(0));
    Keys.addUses(windowing.sessionKey(), inputs.get(0));
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    Flow input = inputs.get(0);
    DataType row = node.outputType();
    return translation.addOperator(
        node, inputs, row, places(input, row), operator(Windowing.of(node), input, translation));
  }

  private static Supplier<Operator> operator(
      Windowing windowing, Flow input, Translation translation) {
    RowTime time = windowing.time(input, translation.settings());
    if (windowing.isSession()) {
      Keys keys = Keys.read(windowing.sessionKey(), input);
      SessionSpec spec = new SessionSpec(keys.columns(), keys.types(), time, windowing.gapMillis());
      return () -> new SessionTableFunction(spec, input.batchRow());
    }
    Windows windows = windowing.windows();
    return () -> new WindowTableFunction(time, windows);
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
