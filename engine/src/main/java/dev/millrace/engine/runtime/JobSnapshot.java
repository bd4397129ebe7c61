package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
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
import dev.millrace.engine.state.OperatorSnapshot;
import dev.millrace.engine.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all nodes of a job kept when an epoch ended, by their positions in the dataflow. */
public final class JobSnapshot {
  /** Of a job that has not begun. */
  public static final JobSnapshot NONE = new JobSnapshot(0, Map.of());

  private final long epoch;
  private final Map<Integer, OperatorSnapshot> nodes;

  private JobSnapshot(long epoch, Map<Integer, OperatorSnapshot> nodes) {
    this.epoch = epoch;
    this.nodes = nodes;
  }

  /**
   * What a stored one says.
   *
   * @param kept the saved node for each node that goes on, by their positions
   * @param services for operators that find out what they kept
   */
  static JobSnapshot load(
      StoredSnapshot stored, Map<Integer, Integer> kept, Dataflow dataflow, JobServices services) {
    Map<Integer, OperatorSnapshot> nodes = new HashMap<>();
    for (Node node : dataflow.nodes()) {
      int position = dataflow.position(node);
      if (kept.containsKey(position)) {
        nodes.put(
            position,
            stored.operator(
                kept.get(position),
                (clock, output) -> open((OperatorNode) node, services, clock, output)));
      }
    }
    return new JobSnapshot(stored.info().epoch(), nodes);
  }

  private static Operator open(
      OperatorNode node, JobServices services, Clock clock, Output output) {
    Operator operator = node.operator().get();
    operator.open(
        InstanceContext.of(node.name(), 0, 1, services.unwatched())
            .withClock(clock)
            .withErrors(RowErrors.REPORTED)
            .withOutput(output));
    return operator;
  }

  static JobSnapshot of(long epoch, List<SavedPart> parts) {
    Map<Integer, OperatorSnapshot> nodes = new HashMap<>();
    for (SavedPart part : parts) {
      OperatorSnapshot node = nodes.computeIfAbsent(part.node(), id -> new OperatorSnapshot());
      for (SavedTable table : part.tables()) {
        TableInfo info = table.info();
        table.forEach(rows -> node.add(info.name(), info.version(), info.row(), rows));
      }
    }
    return new JobSnapshot(epoch, nodes);
  }

  /** The epoch whose end it is of, from 1. */
  long epoch() {
    return epoch;
  }

  /** Gives an opened stage its part. */
  void restore(OperatorStage stage) {
    OperatorSnapshot saved = nodes.get(stage.node());
    if (saved != null) {
      stage.restore(saved);
    }
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
    OperatorSnapshot saved = nodes.get(node);
    return saved == null ? List.of() : saved.rows(table);
  }
}
