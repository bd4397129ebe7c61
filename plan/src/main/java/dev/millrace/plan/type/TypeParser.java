package dev.millrace.plan.type;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses the notation of a type as one text, for example {@code ROW<`a` INT NOT NULL, `b`
 * CHAR(3)>}.
 *
 * <p>Recursive descent over characters. The grammar is that of Flink's serializable type strings:
 * upper-case keywords, back-quoted field names, single-quoted comments and class names.
 */
final class TypeParser {
  private final String text;
  private int at;

  private TypeParser(String text) {
    this.text = text;
  }

  static DataType parse(String text) {
    TypeParser parser = new TypeParser(text);
    DataType type = parser.type();
    parser.skipSpaces();
    if (parser.at < text.length()) {
      throw parser.unreadable("the end");
    }
    return type;
  }

  private DataType type() {
    DataType type = family();
    if (acceptWord("NOT")) {
      expectWord("NULL");
      return type.withNullable(false);
    }
    return type;
  }

  private DataType family() {
    skipSpaces();
    int start = at;
    String word = word();
    return switch (word) {
      case "CHAR" -> DataType.of(TypeRoot.CHAR, parameter(1));
      case "VARCHAR" -> DataType.of(TypeRoot.VARCHAR, parameter(1));
      case "STRING" -> DataType.string();
      case "BINARY" -> DataType.of(TypeRoot.BINARY, parameter(1));
      case "VARBINARY" -> DataType.of(TypeRoot.VARBINARY, parameter(1));
      case "BYTES" -> DataType.bytes();
      case "BOOLEAN", "TINYINT", "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE", "DATE", "NULL" ->
          DataType.of(TypeRoot.valueOf(word));
      case "DECIMAL" -> decimal();
      case "TIME" -> DataType.of(TypeRoot.TIME, parameter(0));
      case "TIMESTAMP" -> timestamp();
      case "TIMESTAMP_LTZ" -> DataType.of(TypeRoot.TIMESTAMP_LTZ, parameter(6));
      case "INTERVAL" -> interval();
      case "ARRAY" -> DataType.array(onlyChild());
      case "MULTISET" -> DataType.multiset(onlyChild());
      case "MAP" -> map();
      case "ROW" -> row();
      case "STRUCTURED" -> structured();
      case "RAW" -> raw(start);
      case "DESCRIPTOR", "VARIANT", "BITMAP", "GEOGRAPHY", "SYMBOL" -> DataType.raw(word);
      default -> throw unreadable("a type");
    };
  }

  private DataType decimal() {
    int precision = 10;
    int scale = 0;
    if (accept('(')) {
      precision = number();
      scale = accept(',') ? number() : 0;
      expect(')');
    }
    return DataType.decimal(precision, scale);
  }

  private DataType timestamp() {
    int precision = parameter(6);
    if (!acceptWord("WITH")) {
      return DataType.of(TypeRoot.TIMESTAMP, precision);
    }
    if (acceptWord("LOCAL")) {
      expectWord("TIME");
      expectWord("ZONE");
      return DataType.of(TypeRoot.TIMESTAMP_LTZ, precision);
    }
    expectWord("TIME");
    expectWord("ZONE");
    return DataType.raw("TIMESTAMP(" + precision + ") WITH TIME ZONE");
  }

  /** Every resolution is kept in months or in milliseconds; which one, the first unit says. */
  private DataType interval() {
    String first = word();
    int precision = parameter(0);
    String last = first;
    if (acceptWord("TO")) {
      last = word();
      precision = parameter(0);
    }
    return switch (first) {
      case "YEAR", "MONTH" -> DataType.of(TypeRoot.INTERVAL_YEAR_MONTH);
      case "DAY", "HOUR", "MINUTE", "SECOND" ->
          DataType.of(TypeRoot.INTERVAL_DAY_TIME, last.equals("SECOND") ? precision : 0);
      default -> throw unreadable("an interval's unit");
    };
  }

  private DataType onlyChild() {
    expect('<');
    DataType child = type();
    expect('>');
    return child;
  }

  private DataType map() {
    expect('<');
    DataType key = type();
    expect(',');
    DataType value = type();
    expect('>');
    return DataType.map(key, value);
  }

  private DataType row() {
    List<Field> fields = new ArrayList<>();
    expect('<');
    if (accept('>')) {
      return DataType.row(fields);
    }
    fields(fields);
    return DataType.row(fields);
  }

  /** An inline structured type lies in memory like a ROW of its attributes. */
  private DataType structured() {
    List<Field> fields = new ArrayList<>();
    expect('<');
    quoted('\'');
    if (accept(',')) {
      fields(fields);
    } else {
      expect('>');
    }
    return DataType.row(fields);
  }

  private void fields(List<Field> fields) {
    do {
      String name = quoted('`');
      fields.add(new Field(name, type()));
      if (peek() == '\'') {
        quoted('\''); // a comment
      }
    } while (accept(','));
    expect('>');
  }

  private DataType raw(int start) {
    expect('(');
    quoted('\'');
    expect(',');
    quoted('\'');
    expect(')');
    return DataType.raw(text.substring(start, at));
  }

  private int parameter(int missing) {
    if (!accept('(')) {
      return missing;
    }
    int value = number();
    expect(')');
    return value;
  }

  private int number() {
    skipSpaces();
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (start == at) {
      throw unreadable("a number");
    }
    return Integer.parseInt(text.substring(start, at));
  }

  private String word() {
    skipSpaces();
    int start = at;
    while (at < text.length() && (Character.isLetter(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean acceptWord(String expected) {
    int before = at;
    if (word().equals(expected)) {
      return true;
    }
    at = before;
    return false;
  }

  private void expectWord(String expected) {
    if (!acceptWord(expected)) {
      throw unreadable(expected);
    }
  }

  /** A quoted text, in which a doubled quote stands for one. */
  private String quoted(char quote) {
    expect(quote);
    StringBuilder content = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != quote) {
        content.append(c);
      } else if (at < text.length() && text.charAt(at) == quote) {
        content.append(quote);
        at++;
      } else {
        return content.toString();
      }
    }
    throw unreadable("the closing " + quote);
  }

  private char peek() {
    skipSpaces();
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private boolean accept(char expected) {
    if (peek() == expected) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char expected) {
    if (!accept(expected)) {
      throw unreadable("'" + expected + "'");
    }
  }

  private void skipSpaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private MillraceException unreadable(String expected) {
    return MillraceException.usage(
        "The plan has the type '%s', which cannot be read: expected %s at character %d."
            .formatted(text, expected, at + 1));
  }
}
