package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Two operators, one behind the other; the names of their state tables differ. */
public record Pipeline(Operator first, Operator second) implements Operator {
  @Override
  public void open(OperatorContext context) {
    second.open(context);
    first.open(new ToSecond(context, second));
  }

  @Override
  public void process(int input, Batch batch) {
    first.process(input, batch);
  }

  @Override
  public void watermark(long timestamp) {
    first.watermark(timestamp);
  }

  @Override
  public void idle(boolean idle) {
    first.idle(idle);
  }

  @Override
  public void tick() {
    first.tick();
    second.tick();
  }

  @Override
  public List<StateTable> state() {
    return Stream.concat(first.state().stream(), second.state().stream()).toList();
  }

  private record ToSecond(OperatorContext context, Operator second)
      implements OperatorContext, Output {
    @Override
    public void emit(Batch batch) {
      second.process(0, batch);
    }

    @Override
    public void emitWatermark(long timestamp) {
      second.watermark(timestamp);
    }

    @Override
    public void emitIdle(boolean idle) {
      second.idle(idle);
    }

    @Override
    public Output output() {
      return this;
    }

    @Override
    public String name() {
      return context.name();
    }

    @Override
    public int subtask() {
      return context.subtask();
    }

    @Override
    public int parallelism() {
      return context.parallelism();
    }

    @Override
    public Clock clock() {
      return context.clock();
    }

    @Override
    public EvaluationContext evaluation() {
      return context.evaluation();
    }

    @Override
    public Counter counter(String name) {
      return context.counter(name);
    }
  }
}
