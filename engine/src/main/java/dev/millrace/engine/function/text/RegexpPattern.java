package dev.millrace.engine.function.text;

import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java regular expression that searches UTF-8 text. Not thread-safe.
 *
 * <p>If all matches contain a certain text, that is searched first, as bytes: where it is missing
 * there is no match, and where it is found no match begins long before.
 */
final class RegexpPattern {
  private final Matcher matcher;
  private final byte[] required;
  private final int lead;

  /** Throws {@link java.util.regex.PatternSyntaxException}. */
  RegexpPattern(String pattern) {
    // The search begins within the text, but sees what stands before.
    matcher =
        Pattern.compile(pattern).matcher("").useTransparentBounds(true).useAnchoringBounds(false);
    RequiredText known = RequiredText.of(pattern);
    required = known == null ? null : known.text().getBytes(StandardCharsets.US_ASCII);
    lead = known == null ? 0 : known.lead();
  }

  /** Finds the first match in a row's text; {@link #matcher} then tells more of it. */
  boolean find(BytesVector texts, int row) {
    if (required == null) {
      return matcher.reset(texts.string(row)).find();
    }
    byte[] data = texts.data();
    int start = texts.starts()[row];
    int length = texts.lengths()[row];
    int place = Utf8.indexOf(data, start, start + length, required, 0, required.length);
    if (place < 0) {
      return false;
    }
    String text = texts.string(row);
    matcher.reset(text);
    if (text.length() == length) {
      matcher.region(Math.max(0, place - start - lead), length);
    }
    return matcher.find();
  }

  /** Whether the last match has a part for the group of this number. */
  boolean hasGroup(int group) {
    return group >= 0 && group <= matcher.groupCount() && matcher.start(group) >= 0;
  }

  /** The matcher that found the last match, in UTF-16 units. */
  Matcher matcher() {
    return matcher;
  }

  /** Replaces all matches in a row's text by another text, taken as it is. */
  String replaceAll(BytesVector texts, int row, String replacement) {
    return matcher.reset(texts.string(row)).replaceAll(Matcher.quoteReplacement(replacement));
  }
}
