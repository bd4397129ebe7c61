package dev.millrace.flink.script;

/** A piece of a script between blanks and comments: {@code text[start, end)}. */
record Token(Kind kind, int start, int end) {
  enum Kind {
    /** A keyword, name or number. */
    WORD,
    /** Characters in single quotes, quotes included. */
    STRING,
    /** A name in double quotes or backticks, quotes included. */
    NAME,
    SEMICOLON,
    /** Any other character. */
    SYMBOL
  }

  boolean isWord(String script, String keyword) {
    return kind == Kind.WORD
        && end - start == keyword.length()
        && script.regionMatches(true, start, keyword, 0, keyword.length());
  }
}
