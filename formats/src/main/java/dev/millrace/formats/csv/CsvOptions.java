package dev.millrace.formats.csv;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The options of the {@code csv} format, with Flink's names, values and defaults.
 *
 * @param quote the quote character, or {@link #NONE}
 * @param escape the escape character, or {@link #NONE}
 * @param nullLiteral the text that stands for null, or null if none does
 */
record CsvOptions(
    byte delimiter,
    int quote,
    int escape,
    byte[] elementDelimiter,
    byte[] nullLiteral,
    boolean allowComments,
    boolean ignoreParseErrors,
    boolean scientificDecimals,
    boolean trimSpaces,
    boolean ignoreTrailingUnmappable,
    boolean allowTrailingComma,
    boolean failOnMissingColumns,
    boolean emptyStringAsNull) {
  /** Stands for a character that is not set; no byte of a record has this value. */
  static final int NONE = -1000;

  private static final Option<String> FIELD_DELIMITER =
      new Option<>("field-delimiter", CsvOptions::unescapedCharacter, ",");
  private static final Option<Boolean> DISABLE_QUOTE =
      Option.bool("disable-quote-character", false);
  private static final Option<String> QUOTE =
      new Option<>("quote-character", CsvOptions::character, "\"");
  private static final Option<Boolean> ALLOW_COMMENTS = Option.bool("allow-comments", false);
  private static final Option<Boolean> IGNORE_PARSE_ERRORS =
      Option.bool("ignore-parse-errors", false);
  private static final Option<String> ELEMENT_DELIMITER =
      new Option<>("array-element-delimiter", CsvOptions::character, ";");
  private static final Option<String> ESCAPE =
      new Option<>("escape-character", CsvOptions::character, null);
  private static final Option<String> NULL_LITERAL = Option.text("null-literal");

  /** Flink documents true, but its format writes plain numbers unless the option is set. */
  private static final Option<Boolean> SCIENTIFIC_DECIMALS =
      Option.bool("write-bigdecimal-in-scientific-notation", false);

  private static final Option<Boolean> TRIM_SPACES = Option.bool("trim-spaces", false);
  private static final Option<Boolean> IGNORE_TRAILING =
      Option.bool("ignore-trailing-unmappable", false);
  private static final Option<Boolean> TRAILING_COMMA = Option.bool("allow-trailing-comma", true);
  private static final Option<Boolean> FAIL_ON_MISSING =
      Option.bool("fail-on-missing-columns", false);
  private static final Option<Boolean> EMPTY_AS_NULL = Option.bool("empty-string-as-null", false);

  static final List<Option<?>> ALL =
      List.of(
          FIELD_DELIMITER,
          DISABLE_QUOTE,
          QUOTE,
          ALLOW_COMMENTS,
          IGNORE_PARSE_ERRORS,
          ELEMENT_DELIMITER,
          ESCAPE,
          NULL_LITERAL,
          SCIENTIFIC_DECIMALS,
          TRIM_SPACES,
          IGNORE_TRAILING,
          TRAILING_COMMA,
          FAIL_ON_MISSING,
          EMPTY_AS_NULL);

  static CsvOptions of(Options options) {
    boolean quoted = !options.get(DISABLE_QUOTE);
    if (!quoted && options.has(QUOTE)) {
      throw MillraceException.usage(
          "Options '%s' and '%s' of %s exclude each other."
              .formatted(DISABLE_QUOTE.name(), QUOTE.name(), options.owner()));
    }
    String nullLiteral = options.get(NULL_LITERAL);
    return new CsvOptions(
        ascii(options, FIELD_DELIMITER),
        quoted ? ascii(options, QUOTE) : NONE,
        options.has(ESCAPE) ? ascii(options, ESCAPE) : NONE,
        options.get(ELEMENT_DELIMITER).getBytes(StandardCharsets.UTF_8),
        nullLiteral == null ? null : nullLiteral.getBytes(StandardCharsets.UTF_8),
        options.get(ALLOW_COMMENTS),
        options.get(IGNORE_PARSE_ERRORS),
        options.get(SCIENTIFIC_DECIMALS),
        options.get(TRIM_SPACES),
        options.get(IGNORE_TRAILING),
        options.get(TRAILING_COMMA),
        options.get(FAIL_ON_MISSING),
        options.get(EMPTY_AS_NULL));
  }

  private static byte ascii(Options options, Option<String> option) {
    char character = options.get(option).charAt(0);
    if (character > 0x7F) {
      throw new UnsupportedException(
          "option '%s' = '%s' of %s: a character that is not ASCII"
              .formatted(option.name(), character, options.owner()));
    }
    return (byte) character;
  }

  private static String character(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException("expected a single character");
    }
    return text;
  }

  /** One character, perhaps written as Java writes it: {@code \t}, {@code \u0001}. */
  private static String unescapedCharacter(String text) {
    return character(text.length() > 1 && text.charAt(0) == '\\' ? unescaped(text) : text);
  }

  private static String unescaped(String text) {
    String rest = text.substring(1);
    if (rest.matches("u+[0-9a-fA-F]{4}")) {
      return Character.toString(Integer.parseInt(rest.substring(rest.length() - 4), 16));
    }
    if (rest.matches("[0-3]?[0-7]{1,2}")) {
      return Character.toString(Integer.parseInt(rest, 8));
    }
    int known = "tnrbf\\'\"".indexOf(rest);
    return rest.length() == 1 && known >= 0
        ? Character.toString("\t\n\r\b\f\\'\"".charAt(known))
        : text;
  }
}
