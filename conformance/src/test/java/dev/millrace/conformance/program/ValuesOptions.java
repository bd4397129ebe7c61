package dev.millrace.conformance.program;

import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import java.util.ArrayList;
import java.util.List;

/** The options of the connector {@code values}. */
final class ValuesOptions {
  static final String IDENTIFIER = "values";
  static final Option<String> DATA_ID = Option.text("data-id");
  static final Option<String> READABLE_METADATA = Option.text("readable-metadata", "");

  /** Only the planner reads them, or they decide how Flink's own source or sink is made. */
  private static final List<String> WITHOUT_EFFECT =
      List.of(
          "async",
          "bounded",
          "changelog-mode",
          "disable-lookup",
          "dynamic-filtering-fields",
          "enable-aggregate-push-down",
          "enable-projection-push-down",
          "enable-vector-search",
          "enable-watermark-push-down",
          "filterable-fields",
          "latency",
          "lookup-function-class",
          "nested-projection-supported",
          "runtime-sink",
          "runtime-source",
          "sink-changelog-mode-enforced",
          "sink-expected-messages-num",
          "sink-insert-only",
          "sink.bucket-count-required",
          "sink.parallelism",
          "sink.supports-delete-by-key",
          "source.parallelism",
          "source.produces-delete-by-key",
          "source.sleep-after-elements",
          "source.sleep-time",
          "start-lookup-threshold",
          "terminating",
          "writable-metadata");

  private static final List<String> REFUSED =
      List.of(
          "custom-shuffle-deterministic",
          "custom-shuffle-empty-partitioner",
          "enable-custom-shuffle",
          "failing-source",
          "partition-list",
          "register-internal-data",
          "sink.drop-late-event",
          "source.num-element-to-skip",
          "table-sink-class",
          "table-source-class");

  private ValuesOptions() {}

  static List<Option<?>> all() {
    List<Option<?>> all = new ArrayList<>(List.of(DATA_ID, READABLE_METADATA));
    WITHOUT_EFFECT.forEach(name -> all.add(Option.text(name)));
    REFUSED.forEach(name -> all.add(Option.text(name)));
    return all;
  }

  static void refuse(Options options) {
    for (String name : REFUSED) {
      if (options.has(Option.text(name))) {
        throw new UnsupportedException("option '%s' of the tests' connector".formatted(name));
      }
    }
  }
}
