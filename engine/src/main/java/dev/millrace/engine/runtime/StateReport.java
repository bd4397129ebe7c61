package dev.millrace.engine.runtime;

import dev.millrace.engine.checkpoint.StateRestore;
import dev.millrace.engine.checkpoint.StoredSnapshot;
import dev.millrace.engine.checkpoint.TableInfo;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.operator.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What becomes of each state of a snapshot when a job goes on from it. Immutable. */
public final class StateReport {
  /** What becomes of a state. */
  public enum Fate {
    /** It is gone on with. */
    KEPT,
    /** There is no such node any more: it is lost. */
    DROPPED,
    /** The node means something else now, and begins anew: what it kept is lost. */
    CHANGED,
    /** The node had none, and begins without. */
    NEW;

    /** Whether something is lost. */
    public boolean isLoss() {
      return this == DROPPED || this == CHANGED;
    }
  }

  /**
   * One state.
   *
   * @param node the node's name, with its place in the SQL if that is known
   * @param content how much it is, such as {@code 17 rows, 2,048 bytes}; empty for a new one
   * @param note what is to be known besides, or empty
   */
  public record Line(Fate fate, String node, String content, String note) {
    /** As in {@code kept: GroupAggregate[5] (job.sql:8:1), 17 rows, 2,048 bytes}. */
    @Override
    public String toString() {
      return fate.name().toLowerCase(Locale.ROOT)
          + ": "
          + node
          + (content.isEmpty() ? "" : ", " + content)
          + (note.isEmpty() ? "" : "; " + note);
    }
  }

  private final List<Line> lines = new ArrayList<>();

  /** The saved node for each present one that goes on with it. */
  private final Map<Integer, Integer> kept = new HashMap<>();

  private final StoredSnapshot snapshot;
  private final Dataflow dataflow;
  private final NodeMatching matching;
  private final List<Integer> gone;

  private StateReport(StoredSnapshot snapshot, Dataflow dataflow, JobServices services) {
    this.snapshot = snapshot;
    this.dataflow = dataflow;
    this.matching = new NodeMatching(snapshot.info().nodes(), dataflow);
    this.gone = new ArrayList<>(matching.gone());
    gone.removeIf(node -> !keepsAnything(node));
    for (Node node : dataflow.nodes()) {
      add(node, services);
    }
    for (int node : gone) {
      lines.add(new Line(Fate.DROPPED, matching.savedName(node), content(node), ""));
    }
  }

  /** What would become of a snapshot's states if a job with this dataflow went on from it. */
  public static StateReport of(StoredSnapshot snapshot, Dataflow dataflow, JobConfig config) {
    return of(
        snapshot,
        dataflow,
        new JobServices(config, new Metrics(), () -> {}, null, StateMemory.of(config), 0));
  }

  static StateReport of(StoredSnapshot snapshot, Dataflow dataflow, JobServices services) {
    return new StateReport(snapshot, dataflow, services);
  }

  private void add(Node node, JobServices services) {
    int position = dataflow.position(node);
    Integer saved = matching.savedOf(position);
    List<TableInfo> tables = tables(node, services);
    if (saved == null) {
      if (node instanceof SourceNode || !tables.isEmpty()) {
        addUnknown(node);
      }
      return;
    }
    Optional<String> misfit =
        node instanceof OperatorNode ? misfit(saved, tables) : Optional.empty();
    if (misfit.isPresent()) {
      lines.add(new Line(Fate.CHANGED, named(node), content(saved), misfit.get()));
      return;
    }
    kept.put(position, saved);
    if (keepsAnything(saved) || !tables.isEmpty()) {
      String note =
          matching.chosenAnew(position) ? "its rows are chosen by other conditions now" : "";
      lines.add(new Line(Fate.KEPT, named(node), content(saved), note));
    }
  }

  /** A node that nothing saved matches stands for one of the same name that is gone. */
  private void addUnknown(Node node) {
    String name = NodeLabel.of(dataflow, node).name();
    Optional<Integer> before =
        gone.stream().filter(saved -> matching.savedName(saved).equals(name)).findFirst();
    if (before.isEmpty()) {
      lines.add(new Line(Fate.NEW, named(node), "", ""));
      return;
    }
    gone.remove(before.get());
    lines.add(
        new Line(
            Fate.CHANGED,
            named(node),
            content(before.get()),
            node instanceof SourceNode
                ? "it reads something else now"
                : "it computes something else now"));
  }

  private String named(Node node) {
    return dataflow
        .place(node.id())
        .map(place -> node.name() + " (" + place + ")")
        .orElse(node.name());
  }

  /** Rows, or what an operator was given and has not been saved as rows yet. */
  private boolean keepsAnything(int saved) {
    return snapshot.nodes().contains(saved);
  }

  private long rows(int saved, TableInfo table) {
    return snapshot.rows(saved, table.name());
  }

  private String content(int saved) {
    long rows = snapshot.tables(saved).stream().mapToLong(table -> rows(saved, table)).sum();
    boolean source =
        snapshot.tables(saved).stream()
            .anyMatch(table -> table.name().equals(SavedSplits.INFO.name()));
    return String.format(
        Locale.ROOT, "%,d %s, %,d bytes", rows, source ? "splits" : "rows", snapshot.bytes(saved));
  }

  /** Which saved table finds none to go to, if there is such. */
  private Optional<String> misfit(int saved, List<TableInfo> tables) {
    return snapshot.tables(saved).stream()
        .filter(table -> rows(saved, table) > 0)
        .filter(table -> tables.stream().noneMatch(present -> fits(table, present)))
        .findFirst()
        .map(table -> "what it keeps in '%s' has other columns now".formatted(table.name()));
  }

  private static boolean fits(TableInfo saved, TableInfo present) {
    return saved.name().equals(present.name())
        && saved.version() == present.version()
        && StateRestore.sameTypes(saved.row(), present.row());
  }

  /** What an instance of a node keeps, found out from one that is only opened. */
  private static List<TableInfo> tables(Node node, JobServices services) {
    if (!(node instanceof OperatorNode made)) {
      return List.of();
    }
    try (Operator operator = made.operator().get()) {
      operator.open(InstanceContext.of(node.name(), 0, 1, services.unwatched()));
      return operator.state().stream().map(TableInfo::of).toList();
    }
  }

  /** One line a state. */
  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /** What is lost, empty if nothing. */
  public String losses() {
    return lines.stream()
        .filter(line -> line.fate().isLoss())
        .map(Line::toString)
        .collect(Collectors.joining("; "));
  }

  /** A user's error if something is lost, unless that is allowed. */
  void requireNoLoss(StoredSnapshot of, boolean allowed) {
    if (!losses().isEmpty() && !allowed) {
      throw MillraceException.usage(
          ("The script has changed since %s was taken, and state would be lost: %s. Bring the old"
                  + " script back, or go on without that state: --allow-state-loss.")
              .formatted(of.describe(), losses()));
    }
  }

  /** Whether the dataflow is the one that the snapshot was taken of, as far as state goes. */
  boolean isUnchanged() {
    return matching.isIdentity() && losses().isEmpty();
  }

  /** The saved node that each present one goes on with, by their positions. */
  Map<Integer, Integer> kept() {
    return Map.copyOf(kept);
  }
}
