package dev.millrace.api;

import dev.millrace.engine.option.Option;
import dev.millrace.engine.runtime.JobConfig;
import dev.millrace.plan.document.PlanSettings;
import java.nio.file.Path;

/** What the options of a session say about the memory for state. */
final class StateSettings {
  /** The rest is for what is under way, and for a checkpoint. */
  private static final double SHARE_OF_HEAP = 0.3;

  static final Option<Long> MEMORY =
      Option.memory(
          "millrace.state.memory", (long) (Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP));
  static final Option<String> FOLDER =
      Option.text("millrace.state.dir", System.getProperty("java.io.tmpdir"));

  private StateSettings() {}

  static JobConfig applied(JobConfig config, PlanSettings settings) {
    return config.withStateMemory(settings.get(MEMORY), Path.of(settings.get(FOLDER)));
  }
}
