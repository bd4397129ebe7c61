package dev.millrace.connectors.jdbc;

import dev.millrace.connectors.DeliveryGuarantee;
import dev.millrace.engine.option.Option;
import java.time.Duration;
import java.util.List;

/** The options of the connector, named as Flink names them; the last two are Millrace's own. */
final class JdbcOptions {
  static final Option<String> URL = Option.text("url");
  static final Option<String> TABLE_NAME = Option.text("table-name");
  static final Option<String> DRIVER = Option.text("driver");
  static final Option<String> USERNAME = Option.text("username");
  static final Option<String> PASSWORD = Option.text("password");
  static final Option<String> COMPATIBLE_MODE = Option.text("compatible-mode");
  static final Option<Duration> MAX_RETRY_TIMEOUT =
      Option.duration("connection.max-retry-timeout", Duration.ofSeconds(60));

  static final Option<Integer> BUFFER_MAX_ROWS = Option.integer("sink.buffer-flush.max-rows", 100);
  static final Option<Duration> BUFFER_INTERVAL =
      Option.duration("sink.buffer-flush.interval", Duration.ofSeconds(1));
  static final Option<Integer> MAX_RETRIES = Option.integer("sink.max-retries", 3);
  static final Option<Integer> SINK_PARALLELISM = Option.integer("sink.parallelism", 0);

  static final Option<DeliveryGuarantee> DELIVERY_GUARANTEE =
      Option.choice(
          "sink.delivery-guarantee", DeliveryGuarantee.class, DeliveryGuarantee.AT_LEAST_ONCE);
  static final Option<String> EPOCH_TABLE = Option.text("sink.epoch-table", "millrace_epochs");

  /** Those of reading belong to a table, too, whichever side it is used on. */
  static final List<Option<?>> ALL =
      List.of(
          URL,
          TABLE_NAME,
          DRIVER,
          USERNAME,
          PASSWORD,
          COMPATIBLE_MODE,
          MAX_RETRY_TIMEOUT,
          BUFFER_MAX_ROWS,
          BUFFER_INTERVAL,
          MAX_RETRIES,
          SINK_PARALLELISM,
          DELIVERY_GUARANTEE,
          EPOCH_TABLE,
          Option.text("scan.partition.column"),
          Option.text("scan.partition.num"),
          Option.text("scan.partition.lower-bound"),
          Option.text("scan.partition.upper-bound"),
          Option.text("scan.fetch-size"),
          Option.text("scan.auto-commit"),
          Option.text("filter.handling.policy"),
          Option.text("lookup.cache"),
          Option.text("lookup.cache.max-rows"),
          Option.text("lookup.cache.ttl"),
          Option.text("lookup.cache.caching-missing-key"),
          Option.text("lookup.partial-cache.max-rows"),
          Option.text("lookup.partial-cache.expire-after-write"),
          Option.text("lookup.partial-cache.expire-after-access"),
          Option.text("lookup.partial-cache.cache-missing-key"),
          Option.text("lookup.max-retries"));

  private JdbcOptions() {}
}
