package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;

/** A step within a task: takes what flows downstream and passes on what comes of it. */
interface Stage {
  void open();

  void process(int input, Batch batch);

  void watermark(long timestamp);

  void idle(boolean idle);

  void endOfInput(int input);

  /** The epoch ends here: adds what is kept at this moment to the barrier and hands it on. */
  void barrier(Barrier barrier);

  void tick();

  /** Hands on what could not be handed on before; returns whether nothing is left. */
  boolean drain();

  void close();
}
