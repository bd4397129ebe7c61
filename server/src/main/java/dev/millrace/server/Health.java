package dev.millrace.server;

import java.util.Optional;

/** What a process says of itself when it is asked. Thread-safe. */
public interface Health {
  /** Before there is a job. */
  Health STARTING =
      new Health() {
        @Override
        public Optional<String> notLive() {
          return Optional.empty();
        }

        @Override
        public Optional<String> notReady() {
          return Optional.of("No job has started yet.");
        }
      };

  /** One line that says why nothing will come of this process any more; empty if all is well. */
  Optional<String> notLive();

  /** One line that says why the job is not at work; empty if it is. */
  Optional<String> notReady();
}
