package dev.millrace.connectors.kafka;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads offsets by partition, written {@code partition:0,offset:42;partition:1,offset:300}. */
final class SpecificOffsets {
  private static final Pattern ENTRY = Pattern.compile("partition:(\\d{1,9}),offset:(\\d{1,18})");

  private SpecificOffsets() {}

  static Map<Integer, Long> parse(Options options, Option<String> option) {
    String text = options.require(option);
    Map<Integer, Long> offsets = new HashMap<>();
    for (String entry : text.split(";", -1)) {
      Matcher matcher = ENTRY.matcher(entry.trim());
      if (!matcher.matches()) {
        throw MillraceException.usage(
            ("Option '%s' of %s has the value '%s', which is not valid: expected a form such as"
                    + " 'partition:0,offset:42;partition:1,offset:300'.")
                .formatted(option.name(), options.owner(), text));
      }
      offsets.put(Integer.valueOf(matcher.group(1)), Long.valueOf(matcher.group(2)));
    }
    return offsets;
  }
}
