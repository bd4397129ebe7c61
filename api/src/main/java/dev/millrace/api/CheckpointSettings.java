package dev.millrace.api;

import dev.millrace.engine.checkpoint.BlobStores;
import dev.millrace.engine.checkpoint.Checkpointing;
import dev.millrace.engine.checkpoint.Retention;
import dev.millrace.engine.checkpoint.SnapshotStore;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.Nearest;
import dev.millrace.engine.option.Option;
import dev.millrace.plan.document.PlanSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** What the options of a session say about checkpoints, under Flink's names. */
final class CheckpointSettings {
  static final Option<Duration> INTERVAL =
      Option.duration("execution.checkpointing.interval", Duration.ZERO);

  private static final Option<String> DIRECTORY =
      Option.text("execution.checkpointing.dir", ".millrace/checkpoints");
  private static final Option<String> SAVEPOINTS =
      Option.text("execution.checkpointing.savepoint-dir", ".millrace/savepoints");
  private static final Option<String> RETENTION =
      Option.text(
          "execution.checkpointing.externalized-checkpoint-retention",
          Retention.RETAIN_ON_CANCELLATION.name());
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
        new SnapshotStore(BlobStores.open(settings.get(DIRECTORY), settings.options()), job),
        UUID.randomUUID().toString(),
        interval,
        settings.get(MIN_PAUSE),
        settings.get(TIMEOUT),
        settings.get(TOLERABLE_FAILURES),
        Math.max(1, settings.get(RETAINED)),
        retention(settings.get(RETENTION)));
  }

  private static Retention retention(String value) {
    String wanted = value.toUpperCase(Locale.ROOT).replace('-', '_');
    List<String> known = Stream.of(Retention.values()).map(Retention::name).toList();
    if (!known.contains(wanted)) {
      throw MillraceException.usage(
          "Option '%s' has the value '%s' (known: %s)%s"
              .formatted(
                  RETENTION.name(),
                  value,
                  String.join(", ", known),
                  Nearest.hintOr(wanted, known)));
    }
    return Retention.valueOf(wanted);
  }

  /** Where savepoints go unless whoever asks for one says otherwise. */
  static String savepointDirectory(PlanSettings settings) {
    return settings.get(SAVEPOINTS);
  }
}
