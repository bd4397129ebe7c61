package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.checkpoint.OperatorReplay;
import dev.millrace.engine.checkpoint.StateRestore;
import dev.millrace.engine.checkpoint.StoredSnapshot;
import dev.millrace.engine.checkpoint.TableInfo;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.dataflow.Node.SinkNode;
import dev.millrace.engine.deadletter.RowErrors;
import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.operator.Output;
import dev.millrace.engine.runtime.SavedSplits.SavedSplit;
import dev.millrace.engine.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** What all nodes of a job kept when an epoch ended, by their positions in the dataflow. */
public final class JobSnapshot {
  /** Of a job that has not begun. */
  public static final JobSnapshot NONE = new JobSnapshot(0, Map.of());

  /** Rows that a node kept, wherever they are. */
  @FunctionalInterface
  private interface Kept {
    void forEach(BiConsumer<TableInfo, Batch> rows);
  }

  private final long epoch;
  private final Map<Integer, Kept> nodes;

  private JobSnapshot(long epoch, Map<Integer, Kept> nodes) {
    this.epoch = epoch;
    this.nodes = nodes;
  }

  /**
   * What a stored one says; it is read when it is needed.
   *
   * @param kept the saved node for each node that goes on, by their positions
   * @param services for operators that find out what they kept
   */
  static JobSnapshot of(
      StoredSnapshot stored, Map<Integer, Integer> kept, Dataflow dataflow, JobServices services) {
    Map<Integer, Kept> nodes = new HashMap<>();
    for (Node node : dataflow.nodes()) {
      int position = dataflow.position(node);
      if (kept.containsKey(position)) {
        int saved = kept.get(position);
        OperatorReplay.Opening opening =
            (clock, output) -> open(dataflow, (OperatorNode) node, services, clock, output);
        nodes.put(position, rows -> stored.restore(saved, opening, rows));
      }
    }
    return new JobSnapshot(stored.info().epoch(), nodes);
  }

  private static Operator open(
      Dataflow dataflow, OperatorNode node, JobServices services, Clock clock, Output output) {
    Operator operator = services.memory().operator(node, dataflow.inputTypes(node));
    operator.open(
        InstanceContext.of(node.name(), 0, 1, services.unwatched())
            .withClock(clock)
            .withErrors(RowErrors.REPORTED)
            .withOutput(output));
    return operator;
  }

  static JobSnapshot of(long epoch, List<SavedPart> parts) {
    Map<Integer, List<SavedTable>> tables = new HashMap<>();
    for (SavedPart part : parts) {
      tables.computeIfAbsent(part.node(), node -> new ArrayList<>()).addAll(part.tables());
    }
    Map<Integer, Kept> nodes = new HashMap<>();
    tables.forEach((node, kept) -> nodes.put(node, rows -> forEach(kept, rows)));
    return new JobSnapshot(epoch, nodes);
  }

  private static void forEach(List<SavedTable> tables, BiConsumer<TableInfo, Batch> rows) {
    tables.forEach(table -> table.forEach(batch -> rows.accept(table.info(), batch)));
  }

  /** The epoch whose end it is of, from 1. */
  long epoch() {
    return epoch;
  }

  /** Gives opened stages what they kept; those of a node in the order of its instances. */
  void restore(List<OperatorStage> stages) {
    Map<Integer, List<OperatorStage>> stagesOfNode =
        stages.stream().collect(Collectors.groupingBy(OperatorStage::node));
    nodes.forEach(
        (node, kept) -> {
          List<OperatorStage> instances = stagesOfNode.getOrDefault(node, List.of());
          if (!instances.isEmpty()) {
            kept.forEach(new StateRestore(instances.stream().map(OperatorStage::state).toList()));
            instances.forEach(OperatorStage::restored);
          }
        });
  }

  /** How far the splits of a source were read. */
  List<SavedSplit> splits(int node) {
    return SavedSplits.read(rows(node, SavedSplits.INFO.name()));
  }

  /** Makes visible what the sinks had prepared. */
  void publish(Dataflow dataflow) {
    for (SinkNode sink : dataflow.sinks()) {
      sink.sink().publish(SavedSink.names(rows(dataflow.position(sink), SavedSink.PREPARED)));
    }
  }

  /** The rows of a sink's epoch, where they are kept. */
  List<Batch> sinkRows(int node) {
    return rows(node, SavedSink.ROWS);
  }

  private List<Batch> rows(int node, String table) {
    List<Batch> all = new ArrayList<>();
    if (nodes.containsKey(node)) {
      nodes
          .get(node)
          .forEach(
              (info, rows) -> {
                if (info.name().equals(table)) {
                  all.add(rows);
                }
              });
    }
    return all;
  }
}
