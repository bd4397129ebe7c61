package dev.millrace.engine.checkpoint;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.operator.Output;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.time.SimulatedClock;
import dev.millrace.engine.time.Watermarks;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Makes out what an instance of an operator kept, where a snapshot has what it kept earlier and
 * what it was given since: gives the same to another operator, whose output nobody needs. Not
 * thread-safe.
 */
public final class OperatorReplay implements InputEvents, AutoCloseable {
  /** Opens an operator of the kind that is to be replayed. */
  @FunctionalInterface
  public interface Opening {
    Operator open(Clock clock, Output output);
  }

  /** Takes what was handed on already. */
  private static final Output NOWHERE =
      new Output() {
        @Override
        public void emit(Batch batch) {}

        @Override
        public void emitWatermark(long timestamp) {}

        @Override
        public void emitIdle(boolean idle) {}
      };

  private final Opening opening;
  private final Consumer<BiConsumer<TableInfo, Batch>> before;
  private final SimulatedClock clock = new SimulatedClock(Duration.ZERO);
  private Operator operator;

  /** {@code before} hands over what was kept when the first of the events came. */
  OperatorReplay(Opening opening, Consumer<BiConsumer<TableInfo, Batch>> before) {
    this.opening = opening;
    this.before = before;
  }

  /** Hands over what was kept in the end. */
  void save(BiConsumer<TableInfo, Batch> rows) {
    operator.endOfEpoch();
    for (StateTable table : operator.state()) {
      TableInfo info = TableInfo.of(table);
      table.save(batch -> rows.accept(info, batch));
    }
  }

  @Override
  public void close() {
    if (operator != null) {
      operator.close();
    }
  }

  @Override
  public void time(long millis) {
    clock.advance(Duration.ofMillis(millis - clock.millis()));
  }

  /** What is due by the watermark is done: so it comes before there is anything to do. */
  @Override
  public void start(long watermark) {
    operator = opening.open(clock, NOWHERE);
    if (watermark != Watermarks.NONE) {
      operator.watermark(watermark);
    }
    before.accept(new StateRestore(List.of(operator.state())));
  }

  @Override
  public void process(int input, Batch batch) {
    operator.process(input, batch);
  }

  @Override
  public void watermark(long timestamp) {
    operator.watermark(timestamp);
  }

  @Override
  public void idle(boolean idle) {
    operator.idle(idle);
  }

  @Override
  public void tick() {
    operator.tick();
  }

  @Override
  public void endOfInput(int input) {
    operator.endOfInput(input);
  }
}
