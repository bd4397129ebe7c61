package dev.millrace.connectors.kafka;

import dev.millrace.connectors.DeliveryGuarantee;
import dev.millrace.engine.option.Option;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The options of both connectors, named as Flink names them. */
final class KafkaOptions {
  /** Which physical columns the value holds. */
  enum ValueFields {
    ALL,
    EXCEPT_KEY
  }

  static final Option<List<String>> TOPIC = list("topic");
  static final Option<String> TOPIC_PATTERN = Option.text("topic-pattern");
  static final String PROPERTIES = "properties.";

  static final Option<String> FORMAT = Option.text("format");
  static final Option<String> VALUE_FORMAT = Option.text("value.format");
  static final Option<String> KEY_FORMAT = Option.text("key.format");
  static final Option<List<String>> KEY_FIELDS = list("key.fields");
  static final Option<String> KEY_FIELDS_PREFIX = Option.text("key.fields-prefix", "");
  static final Option<ValueFields> VALUE_FIELDS_INCLUDE =
      Option.choice("value.fields-include", ValueFields.class, ValueFields.ALL);

  static final Option<StartupMode> STARTUP_MODE =
      Option.choice("scan.startup.mode", StartupMode.class, StartupMode.GROUP_OFFSETS);
  static final Option<String> STARTUP_SPECIFIC_OFFSETS =
      Option.text("scan.startup.specific-offsets");
  static final Option<Long> STARTUP_TIMESTAMP =
      Option.longInteger("scan.startup.timestamp-millis", null);
  static final Option<BoundedMode> BOUNDED_MODE =
      Option.choice("scan.bounded.mode", BoundedMode.class, BoundedMode.UNBOUNDED);
  static final Option<String> BOUNDED_SPECIFIC_OFFSETS =
      Option.text("scan.bounded.specific-offsets");
  static final Option<Long> BOUNDED_TIMESTAMP =
      Option.longInteger("scan.bounded.timestamp-millis", null);
  static final Option<Duration> DISCOVERY_INTERVAL =
      Option.duration("scan.topic-partition-discovery.interval", Duration.ofMinutes(5));
  static final Option<Integer> SCAN_PARALLELISM = Option.integer("scan.parallelism", 0);

  /** The old name of the delivery guarantee. */
  static final Option<String> SINK_SEMANTIC = Option.text("sink.semantic");

  static final Option<String> SINK_PARTITIONER = Option.text("sink.partitioner", "default");
  static final Option<DeliveryGuarantee> DELIVERY_GUARANTEE =
      Option.choice(
          "sink.delivery-guarantee", DeliveryGuarantee.class, DeliveryGuarantee.AT_LEAST_ONCE);
  static final Option<String> TRANSACTIONAL_ID_PREFIX = Option.text("sink.transactional-id-prefix");
  static final Option<String> TRANSACTION_NAMING_STRATEGY =
      Option.text("sink.transaction-naming-strategy");
  static final Option<Integer> SINK_PARALLELISM = Option.integer("sink.parallelism", 0);
  static final Option<Integer> BUFFER_MAX_ROWS = Option.integer("sink.buffer-flush.max-rows", 0);
  static final Option<Duration> BUFFER_INTERVAL =
      Option.duration("sink.buffer-flush.interval", Duration.ZERO);

  private static final List<Option<?>> SHARED =
      List.of(
          TOPIC,
          TOPIC_PATTERN,
          Option.prefix(PROPERTIES),
          VALUE_FORMAT,
          KEY_FORMAT,
          KEY_FIELDS_PREFIX,
          VALUE_FIELDS_INCLUDE,
          BOUNDED_MODE,
          BOUNDED_SPECIFIC_OFFSETS,
          BOUNDED_TIMESTAMP,
          DISCOVERY_INTERVAL,
          SCAN_PARALLELISM,
          DELIVERY_GUARANTEE,
          TRANSACTIONAL_ID_PREFIX,
          TRANSACTION_NAMING_STRATEGY,
          SINK_PARALLELISM);

  /** A table may be read and written, so each side knows the options of both. */
  static final List<Option<?>> KAFKA =
      sharedAnd(
          FORMAT,
          KEY_FIELDS,
          STARTUP_MODE,
          STARTUP_SPECIFIC_OFFSETS,
          STARTUP_TIMESTAMP,
          SINK_SEMANTIC,
          SINK_PARTITIONER);

  static final List<Option<?>> UPSERT_KAFKA = sharedAnd(BUFFER_MAX_ROWS, BUFFER_INTERVAL);

  private KafkaOptions() {}

  private static List<Option<?>> sharedAnd(Option<?>... more) {
    List<Option<?>> options = new ArrayList<>(SHARED);
    options.addAll(Arrays.asList(more));
    return List.copyOf(options);
  }

  /** Texts separated by semicolons. */
  private static Option<List<String>> list(String name) {
    return new Option<>(
        name,
        text ->
            Arrays.stream(text.split(";", -1)).map(String::trim).filter(s -> !s.isEmpty()).toList(),
        List.of());
  }
}
