package dev.millrace.engine.runtime;

/** What flows between batches, in order with them. */
sealed interface Signal {
  /** See {@link dev.millrace.engine.operator.Output#emitWatermark}. */
  record Watermark(long timestamp) implements Signal {}

  /** See {@link dev.millrace.engine.operator.Output#emitIdle}. */
  record Idle(boolean idle) implements Signal {}

  /** The epoch of this number ends here. */
  record EndOfEpoch(long epoch) implements Signal {}

  /** The channel brings nothing after this. */
  record EndOfInput() implements Signal {}

  EndOfInput END = new EndOfInput();
}
