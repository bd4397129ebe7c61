package dev.millrace.api;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.runtime.JobConfig;
import dev.millrace.plan.document.PlanSettings;
import java.nio.file.Path;

/** What the options of a session say about the memory for state. */
final class StateSettings {
  /** The rest is for what is under way, and for a checkpoint. */
  private static final double SHARE_OF_HEAP = 0.3;

  private static final long HEAP = Runtime.getRuntime().maxMemory();

  static final Option<Long> MEMORY =
      Option.memory("millrace.state.memory", (long) (HEAP * SHARE_OF_HEAP));
  static final Option<String> FOLDER =
      Option.text("millrace.state.dir", System.getProperty("java.io.tmpdir"));

  private StateSettings() {}

  static JobConfig applied(JobConfig config, PlanSettings settings) {
    return config.withStateMemory(memory(settings), Path.of(settings.get(FOLDER)));
  }

  private static long memory(PlanSettings settings) {
    long bytes = settings.get(MEMORY);
    if (bytes >= HEAP) {
      throw MillraceException.usage(
          ("Option '%s' gives %d MB to state, but the heap has only %d MB; lower it, or give the"
                  + " process a larger heap (-Xmx).")
              .formatted(MEMORY.name(), bytes >> 20, HEAP >> 20));
    }
    return bytes;
  }
}
