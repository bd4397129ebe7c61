package dev.millrace.formats.json;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import java.util.List;
import java.util.Locale;

/** The options of the {@code json} format, with Flink's names, values and defaults. */
record JsonOptions(
    boolean failOnMissingField,
    boolean ignoreParseErrors,
    boolean isoTimestamps,
    NullKeys nullKeys,
    String nullKeyLiteral,
    boolean plainDecimals,
    boolean ignoreNullFields) {

  /** What the encoder does with the entry of a map whose key is null. */
  enum NullKeys {
    FAIL,
    DROP,
    LITERAL
  }

  private static final Option<Boolean> FAIL_ON_MISSING_FIELD =
      Option.bool("fail-on-missing-field", false);
  private static final Option<Boolean> IGNORE_PARSE_ERRORS =
      Option.bool("ignore-parse-errors", false);
  private static final Option<Boolean> ISO_TIMESTAMPS =
      new Option<>("timestamp-format.standard", JsonOptions::isIso, false);
  private static final Option<NullKeys> NULL_KEY_MODE =
      new Option<>("map-null-key.mode", JsonOptions::nullKeys, NullKeys.FAIL);
  private static final Option<String> NULL_KEY_LITERAL =
      Option.text("map-null-key.literal", "null");
  private static final Option<Boolean> PLAIN_DECIMALS =
      Option.bool("encode.decimal-as-plain-number", false);
  private static final Option<Boolean> IGNORE_NULL_FIELDS =
      Option.bool("encode.ignore-null-fields", false);
  private static final Option<Boolean> PARSER_ENABLED =
      Option.bool("decode.json-parser.enabled", true);

  static final List<Option<?>> ALL =
      List.of(
          FAIL_ON_MISSING_FIELD,
          IGNORE_PARSE_ERRORS,
          ISO_TIMESTAMPS,
          NULL_KEY_MODE,
          NULL_KEY_LITERAL,
          PLAIN_DECIMALS,
          IGNORE_NULL_FIELDS,
          PARSER_ENABLED);

  static JsonOptions of(Options options) {
    JsonOptions parsed =
        new JsonOptions(
            options.get(FAIL_ON_MISSING_FIELD),
            options.get(IGNORE_PARSE_ERRORS),
            options.get(ISO_TIMESTAMPS),
            options.get(NULL_KEY_MODE),
            options.get(NULL_KEY_LITERAL),
            options.get(PLAIN_DECIMALS),
            options.get(IGNORE_NULL_FIELDS));
    if (parsed.failOnMissingField && parsed.ignoreParseErrors) {
      throw MillraceException.usage(
          "Options '%s' and '%s' of %s must not both be true."
              .formatted(
                  FAIL_ON_MISSING_FIELD.name(), IGNORE_PARSE_ERRORS.name(), options.owner()));
    }
    if (!options.get(PARSER_ENABLED)) {
      // Flink's other decoder answers differently for numbers in STRING columns and duplicate
      // names.
      throw new UnsupportedException(
          "option '%s' = 'false' of %s".formatted(PARSER_ENABLED.name(), options.owner()));
    }
    return parsed;
  }

  private static boolean isIso(String text) {
    return switch (text) {
      case "SQL" -> false;
      case "ISO-8601" -> true;
      default -> throw new IllegalArgumentException("expected SQL or ISO-8601");
    };
  }

  private static NullKeys nullKeys(String text) {
    try {
      return NullKeys.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("expected FAIL, DROP or LITERAL", e);
    }
  }
}
