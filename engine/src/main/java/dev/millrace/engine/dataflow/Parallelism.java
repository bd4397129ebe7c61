package dev.millrace.engine.dataflow;

import java.util.HashMap;
import java.util.Map;

/** How many parallel instances each node of a dataflow has. Immutable. */
public final class Parallelism {
  private final Dataflow dataflow;
  private final int ofJob;
  private final Map<Integer, Integer> instances = new HashMap<>();

  /** {@code ofJob} is that of nodes that neither insist on another nor follow their inputs. */
  public Parallelism(Dataflow dataflow, int ofJob) {
    this.dataflow = dataflow;
    this.ofJob = ofJob;
    for (Node node : dataflow.nodes()) {
      instances.put(node.id(), node.parallelism() > 0 ? node.parallelism() : fromInputs(node));
    }
  }

  /** The number of instances of a node. */
  public int of(Node node) {
    return instances.get(node.id());
  }

  /** Rows that come forward stay with as many instances; those that are dealt out use the job's. */
  private int fromInputs(Node node) {
    int highest = 0;
    for (Node.Input input : node.inputs()) {
      highest = Math.max(highest, wanted(input));
    }
    return highest > 0 ? highest : ofJob;
  }

  private int wanted(Node.Input input) {
    if (input.exchange() instanceof Exchange.Single) {
      return 1;
    }
    return input.exchange() instanceof Exchange.Forward ? of(dataflow.node(input.node())) : ofJob;
  }
}
