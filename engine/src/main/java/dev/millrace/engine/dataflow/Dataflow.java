package dev.millrace.engine.dataflow;

import dev.millrace.engine.dataflow.Node.LetterNode;
import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.dataflow.Node.SinkNode;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a job does: nodes in an order in which every input precedes its consumer. Immutable. */
public final class Dataflow {
  private final Map<Integer, Node> nodes = new LinkedHashMap<>();
  private final Map<Integer, Integer> positions = new HashMap<>();
  private final Map<Integer, String> places;
  private final ErrorHandling errors;
  private final Map<Integer, StateIdentity> identities;

  public Dataflow(List<Node> nodes) {
    this(nodes, Map.of(), ErrorHandling.FAILING);
  }

  /** Nodes whose state is known by their names and descriptions. */
  public Dataflow(List<Node> nodes, Map<Integer, String> places, ErrorHandling errors) {
    this(nodes, places, errors, Map.of());
  }

  /**
   * Nodes with what is known about them.
   *
   * @param places where in the SQL nodes come from, by id: {@code job.sql:3:1}
   * @param errors what happens to rows that cannot be processed; letters about them need a {@link
   *     LetterNode}
   * @param identities what the state of nodes means, by their ids; a node without one is known by
   *     its name and description
   */
  public Dataflow(
      List<Node> nodes,
      Map<Integer, String> places,
      ErrorHandling errors,
      Map<Integer, StateIdentity> identities) {
    this.places = Map.copyOf(places);
    this.errors = errors;
    this.identities = Map.copyOf(identities);
    for (Node node : nodes) {
      for (Node.Input input : node.inputs()) {
        if (!this.nodes.containsKey(input.node())) {
          throw new IllegalArgumentException(
              node.name() + " comes before its input " + input.node());
        }
      }
      positions.put(node.id(), positions.size());
      if (this.nodes.put(node.id(), node) != null) {
        throw new IllegalArgumentException("two nodes have the id " + node.id());
      }
    }
  }

  public List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  /**
   * The place of a node in the order of all, from 0: the same whenever the same plan is made, which
   * cannot be said of ids.
   */
  public int position(Node node) {
    return positions.get(node.id());
  }

  public List<SinkNode> sinks() {
    return nodes.values().stream()
        .filter(SinkNode.class::isInstance)
        .map(SinkNode.class::cast)
        .toList();
  }

  public Node node(int id) {
    return nodes.get(id);
  }

  /** The ROW of the batches that a node hands on. */
  public DataType rowType(int id) {
    Node node = node(id);
    if (node instanceof SourceNode source) {
      return source.rowType();
    }
    return node instanceof OperatorNode operator ? operator.rowType() : DeadLetters.ROW;
  }

  /** The ROWs of the inputs of a node. */
  public List<DataType> inputTypes(Node node) {
    return node.inputs().stream().map(input -> rowType(input.node())).toList();
  }

  public ErrorHandling errors() {
    return errors;
  }

  /** Where in the SQL a node comes from, such as {@code job.sql:3:1}, if that is known. */
  public Optional<String> place(int id) {
    return Optional.ofNullable(places.get(id));
  }

  /** What a node's state means, if that is known. */
  public Optional<StateIdentity> identity(int id) {
    return Optional.ofNullable(identities.get(id));
  }

  /** The nodes that this one feeds, once per edge. */
  public List<Node> consumers(int id) {
    List<Node> consumers = new ArrayList<>();
    for (Node node : nodes.values()) {
      for (Node.Input input : node.inputs()) {
        if (input.node() == id) {
          consumers.add(node);
        }
      }
    }
    return consumers;
  }
}
