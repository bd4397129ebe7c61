package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import java.util.List;
import java.util.function.Consumer;

/** Hands everything to several stages. */
final class FanOutStage implements Stage {
  private final List<Stage> stages;

  private FanOutStage(List<Stage> stages) {
    this.stages = stages;
  }

  /** One stage for all of these. */
  static Stage of(List<Stage> stages) {
    return stages.size() == 1 ? stages.get(0) : new FanOutStage(List.copyOf(stages));
  }

  private void each(Consumer<Stage> action) {
    for (Stage stage : stages) {
      action.accept(stage);
    }
  }

  @Override
  public void open() {
    each(Stage::open);
  }

  @Override
  public void process(int input, Batch batch) {
    for (Stage stage : stages) {
      stage.process(input, batch);
    }
  }

  @Override
  public void watermark(long timestamp) {
    each(stage -> stage.watermark(timestamp));
  }

  @Override
  public void idle(boolean idle) {
    each(stage -> stage.idle(idle));
  }

  @Override
  public void endOfInput(int input) {
    each(stage -> stage.endOfInput(input));
  }

  @Override
  public void barrier(Barrier barrier) {
    each(stage -> stage.barrier(barrier));
  }

  @Override
  public void tick() {
    each(Stage::tick);
  }

  @Override
  public boolean drain() {
    boolean drained = true;
    for (Stage stage : stages) {
      drained &= stage.drain();
    }
    return drained;
  }

  @Override
  public void close() {
    each(Stage::close);
  }
}
