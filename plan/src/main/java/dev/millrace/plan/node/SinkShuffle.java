package dev.millrace.plan.node;

import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.plan.document.PlanNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the rows of a primary key in order where a sink has another parallelism than its input
 * ({@code table.exec.sink.keyed-shuffle}).
 */
final class SinkShuffle {
  private static final String OPTION = "table.exec.sink.keyed-shuffle";

  private SinkShuffle() {}

  static Flow apply(PlanNode node, SinkTable table, Sink sink, Flow input) {
    boolean redistributed =
        sink.parallelism() > 1 && sink.parallelism() != input.consumerParallelism();
    if (table.primaryKey().length == 0) {
      if (redistributed && !table.insertOnly()) {
        throw MillraceException.usage(
            "Table '%s' has a parallelism of its own (%d) and receives updates, which would lose their order. Declare a PRIMARY KEY, or leave the parallelism out."
                .formatted(table.name(), sink.parallelism()));
      }
      return input;
    }
    boolean keyed =
        switch (node.option(OPTION, "AUTO")) {
          case "FORCE" -> sink.parallelism() != 1;
          case "AUTO" -> redistributed;
          default -> false;
        };
    return keyed ? input.through(new Exchange.Hash(columns(table.primaryKey()))) : input;
  }

  private static List<Integer> columns(int[] positions) {
    List<Integer> columns = new ArrayList<>();
    for (int position : positions) {
      columns.add(position);
    }
    return List.copyOf(columns);
  }
}
