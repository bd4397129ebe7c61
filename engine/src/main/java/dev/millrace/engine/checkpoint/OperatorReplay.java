package dev.millrace.engine.checkpoint;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.operator.Output;
import dev.millrace.engine.state.OperatorSnapshot;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.time.SimulatedClock;
import dev.millrace.engine.time.Watermarks;
import java.time.Duration;

/**
 * Makes out what an instance of an operator kept, where a snapshot has what it kept earlier and
 * what it was given since: gives the same to another operator, whose output nobody needs. Not
 * thread-safe.
 */
public final class OperatorReplay implements InputEvents {
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

  private final OperatorSnapshot before;
  private final Opening opening;
  private final SimulatedClock clock = new SimulatedClock(Duration.ZERO);
  private Operator operator;

  /** {@code before} is what was kept when the first of the events came. */
  OperatorReplay(OperatorSnapshot before, Opening opening) {
    this.before = before;
    this.opening = opening;
  }

  /** Adds what was kept in the end. */
  void addTo(OperatorSnapshot all) {
    if (operator == null) {
      all.add(before);
    } else {
      all.save(operator.state());
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
    before.restore(operator.state(), 0, 1);
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
