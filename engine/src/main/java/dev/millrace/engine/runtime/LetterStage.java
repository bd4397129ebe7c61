package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.deadletter.DeadLetters;

/**
 * All stages of a task, and beside them the way for the letters about rows that those cannot
 * process. What ends an epoch follows behind the letters about its rows.
 */
final class LetterStage implements Stage {
  private final Stage main;
  private final int inputs;
  private final DeadLetters letters;
  private final ExchangeStage output;
  private int endedInputs;

  /** {@code inputs} is the number of inputs of {@code main}. */
  LetterStage(Stage main, int inputs, DeadLetters letters, Channel output) {
    this.main = main;
    this.inputs = inputs;
    this.letters = letters;
    this.output = new ExchangeStage(new Channel[] {output}, Partitioners.only());
  }

  private void send() {
    if (!letters.isEmpty()) {
      Batch batch = letters.take();
      output.process(0, batch);
    }
  }

  @Override
  public void open() {
    main.open();
  }

  @Override
  public void process(int input, Batch batch) {
    main.process(input, batch);
    send();
  }

  @Override
  public void watermark(long timestamp) {
    main.watermark(timestamp);
    send();
  }

  @Override
  public void idle(boolean idle) {
    main.idle(idle);
  }

  @Override
  public void endOfInput(int input) {
    main.endOfInput(input);
    send();
    endedInputs++;
    if (endedInputs == inputs) {
      output.endOfInput(0);
    }
  }

  @Override
  public void barrier(Barrier barrier) {
    main.barrier(barrier);
    if (barrier.isEnd() && !letters.isEmpty()) {
      throw new IllegalStateException("a row was reported after the end of all rows");
    }
    send();
    output.barrier(barrier);
  }

  /** Not before the letters are out: a sink may wait here for a commit that waits for them. */
  @Override
  public void tick() {
    if (output.drain()) {
      main.tick();
    }
  }

  /** Also sends what a source has reported since, which hands on no batch if all its rows fail. */
  @Override
  public boolean drain() {
    send();
    boolean drained = main.drain();
    return output.drain() && drained;
  }

  @Override
  public void close() {
    main.close();
  }
}
