package dev.millrace.engine.runtime;

import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * Which node of a dataflow goes on with the state of which node of a snapshot.
 *
 * <p>First those that are the same, several of them in their order. Then those whose state means
 * the same, though their rows are chosen by other conditions now: in their order, too, but only if
 * there are as many as there were. Else it would be a guess which one is gone.
 */
final class NodeMatching {
  private final Map<Integer, NodeLabel> saved = new TreeMap<>();
  private final Map<Integer, NodeLabel> present = new TreeMap<>();

  /** The saved node for each present one. */
  private final Map<Integer, Integer> matches = new TreeMap<>();

  private final Set<Integer> chosenAnew = new HashSet<>();

  /**
   * Matches nodes.
   *
   * @param labels of the snapshot's nodes, by their positions
   */
  NodeMatching(Map<Integer, String> labels, Dataflow dataflow) {
    labels.forEach((node, label) -> saved.put(node, NodeLabel.parse(label)));
    for (Node node : dataflow.nodes()) {
      present.put(dataflow.position(node), NodeLabel.of(dataflow, node));
    }
    for (int node : present.keySet()) {
      List<Integer> same = savedLike(node, NodeLabel::isSame);
      if (!same.isEmpty()) {
        matches.put(node, same.get(0));
      }
    }
    matchByMeaning();
  }

  private void matchByMeaning() {
    Map<Integer, Integer> found = new HashMap<>();
    for (int node : unmatched()) {
      List<Integer> candidates = savedLike(node, NodeLabel::meansTheSame);
      List<Integer> rivals = new ArrayList<>();
      for (int other : unmatched()) {
        if (sameMeaning(node, other)) {
          rivals.add(other);
        }
      }
      if (candidates.size() == rivals.size() && !candidates.isEmpty()) {
        found.put(node, candidates.get(rivals.indexOf(node)));
      }
    }
    matches.putAll(found);
    chosenAnew.addAll(found.keySet());
  }

  private boolean sameMeaning(int node, int other) {
    return present.get(node).meansTheSame(present.get(other));
  }

  private List<Integer> savedLike(int node, BiPredicate<NodeLabel, NodeLabel> like) {
    NodeLabel label = present.get(node);
    return saved.keySet().stream()
        .filter(each -> !matches.containsValue(each) && like.test(label, saved.get(each)))
        .toList();
  }

  private List<Integer> unmatched() {
    return present.keySet().stream().filter(node -> !matches.containsKey(node)).toList();
  }

  /** The position in the snapshot of the node whose state this one goes on with, or null. */
  Integer savedOf(int node) {
    return matches.get(node);
  }

  /** The nodes of the snapshot that none goes on for. */
  List<Integer> gone() {
    return saved.keySet().stream().filter(node -> !matches.containsValue(node)).toList();
  }

  /** What the snapshot calls a node. */
  String savedName(int node) {
    return saved.get(node).name();
  }

  /** Whether the rows of a matched node are chosen by other conditions than they were. */
  boolean chosenAnew(int node) {
    return chosenAnew.contains(node);
  }

  /** Whether each node is matched by the same one, and none is gone. */
  boolean isIdentity() {
    return gone().isEmpty()
        && chosenAnew.isEmpty()
        && present.keySet().stream().allMatch(node -> Integer.valueOf(node).equals(savedOf(node)));
  }
}
