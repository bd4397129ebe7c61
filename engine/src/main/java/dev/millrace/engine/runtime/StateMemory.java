package dev.millrace.engine.runtime;

import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.dataflow.Node.Input;
import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.spill.MemoryBudget;
import dev.millrace.engine.spill.SpillFolder;
import dev.millrace.engine.spill.SpillableOperator;
import dev.millrace.engine.type.DataType;
import java.util.List;

/** The memory for the state of a job, and the folder for what does not fit. Thread-safe. */
record StateMemory(MemoryBudget budget, SpillFolder folder) implements AutoCloseable {
  static StateMemory of(JobConfig config) {
    return new StateMemory(
        new MemoryBudget(config.stateMemory()), new SpillFolder(config.stateFolder()));
  }

  /**
   * An instance of a node; its state may go to disk if its rows are distributed by a key.
   *
   * @param inputs the rows of each input
   */
  Operator operator(OperatorNode node, List<DataType> inputs) {
    boolean keyed =
        node.inputs().stream()
            .allMatch(
                input ->
                    input.exchange() instanceof Exchange.Hash hash && !hash.columns().isEmpty());
    return keyed && !node.inputs().isEmpty()
        ? new SpillableOperator(
            node.operator(),
            inputs,
            node.inputs().stream().map(StateMemory::key).toList(),
            budget,
            folder)
        : node.operator().get();
  }

  private static List<Integer> key(Input input) {
    return ((Exchange.Hash) input.exchange()).columns();
  }

  @Override
  public void close() {
    folder.close();
  }
}
