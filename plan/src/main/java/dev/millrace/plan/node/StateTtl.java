package dev.millrace.plan.node;

import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import dev.millrace.plan.document.PlanNode;
import java.time.Duration;
import java.util.Map;

/** How long a node's state is kept ({@code table.exec.state.ttl} and the STATE_TTL hint). */
final class StateTtl {
  private StateTtl() {}

  /** Milliseconds for the state with this index; 0 for ever. */
  static long millis(PlanNode node, int index) {
    String ttl = node.get("state").path(index).path("ttl").asText("0 ms");
    Options options = new Options(node.description(), Map.of("ttl", ttl));
    return options.get(Option.duration("ttl", Duration.ZERO)).toMillis();
  }
}
