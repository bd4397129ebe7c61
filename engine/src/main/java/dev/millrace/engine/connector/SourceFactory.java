package dev.millrace.engine.connector;

import dev.millrace.engine.option.Option;
import java.util.List;

/** A kind of source by its SQL name; found through {@link java.util.ServiceLoader}. */
public interface SourceFactory {
  /** The value of the {@code connector} option. */
  String identifier();

  /**
   * Every option that the connector of this name has in Flink, except {@code connector} and its
   * formats' own; what of them it cannot carry out, it refuses as unsupported. Any other option is
   * a user's error.
   */
  List<Option<?>> options();

  /**
   * Checks the table and describes its source; throws a user's error or names what is unsupported.
   */
  Source source(SourceTable table);
}
