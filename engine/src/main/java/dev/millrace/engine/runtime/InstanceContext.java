package dev.millrace.engine.runtime;

import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.operator.OperatorContext;
import dev.millrace.engine.operator.Output;
import dev.millrace.engine.time.Clock;

/** What one parallel instance of a node gets from the runtime, whatever it is. */
record InstanceContext(
    String name,
    int subtask,
    int parallelism,
    JobServices services,
    EvaluationContext evaluation,
    Output output)
    implements OperatorContext, SourceContext, SinkContext {

  static InstanceContext of(String name, int subtask, int parallelism, JobServices services) {
    return new InstanceContext(
        name,
        subtask,
        parallelism,
        services,
        new EvaluationContext(services.config().zone(), services.config().clock()),
        null);
  }

  InstanceContext withOutput(Output newOutput) {
    return new InstanceContext(name, subtask, parallelism, services, evaluation, newOutput);
  }

  @Override
  public Clock clock() {
    return services.config().clock();
  }

  @Override
  public Counter counter(String counterName) {
    return services.metrics().counter(name, subtask, counterName);
  }

  @Override
  public int batchRows() {
    return services.config().batchRows();
  }

  @Override
  public void wake() {
    services.waker().wake();
  }
}
