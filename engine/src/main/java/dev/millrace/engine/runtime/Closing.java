package dev.millrace.engine.runtime;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes several things, all of them even if closing one fails. */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  /** Throws the first failure. */
  static <T> void all(List<T> things, Consumer<T> close) {
    Throwable first = null;
    for (T thing : things) {
      try {
        close.accept(thing);
      } catch (RuntimeException | Error e) {
        LOG.debug("Closing {} failed", thing, e);
        first = first == null ? e : first;
      }
    }
    if (first instanceof Error error) {
      throw error;
    }
    if (first instanceof RuntimeException failure) {
      throw failure;
    }
  }
}
