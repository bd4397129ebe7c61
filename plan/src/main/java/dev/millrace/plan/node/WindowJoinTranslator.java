package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.operator.join.JoinSpec;
import dev.millrace.engine.operator.join.WindowJoin;
import dev.millrace.engine.type.TypeRoot;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import dev.millrace.plan.type.TypeReader;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Joins rows that belong to the same window. */
final class WindowJoinTranslator implements NodeTranslator {
  private static final String LEFT = "leftWindowing";
  private static final String RIGHT = "rightWindowing";

  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    JoinInputs.addUses(node.get("joinSpec"), output, inputs);
    inputs.get(0).addColumn(windowEnd(node, LEFT));
    inputs.get(1).addColumn(windowEnd(node, RIGHT));
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    if (!node.get(LEFT).path("isRowtime").asBoolean()) {
      throw new UnsupportedException("a window join in processing time, which Flink refuses, too");
    }
    JoinInputs both = new JoinInputs(node.get("joinSpec"), inputs);
    JoinSpec spec = both.spec();
    List<Integer> windowEnds =
        List.of(
            inputs.get(0).places()[windowEnd(node, LEFT)],
            inputs.get(1).places()[windowEnd(node, RIGHT)]);
    ZoneId zone = zone(node.get(LEFT), translation);
    return translation.addOperator(
        node,
        inputs,
        node.outputType(),
        both.outputPlaces(),
        () -> new WindowJoin(spec, windowEnds, zone, both.condition()));
  }

  private static int windowEnd(PlanNode node, String windowing) {
    return node.get(windowing).path("windowEnd").intValue();
  }

  /**
   * The windows of a TIMESTAMP are cut from it as it is, those of a TIMESTAMP_LTZ from local time.
   */
  private static ZoneId zone(JsonNode windowing, Translation translation) {
    boolean local = TypeReader.read(windowing.get("timeAttributeType")).is(TypeRoot.TIMESTAMP);
    return local ? ZoneOffset.UTC : translation.settings().zone();
  }
}
