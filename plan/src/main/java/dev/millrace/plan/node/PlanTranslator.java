package dev.millrace.plan.node;

import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.ErrorHandling;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.plan.document.CompiledPlan;
import dev.millrace.plan.document.PlanEdge;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.document.PlanSettings;
import dev.millrace.plan.rex.ColumnUses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a compiled plan into a dataflow.
 *
 * <p>First backwards, from the sinks: which columns of each node's rows anything uses. Then
 * forwards, from the sources: one translator per kind of node adds to the dataflow, and what cannot
 * be run is noted, so that it is reported together.
 */
public final class PlanTranslator {
  private record Kind(int version, NodeTranslator translator) {}

  private static final Map<String, Kind> KINDS = new HashMap<>();

  static {
    KINDS.put("stream-exec-table-source-scan", new Kind(2, new ScanTranslator()));
    KINDS.put("stream-exec-calc", new Kind(1, new CalcTranslator()));
    KINDS.put("stream-exec-watermark-assigner", new Kind(1, new WatermarkAssignerTranslator()));
    KINDS.put("stream-exec-exchange", new Kind(1, new ExchangeTranslator()));
    KINDS.put("stream-exec-union", new Kind(1, new UnionTranslator()));
    KINDS.put("stream-exec-values", new Kind(1, new ValuesTranslator()));
    KINDS.put("stream-exec-expand", new Kind(1, new ExpandTranslator()));
    KINDS.put("stream-exec-drop-update-before", new Kind(1, new DropUpdateBeforeTranslator()));
    KINDS.put("stream-exec-group-aggregate", new Kind(1, new GroupAggregateTranslator()));
    KINDS.put("stream-exec-interval-join", new Kind(1, new IntervalJoinTranslator()));
    KINDS.put("stream-exec-window-join", new Kind(1, new WindowJoinTranslator()));
    KINDS.put("stream-exec-join", new Kind(1, new JoinTranslator()));
    KINDS.put("stream-exec-changelog-normalize", new Kind(1, new ChangelogNormalizeTranslator()));
    KINDS.put("stream-exec-deduplicate", new Kind(1, new DeduplicateTranslator()));
    KINDS.put("stream-exec-over-aggregate", new Kind(1, new OverAggregateTranslator()));
    KINDS.put("stream-exec-rank", new Kind(1, new RankTranslator()));
    KINDS.put("stream-exec-window-rank", new Kind(1, new WindowRankTranslator()));
    KINDS.put("stream-exec-window-deduplicate", new Kind(1, new WindowRankTranslator()));
    KINDS.put("stream-exec-limit", new Kind(1, new RankTranslator()));
    KINDS.put("stream-exec-sort", new Kind(1, new SortTranslator()));
    KINDS.put("stream-exec-temporal-sort", new Kind(1, new TemporalSortTranslator()));
    KINDS.put("stream-exec-sort-limit", new Kind(1, new RankTranslator()));
    KINDS.put("stream-exec-mini-batch-assigner", new Kind(1, new MiniBatchAssignerTranslator()));
    KINDS.put(
        "stream-exec-local-group-aggregate", new Kind(1, new LocalGroupAggregateTranslator()));
    KINDS.put(
        "stream-exec-global-group-aggregate", new Kind(1, new GlobalGroupAggregateTranslator()));
    KINDS.put(
        "stream-exec-incremental-group-aggregate",
        new Kind(1, new IncrementalGroupAggregateTranslator()));
    KINDS.put("stream-exec-window-aggregate", new Kind(1, new WindowAggregateTranslator()));
    KINDS.put(
        "stream-exec-local-window-aggregate", new Kind(1, new LocalWindowAggregateTranslator()));
    KINDS.put(
        "stream-exec-global-window-aggregate", new Kind(1, new GlobalWindowAggregateTranslator()));
    KINDS.put(
        "stream-exec-window-table-function", new Kind(1, new WindowTableFunctionTranslator()));
    KINDS.put(
        "stream-exec-group-window-aggregate", new Kind(1, new GroupWindowAggregateTranslator()));
    KINDS.put("stream-exec-sink", new Kind(2, new SinkTranslator()));
  }

  private final CompiledPlan plan;
  private final Translation translation;
  private final Map<Integer, ColumnUses> uses = new HashMap<>();
  private final Map<Integer, Flow> flows = new HashMap<>();

  private PlanTranslator(
      CompiledPlan plan, PlanSettings settings, Connectors connectors, Replay replay) {
    this.plan = plan;
    this.translation = new Translation(plan, settings, connectors, uses, replay);
  }

  /**
   * The dataflow of a plan. Throws one {@link UnsupportedException} with all that cannot be run, or
   * a user's error if a table's options are wrong.
   */
  public static Dataflow translate(
      CompiledPlan plan, PlanSettings settings, Connectors connectors) {
    return new PlanTranslator(plan, settings, connectors, null).translate();
  }

  /** The dataflow that replays dead letters through a plan; fails as {@link #translate} does. */
  public static Dataflow replay(
      CompiledPlan plan, PlanSettings settings, Connectors connectors, Replay replay) {
    replay.check(plan);
    return new PlanTranslator(plan, settings, connectors, replay).translate();
  }

  private Dataflow translate() {
    findUses();
    for (PlanNode node : plan.nodes()) {
      Flow flow = translation.attempt(translation.subjects().of(node), () -> translate(node));
      flows.put(node.id(), flow == null ? Flow.complete(node.id(), node.outputType(), 0) : flow);
    }
    ErrorHandling errors = new Errors(plan, translation).add();
    if (!translation.unsupported().isEmpty()) {
      throw new UnsupportedException(translation.unsupported());
    }
    Map<Integer, String> places = new HashMap<>();
    for (PlanNode node : plan.nodes()) {
      String place = translation.subjects().of(node).place();
      if (place != null) {
        places.put(node.id(), place);
      }
    }
    return new Dataflow(translation.nodes(), places, errors);
  }

  private void findUses() {
    for (PlanNode node : plan.nodes()) {
      uses.put(node.id(), new ColumnUses(node.outputType()));
    }
    for (int i = plan.nodes().size() - 1; i >= 0; i--) {
      PlanNode node = plan.nodes().get(i);
      List<ColumnUses> inputs = new ArrayList<>();
      for (PlanEdge edge : plan.inputs(node)) {
        inputs.add(uses.get(edge.source()));
      }
      NodeTranslator translator = translator(node);
      if (translator == null) {
        inputs.forEach(ColumnUses::addAllColumns);
      } else {
        translator.addUses(node, uses.get(node.id()), inputs);
      }
    }
  }

  private Flow translate(PlanNode node) {
    NodeTranslator translator = translator(node);
    if (translator == null) {
      String version = KINDS.containsKey(node.type()) ? "version " + node.version() + " of " : "";
      throw new UnsupportedException(version + Names.words(node) + ": " + node.description());
    }
    List<Flow> inputs = new ArrayList<>();
    for (PlanEdge edge : plan.inputs(node)) {
      Flow input = flows.get(edge.source());
      Exchange shuffle = ExchangeTranslator.exchange(edge.shuffle(), input);
      inputs.add(shuffle instanceof Exchange.Forward ? input : input.through(shuffle));
    }
    return translator.translate(node, inputs, translation);
  }

  /** Null if this kind of node, in this version, is unknown. */
  private static NodeTranslator translator(PlanNode node) {
    Kind kind = KINDS.get(node.type());
    return kind == null || kind.version() != node.version() ? null : kind.translator();
  }
}
