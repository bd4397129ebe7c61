package dev.millrace.connectors.jdbc;

import dev.millrace.connectors.DeliveryGuarantee;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkFactory;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import java.time.Duration;
import java.util.List;

/** Writes {@code 'connector' = 'jdbc'}. */
public final class JdbcSinkFactory implements SinkFactory {
  /** Changes that are held back where the options set no bound. */
  private static final int MOST_ROWS = 50_000;

  @Override
  public String identifier() {
    return "jdbc";
  }

  @Override
  public List<Option<?>> options() {
    return JdbcOptions.ALL;
  }

  @Override
  public Sink sink(SinkTable table) {
    Options options = table.options();
    if (options.has(JdbcOptions.COMPATIBLE_MODE)) {
      throw new UnsupportedException("option 'compatible-mode' of " + options.owner());
    }
    JdbcTable target = JdbcTable.of(table);
    if (!table.insertOnly() && !target.keyed()) {
      throw MillraceException.usage(
          "Give %s a PRIMARY KEY: its query updates or deletes rows, which are found by it."
              .formatted(options.owner()));
    }
    DeliveryGuarantee delivery = options.get(JdbcOptions.DELIVERY_GUARANTEE);
    int maxRows = atLeast(0, options, JdbcOptions.BUFFER_MAX_ROWS);
    return new JdbcSink(
        target,
        maxRows == 0 ? MOST_ROWS : maxRows,
        options.get(JdbcOptions.BUFFER_INTERVAL),
        atLeast(0, options, JdbcOptions.MAX_RETRIES),
        longestPause(options),
        delivery,
        delivery == DeliveryGuarantee.EXACTLY_ONCE
            ? new JdbcSystem(target.database(), options.get(JdbcOptions.EPOCH_TABLE))
            : null,
        options.get(JdbcOptions.SINK_PARALLELISM));
  }

  private static int atLeast(int least, Options options, Option<Integer> option) {
    int value = options.get(option);
    if (value < least) {
      throw refused(options, option, "it must be %d or more".formatted(least));
    }
    return value;
  }

  private static Duration longestPause(Options options) {
    Duration pause = options.get(JdbcOptions.MAX_RETRY_TIMEOUT);
    if (pause.toSeconds() < 1) {
      throw refused(options, JdbcOptions.MAX_RETRY_TIMEOUT, "it must be 1 s or more");
    }
    return pause;
  }

  private static MillraceException refused(Options options, Option<?> option, String why) {
    return MillraceException.usage(
        "Option '%s' of %s has the value '%s', which is not valid: %s."
            .formatted(option.name(), options.owner(), options.asMap().get(option.name()), why));
  }
}
