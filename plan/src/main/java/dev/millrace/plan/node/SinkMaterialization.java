package dev.millrace.plan.node;

import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.operator.sink.ConflictMaterializer;
import dev.millrace.engine.operator.sink.PrimaryKeyRows;
import dev.millrace.engine.operator.sink.UpsertMaterializer;
import dev.millrace.plan.document.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Puts an operator before a sink that makes the changelog one by the sink's primary key, where the
 * query's key is another ({@code table.exec.sink.upsert-materialize}, ON CONFLICT).
 */
final class SinkMaterialization {
  static final String KIND = "SinkMaterializer";

  private SinkMaterialization() {}

  static Flow add(PlanNode node, SinkTable table, Sink sink, Flow input, Translation translation) {
    List<Integer> primaryKey = ColumnPositions.toList(table.primaryKey());
    List<Integer> upsertKey = new ArrayList<>();
    node.get("inputUpsertKey").forEach(column -> upsertKey.add(column.intValue()));
    PrimaryKeyRows.Spec spec =
        new PrimaryKeyRows.Spec(
            input.batchTypes(), primaryKey, upsertKey, StateTtl.millis(node, 0));
    int id = translation.newId();
    int parallelism = Math.max(0, sink.parallelism());
    translation.add(
        new OperatorNode(
            id,
            KIND + "[" + id + "]",
            "%s(table=[%s])".formatted(KIND, table.name()),
            List.of(input.through(new Exchange.Hash(primaryKey)).input()),
            input.batchRow(),
            parallelism,
            operator(node, table, spec)));
    return input.from(id, input.row(), parallelism);
  }

  /** What the clause ON CONFLICT asks for. */
  private static Supplier<Operator> operator(
      PlanNode node, SinkTable table, PrimaryKeyRows.Spec spec) {
    String behavior = node.get("conflictStrategy").path("behavior").asText("DEDUPLICATE");
    List<String> keyNames =
        spec.primaryKey().stream().map(i -> table.schema().children().get(i).name()).toList();
    return switch (behavior) {
      case "DEDUPLICATE" -> () -> new UpsertMaterializer(spec);
      case "NOTHING" -> () -> new ConflictMaterializer(spec, keyNames, false);
      case "ERROR" -> () -> new ConflictMaterializer(spec, keyNames, true);
      default -> throw new UnsupportedException("ON CONFLICT DO " + behavior);
    };
  }
}
