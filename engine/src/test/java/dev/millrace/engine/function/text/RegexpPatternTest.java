package dev.millrace.engine.function.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.BytesVector;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexpPatternTest {
  private static final String[] PATTERN_PIECES = {
    "a",
    "b",
    "ab",
    "é",
    "(",
    ")",
    "(a|b)",
    "(&|^)",
    "(?:",
    "(?i)",
    "|",
    "[ab]",
    "[^a]",
    "[a&&b]",
    ".",
    "?",
    "*",
    "+",
    "{2}",
    "{1,}",
    "^",
    "$",
    "\\.",
    "\\d",
    "\\b",
    "\\|",
    "\\Qa|\\E",
    "(?<=a)",
    "(?=b)",
    "\\G",
    "\\1",
    "&"
  };
  private static final String[] TEXT_PIECES = {
    "a", "b", "ab", "aba", "&", ".", "1", "|", "é", "\uD83D\uDE00"
  };

  /** Compared with Java's matcher on the whole text, for patterns that make sense or not. */
  @Test
  void findsWhatJavaFinds() {
    long seed = Long.getLong("regexp.seed", 5);
    Random random = new Random(seed);
    int guarded = 0;
    for (int n = 0; n < 60_000; n++) {
      String pattern = random(random, PATTERN_PIECES);
      Pattern java;
      try {
        java = Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        continue;
      }
      guarded += RequiredText.of(pattern) == null ? 0 : 1;
      RegexpPattern ours = new RegexpPattern(pattern);
      for (int i = 0; i < 5; i++) {
        String text = random(random, TEXT_PIECES);
        Matcher expected = java.matcher(text);
        boolean found = expected.find();
        String what = "'%s' in '%s', seed %d".formatted(pattern, text, seed);
        assertThat(ours.find(column(text), 1)).as(what).isEqualTo(found);
        for (int group = 0; found && group <= expected.groupCount(); group++) {
          assertThat(ours.hasGroup(group)).as(what).isEqualTo(expected.start(group) >= 0);
          assertThat(ours.matcher().start(group)).as(what).isEqualTo(expected.start(group));
          assertThat(ours.matcher().end(group)).as(what).isEqualTo(expected.end(group));
        }
      }
    }
    assertThat(guarded).isGreaterThan(1000);
  }

  private static String random(Random random, String[] pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(9); i > 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }

  /** A column that has the text at its second row, in the middle of its heap. */
  private static BytesVector column(String text) {
    BytesBuilder builder = new BytesBuilder(new ByteHeap());
    builder.append("abab&ab");
    builder.append(text);
    builder.append("ab");
    return builder.build();
  }

  @ParameterizedTest
  @CsvSource({
    "(&|^)channel_id=([^&]*),channel_id=,1",
    "https?://,http,0",
    "[ab]?x\\.y=,x.y=,1",
    "a+bcd,,",
    "ab|cd,,",
    "(ab|cd)ef,ef,2",
    "(ab|cd?)+ef,,",
    "(?i)ab,,",
    "a,,",
  })
  void knowsWhatAllMatchesContain(String pattern, String text, Integer lead) {
    RequiredText expected = text == null ? null : new RequiredText(text, lead);
    assertThat(RequiredText.of(pattern)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "(", "(ab", "a{2", "\\", "[a", "[^"})
  void analysesPatternsThatEndTooSoon(String pattern) {
    assertThat(RequiredText.of(pattern)).isNull();
  }
}
