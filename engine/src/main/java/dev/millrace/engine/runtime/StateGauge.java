package dev.millrace.engine.runtime;

import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.state.StateTable;
import java.util.List;

/**
 * Shows how much memory an operator takes for what it keeps; nothing for operators that keep
 * nothing. The operator's thread looks, so that others who read the number touch none of the state.
 */
final class StateGauge {
  private final List<StateTable> tables;
  private final Counter bytes;

  StateGauge(List<StateTable> tables, InstanceContext context) {
    this.tables = tables;
    this.bytes = tables.isEmpty() ? null : context.counter(Metrics.STATE_BYTES);
    update();
  }

  /** To be called whenever the operator was. */
  void update() {
    if (bytes == null) {
      return;
    }
    long sum = 0;
    for (StateTable table : tables) {
      sum += table.bytes();
    }
    bytes.set(sum);
  }
}
