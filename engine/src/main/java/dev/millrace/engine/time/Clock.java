package dev.millrace.engine.time;

/** The engine's only way to know the time, so that a simulation can set it. Thread-safe. */
public interface Clock {
  /** The machine's clock. */
  Clock SYSTEM =
      new Clock() {
        @Override
        public long millis() {
          return System.currentTimeMillis();
        }

        @Override
        public long nanoTime() {
          return System.nanoTime();
        }
      };

  /** Milliseconds since the epoch. */
  long millis();

  /** Nanoseconds of a clock that never goes back, from an arbitrary origin. */
  long nanoTime();
}
