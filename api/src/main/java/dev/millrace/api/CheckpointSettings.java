package dev.millrace.api;

import dev.millrace.engine.checkpoint.BlobStores;
import dev.millrace.engine.checkpoint.Checkpointing;
import dev.millrace.engine.checkpoint.SnapshotStore;
import dev.millrace.engine.option.Option;
import dev.millrace.plan.document.PlanSettings;
import java.time.Duration;
import java.util.UUID;

/** What the options of a session say about checkpoints, under Flink's names. */
final class CheckpointSettings {
  static final Option<Duration> INTERVAL =
      Option.duration("execution.checkpointing.interval", Duration.ZERO);

  private static final Option<String> DIRECTORY =
      Option.text("execution.checkpointing.dir", ".millrace/checkpoints");
  private static final Option<Duration> MIN_PAUSE =
      Option.duration("execution.checkpointing.min-pause", Duration.ZERO);
  private static final Option<Duration> TIMEOUT =
      Option.duration("execution.checkpointing.timeout", Duration.ofMinutes(10));
  private static final Option<Integer> TOLERABLE_FAILURES =
      Option.integer("execution.checkpointing.tolerable-failed-checkpoints", 0);
  private static final Option<Integer> RETAINED =
      Option.integer("execution.checkpointing.num-retained", 1);

  private CheckpointSettings() {}

  /** Null if the job's state is not saved. */
  static Checkpointing of(String job, PlanSettings settings) {
    Duration interval = settings.get(INTERVAL);
    if (interval.isZero()) {
      return null;
    }
    return new Checkpointing(
        new SnapshotStore(BlobStores.open(settings.get(DIRECTORY)), job),
        UUID.randomUUID().toString(),
        interval,
        settings.get(MIN_PAUSE),
        settings.get(TIMEOUT),
        settings.get(TOLERABLE_FAILURES),
        Math.max(1, settings.get(RETAINED)));
  }
}
