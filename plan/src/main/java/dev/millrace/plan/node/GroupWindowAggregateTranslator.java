package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.operator.window.RowTime;
import dev.millrace.engine.operator.window.SessionAggregate;
import dev.millrace.engine.operator.window.SessionSpec;
import dev.millrace.engine.operator.window.SliceSpec;
import dev.millrace.engine.operator.window.WindowAggregate;
import dev.millrace.engine.operator.window.WindowProperty;
import dev.millrace.engine.operator.window.Windows;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.document.PlanSettings;
import dev.millrace.plan.rex.ColumnUses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Aggregates rows by key and a window that GROUP BY itself cuts: TUMBLE(...), HOP, SESSION. */
final class GroupWindowAggregateTranslator implements NodeTranslator {
  /** What makes windows emit more than once, with the value that it has when it does not. */
  private static final Map<String, String> EMIT_OPTIONS =
      Map.of(
          "table.exec.emit.early-fire.enabled", "false",
          "table.exec.emit.late-fire.enabled", "false",
          "table.exec.emit.allow-lateness", "0 ms");

  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    Keys.addUses(node.get("grouping"), inputs.get(0));
    AggregateCalls.addUses(node, inputs.get(0));
    JsonNode time = node.get("window").path("timeField");
    if (!Windowing.isProcessingTime(time.path("fieldType"))) {
      inputs.get(0).addColumn(time.path("fieldIndex").intValue());
    }
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    refuseEmitOptions(translation.settings());
    return translation.addOperator(
        node,
        inputs,
        node.outputType(),
        Flow.complete(node.id(), node.outputType(), 0).places(),
        operator(node, inputs.get(0), translation.settings()));
  }

  private static void refuseEmitOptions(PlanSettings settings) {
    List<String> reasons = new ArrayList<>();
    EMIT_OPTIONS.forEach(
        (option, harmless) -> {
          String value = settings.get(option, harmless);
          if (!value.equalsIgnoreCase(harmless)) {
            reasons.add("the option " + option + " = " + value);
          }
        });
    if (!reasons.isEmpty()) {
      reasons.sort(null);
      throw new UnsupportedException(reasons);
    }
  }

  private static Supplier<Operator> operator(PlanNode node, Flow input, PlanSettings settings) {
    JsonNode window = node.get("window");
    JsonNode field = window.path("timeField");
    RowTime time =
        Windowing.rowTime(
            field.path("fieldType"), field.path("fieldIndex").intValue(), input, settings);
    Keys keys = Keys.read(node.get("grouping"), input);
    JsonNode needRetraction = node.get("needRetraction");
    List<AggregateCall> calls = AggregateCalls.read(node, input, needRetraction);
    boolean retracting = needRetraction.asBoolean();
    List<WindowProperty> properties = Windowing.properties(node);
    if (window.path("kind").asText().equals("SESSION")) {
      SessionSpec spec =
          new SessionSpec(keys.columns(), keys.types(), time, Windowing.millis(window, "gap"));
      return () -> new SessionAggregate(spec, calls, retracting, properties);
    }
    SliceSpec spec =
        new SliceSpec(keys.columns(), keys.types(), calls, time, windows(window), retracting);
    return () -> new WindowAggregate(spec, false, properties);
  }

  private static Windows windows(JsonNode window) {
    if (!window.path("isTimeWindow").asBoolean()) {
      throw new UnsupportedException("group windows of a number of rows");
    }
    long size = Windowing.millis(window, "size");
    String kind = window.path("kind").asText();
    return switch (kind) {
      case "TUMBLING" -> Windows.tumble(size, 0);
      case "SLIDING" -> Windows.hop(size, Windowing.millis(window, "slide"), 0);
      default -> throw new UnsupportedException("group windows of the kind " + kind);
    };
  }
}
