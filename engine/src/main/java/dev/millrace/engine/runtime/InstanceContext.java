package dev.millrace.engine.runtime;

import dev.millrace.engine.connector.EpochTransactions;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.deadletter.RowErrors;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.operator.OperatorContext;
import dev.millrace.engine.operator.Output;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.time.Watermarks;
import java.util.function.DoubleSupplier;

/** What one parallel instance of a node gets from the runtime, whatever it is. */
record InstanceContext(
    String name,
    int subtask,
    int parallelism,
    JobServices services,
    EvaluationContext evaluation,
    Output output,
    EpochTransactions transactions,
    RowErrors errors)
    implements OperatorContext, SourceContext, SinkContext {

  static InstanceContext of(String name, int subtask, int parallelism, JobServices services) {
    return new InstanceContext(
        name,
        subtask,
        parallelism,
        services,
        new EvaluationContext(services.config().zone(), services.config().clock()),
        null,
        null,
        RowErrors.FAILING);
  }

  InstanceContext withClock(Clock clock) {
    JobServices services = this.services.withClock(clock);
    return new InstanceContext(
        name,
        subtask,
        parallelism,
        services,
        new EvaluationContext(services.config().zone(), clock),
        output,
        transactions,
        errors);
  }

  InstanceContext withOutput(Output newOutput) {
    return new InstanceContext(
        name, subtask, parallelism, services, evaluation, newOutput, transactions, errors);
  }

  InstanceContext withTransactions(EpochTransactions newTransactions) {
    return new InstanceContext(
        name, subtask, parallelism, services, evaluation, output, newTransactions, errors);
  }

  InstanceContext withErrors(RowErrors newErrors) {
    return new InstanceContext(
        name, subtask, parallelism, services, evaluation, output, transactions, newErrors);
  }

  @Override
  public Clock clock() {
    return services.config().clock();
  }

  @Override
  public Counter counter(String counterName) {
    return services.metrics().counter(name, subtask, counterName);
  }

  /** A counter of this instance for rows that failed. */
  Counter failedRows(String counterName, String stage, String table, String errorClass) {
    return services.metrics().counter(name, subtask, counterName, stage, table, errorClass);
  }

  /** Has a number of this instance computed whenever somebody looks. */
  void gauge(String gaugeName, DoubleSupplier value) {
    services.metrics().gauge(name, subtask, gaugeName, value);
  }

  /** Where this instance notes its watermark, whose lag behind the clock is shown beside it. */
  Counter watermarkMetric() {
    Counter watermark = counter(Metrics.WATERMARK);
    watermark.set(Watermarks.NONE);
    gauge(Metrics.WATERMARK_LAG, () -> lag(watermark.get()));
    return watermark;
  }

  private double lag(long watermark) {
    return watermark == Watermarks.NONE || watermark == Watermarks.END
        ? Double.NaN
        : clock().millis() - watermark;
  }

  @Override
  public long firstEpoch() {
    return services.firstEpoch();
  }

  @Override
  public boolean checkpointing() {
    return services.config().checkpointing() != null;
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
