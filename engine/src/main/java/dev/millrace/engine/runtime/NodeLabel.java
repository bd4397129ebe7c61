package dev.millrace.engine.runtime;

import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.dataflow.StateIdentity;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a snapshot says of a node: its name, and what its state means, as in {@code GroupAggregate
 * {0123456789abcdef 0123456789abcdef}}. Where the meaning is not known, a hash of the node's
 * description stands for it, as in {@code GroupAggregate (89abcdef)}; so it was for all nodes
 * before there were savepoints.
 *
 * @param name without the node's id
 * @param described the name with the hash of the description; null if that is not known
 * @param identity what the state means; null if that is not known
 */
record NodeLabel(String name, String described, StateIdentity identity) {
  private static final Pattern IDENTIFIED =
      Pattern.compile("(.*) \\{([0-9a-f]{16}) ([0-9a-f]{16})}", Pattern.DOTALL);
  private static final Pattern DESCRIBED = Pattern.compile("(.*) \\([0-9a-f]+\\)", Pattern.DOTALL);

  static NodeLabel of(Dataflow dataflow, Node node) {
    String name = node.name().replaceFirst("\\[\\d+]$", "");
    String described = name + " (" + Integer.toHexString(node.description().hashCode()) + ")";
    return new NodeLabel(name, described, dataflow.identity(node.id()).orElse(null));
  }

  static NodeLabel parse(String text) {
    Matcher identified = IDENTIFIED.matcher(text);
    if (identified.matches()) {
      return new NodeLabel(
          identified.group(1), null, new StateIdentity(identified.group(2), identified.group(3)));
    }
    Matcher described = DESCRIBED.matcher(text);
    return new NodeLabel(described.matches() ? described.group(1) : text, text, null);
  }

  String text() {
    return identity == null
        ? described
        : "%s {%s %s}".formatted(name, identity.meaning(), identity.choice());
  }

  /** Whether nothing that concerns the state differs from what a snapshot says of a node. */
  boolean isSame(NodeLabel saved) {
    return saved.identity == null
        ? saved.described.equals(described)
        : saved.identity.equals(identity);
  }

  /** Whether the state means the same, though other rows may have led to it. */
  boolean meansTheSame(NodeLabel saved) {
    return saved.identity != null
        && identity != null
        && saved.identity.meaning().equals(identity.meaning());
  }
}
