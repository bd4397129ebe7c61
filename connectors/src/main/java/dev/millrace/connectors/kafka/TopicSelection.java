package dev.millrace.connectors.kafka;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Options;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The topics of a table: a list of names, or else a pattern that whole names must match. */
record TopicSelection(List<String> names, Pattern pattern) {
  static TopicSelection of(Options options) {
    List<String> names = options.get(KafkaOptions.TOPIC);
    String pattern = options.get(KafkaOptions.TOPIC_PATTERN);
    if (names.isEmpty() == (pattern == null)) {
      throw MillraceException.usage(
          "Give %s either the option 'topic' or 'topic-pattern'%s."
              .formatted(options.owner(), pattern == null ? "" : ", not both"));
    }
    return new TopicSelection(names, pattern == null ? null : compile(options, pattern));
  }

  private static Pattern compile(Options options, String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw MillraceException.usage(
          "Option 'topic-pattern' of %s is not a regular expression: %s in '%s'."
              .formatted(options.owner(), e.getDescription(), pattern),
          e);
    }
  }

  boolean isPattern() {
    return pattern != null;
  }

  boolean isSingle() {
    return names.size() == 1;
  }

  boolean contains(String topic) {
    return pattern == null ? names.contains(topic) : pattern.matcher(topic).matches();
  }

  @Override
  public String toString() {
    return pattern == null ? String.join(";", names) : pattern.pattern();
  }
}
