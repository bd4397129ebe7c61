package dev.millrace.engine.spill;

import dev.millrace.engine.deadletter.RowErrors;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.operator.OperatorContext;
import dev.millrace.engine.operator.Output;
import dev.millrace.engine.time.Clock;

/** What a shard's operator gets: the instance's own but for the time and the output. */
record ShardContext(
    OperatorContext instance, Clock clock, Output output, EvaluationContext evaluation)
    implements OperatorContext {
  ShardContext(OperatorContext instance, Clock clock, Output output) {
    this(instance, clock, output, new EvaluationContext(instance.evaluation().zone(), clock));
  }

  @Override
  public String name() {
    return instance.name();
  }

  @Override
  public int subtask() {
    return instance.subtask();
  }

  @Override
  public int parallelism() {
    return instance.parallelism();
  }

  @Override
  public RowErrors errors() {
    return instance.errors();
  }

  @Override
  public Counter counter(String name) {
    return instance.counter(name);
  }
}
