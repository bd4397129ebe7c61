package dev.millrace.engine.function.cast;

import dev.millrace.engine.time.ZoneOffsets;
import java.util.function.Supplier;

/** What a cast knows besides its input, and where it reports values that it cannot turn. */
interface CastContext {
  /** The session's time zone. */
  ZoneOffsets zone();

  /** Reports a value that cannot be cast; the message is made only if somebody will read it. */
  void fail(int position, Supplier<String> message);

  /** This context for the elements of nested values: {@code owners} says whose each of them is. */
  default CastContext forElements(int[] owners) {
    CastContext outer = this;
    return new CastContext() {
      @Override
      public ZoneOffsets zone() {
        return outer.zone();
      }

      @Override
      public void fail(int position, Supplier<String> message) {
        outer.fail(owners[position], message);
      }
    };
  }
}
