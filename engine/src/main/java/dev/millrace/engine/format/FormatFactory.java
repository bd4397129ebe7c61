package dev.millrace.engine.format;

import dev.millrace.engine.option.Option;
import java.util.List;

/** A format by its SQL name; found through {@link java.util.ServiceLoader}. */
public interface FormatFactory {
  /** The value of the {@code format} option. */
  String identifier();

  /**
   * Every option that the format of this name has in Flink, without the format's prefix; what of
   * them it cannot carry out, it refuses as unsupported. Any other option is a user's error.
   */
  List<Option<?>> options();

  /** Checks options and types; throws a user's error or names what is unsupported. */
  DecodingFormat decoding(FormatContext context);

  /** Checks options and types; throws a user's error or names what is unsupported. */
  EncodingFormat encoding(FormatContext context);
}
