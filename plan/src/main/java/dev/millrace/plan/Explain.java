package dev.millrace.plan;

import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.dataflow.Node.SinkNode;
import dev.millrace.engine.dataflow.Parallelism;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Shows a dataflow as text: one tree per sink, inputs below their consumers, one line a node.
 *
 * <pre>{@code
 * Sink(table=[default_catalog.default_database.p], fields=[id])  [parallelism 2, native]
 * +- Calc(select=[id], where=[(v > 3)])  [forward, parallelism 2, native]
 *    +- TableSourceScan(table=[[...]], fields=[id, v])  [forward, parallelism 2, native]
 * }</pre>
 *
 * <p>The exchange is the one that leads from the node to the line above it. A node that feeds
 * several is drawn once and referred to by its name after that.
 */
public final class Explain {
  private final Dataflow dataflow;
  private final Parallelism parallelism;
  private final StringBuilder text = new StringBuilder();
  private final Set<Integer> drawn = new HashSet<>();

  private Explain(Dataflow dataflow, int defaultParallelism) {
    this.dataflow = dataflow;
    this.parallelism = new Parallelism(dataflow, defaultParallelism);
  }

  /** The text; {@code defaultParallelism} is that of nodes that do not insist on another. */
  public static String text(Dataflow dataflow, int defaultParallelism) {
    Explain explain = new Explain(dataflow, defaultParallelism);
    for (Node node : dataflow.nodes()) {
      if (node instanceof SinkNode) {
        explain.draw(node, "", "", "");
      }
    }
    return explain.text.toString();
  }

  /** {@code branch} leads to the node, {@code indent} stands before its inputs. */
  private void draw(Node node, String branch, String indent, String exchange) {
    text.append(branch);
    if (!drawn.add(node.id())) {
      text.append("Reused ").append(node.name()).append("  [").append(exchange).append("]\n");
      return;
    }
    if (dataflow.consumers(node.id()).size() > 1) {
      text.append(node.name()).append(": ");
    }
    text.append(node.description())
        .append("  [")
        .append(exchange.isEmpty() ? "" : exchange + ", ")
        .append("parallelism ")
        .append(parallelism.of(node))
        .append(", native]\n");
    List<Node.Input> inputs = node.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      boolean last = i == inputs.size() - 1;
      Node input = dataflow.node(inputs.get(i).node());
      draw(
          input,
          indent + (last ? "+- " : ":- "),
          indent + (last ? "   " : ":  "),
          words(inputs.get(i).exchange(), input));
    }
  }

  private String words(Exchange exchange, Node from) {
    if (exchange instanceof Exchange.Hash hash) {
      List<String> names = new ArrayList<>();
      for (int column : hash.columns()) {
        names.add(dataflow.rowType(from.id()).children().get(column).name());
      }
      return "hash" + names;
    }
    if (exchange instanceof Exchange.Single) {
      return "single";
    }
    return exchange instanceof Exchange.Broadcast ? "broadcast" : "forward";
  }
}
