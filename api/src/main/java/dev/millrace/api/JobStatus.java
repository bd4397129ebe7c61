package dev.millrace.api;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How a job stands at one moment.
 *
 * @param rowsIn rows that the sources have read, 0 where the engine does not say
 * @param rowsOut rows that the sinks have taken
 * @param rowsSkipped rows passed over because they could not be processed
 * @param deadLetters rows sent to the dead-letter table
 * @param watermark the lowest watermark of the sinks, milliseconds since the epoch; empty when
 *     there is none yet
 * @param running time since the start, or how long the job ran
 */
public record JobStatus(
    State state,
    long rowsIn,
    long rowsOut,
    long rowsSkipped,
    long deadLetters,
    OptionalLong watermark,
    Duration running) {
  /** Where a job is in its life. */
  public enum State {
    RUNNING,
    FINISHED,
    FAILED
  }
}
