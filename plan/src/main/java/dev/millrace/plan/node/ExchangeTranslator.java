package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.ArrayList;
import java.util.List;

/** Distributes rows; becomes an edge of the dataflow, not a node. */
final class ExchangeTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    ColumnUses input = inputs.get(0);
    input.addSame(output);
    for (JsonNode key : node.requiredDistribution(0).path("keys")) {
      input.addColumn(key.intValue());
    }
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    return inputs.get(0).through(exchange(node.requiredDistribution(0), inputs.get(0)));
  }

  /** The exchange of a distribution or of an edge's shuffle: both are told by type and keys. */
  static Exchange exchange(JsonNode distribution, Flow input) {
    String type = distribution.path("type").asText();
    return switch (type) {
      case "FORWARD", "ANY", "UNKNOWN" -> Flow.FORWARD;
      case "SINGLETON" -> new Exchange.Single();
      case "BROADCAST" -> new Exchange.Broadcast();
      case "HASH" -> hash(distribution.path("keys"), input);
      default -> throw new UnsupportedException("the distribution " + type);
    };
  }

  private static Exchange hash(JsonNode keys, Flow input) {
    List<Integer> columns = new ArrayList<>();
    for (JsonNode key : keys) {
      columns.add(input.places()[key.intValue()]);
    }
    return new Exchange.Hash(List.copyOf(columns));
  }
}
