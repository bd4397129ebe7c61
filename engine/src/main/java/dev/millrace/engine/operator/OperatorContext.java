package dev.millrace.engine.operator;

import dev.millrace.engine.deadletter.RowErrors;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.time.Clock;

/** Everything that an operator instance needs from its surroundings. */
public interface OperatorContext {
  /** Name for messages and metrics: what the node does and where in the SQL. */
  String name();

  /** Which parallel instance this is, from 0. */
  int subtask();

  int parallelism();

  Output output();

  Clock clock();

  /** For evaluating expressions; belongs to this instance. */
  EvaluationContext evaluation();

  /** Where rows that cannot be processed are reported. */
  default RowErrors errors() {
    return RowErrors.FAILING;
  }

  /** A counter of this instance, by name (see {@code Metrics}). */
  Counter counter(String name);
}
