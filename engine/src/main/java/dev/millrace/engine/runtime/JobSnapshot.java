package dev.millrace.engine.runtime;

import dev.millrace.engine.state.OperatorSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all operators of a job kept while nothing was under way, by the dataflow's node ids. */
public final class JobSnapshot {
  /** Of a job that has not begun. */
  public static final JobSnapshot NONE = new JobSnapshot(Map.of());

  private final Map<Integer, OperatorSnapshot> operators;

  private JobSnapshot(Map<Integer, OperatorSnapshot> operators) {
    this.operators = operators;
  }

  static JobSnapshot of(List<OperatorStage> stages) {
    Map<Integer, OperatorSnapshot> operators = new HashMap<>();
    for (OperatorStage stage : stages) {
      stage.save(operators.computeIfAbsent(stage.node(), node -> new OperatorSnapshot()));
    }
    return new JobSnapshot(operators);
  }

  /** Gives an opened stage its part. */
  void restore(OperatorStage stage) {
    OperatorSnapshot saved = operators.get(stage.node());
    if (saved != null) {
      stage.restore(saved);
    }
  }
}
