package dev.millrace.conformance.kernel;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** String functions. Flink's depend on the machine's locale, so these run in the neutral one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextKernelsTest extends KernelTests {
  private static final Object[] POSITIONS = {0, 1, 2, 3, 5, -1, -2, -5};

  private Locale machine;

  @BeforeAll
  void setNeutralLocale() {
    machine = Locale.getDefault();
    Locale.setDefault(Locale.ROOT);
  }

  @AfterAll
  void restoreLocale() {
    Locale.setDefault(machine);
  }

  @Override
  void expressions() {
    letters();
    trimming();
    ranges();
    joining();
    searching();
    splitting();
    rewriting();
    like();
    similar();
    regularExpressions();
    encodings();
    parsing();
  }

  private void letters() {
    for (String function : List.of("UPPER", "LOWER", "INITCAP", "REVERSE", "CHAR_LENGTH")) {
      check(function + "(s)", text("s", "straße ǆ ﬁ", "x1 yZ-aB", "ABC def"));
      check(function + "(s)", column("s", character(5)));
      check(function + "(s)", column("s", notNull(varchar(3))));
    }
    check("CHARACTER_LENGTH(s)", text("s"));
    check("ASCII(s)", text("s"));
  }

  private void trimming() {
    Column text = text("s", "xxaxx", "xyxaxyx", "éaé", "  a ", "日本日", "x", "xyz");
    check("TRIM(s)", text);
    check("TRIM(s)", column("s", character(7), "  a    "));
    for (String flag : List.of("BOTH", "LEADING", "TRAILING")) {
      check("TRIM(" + flag + " FROM s)", text);
      check("TRIM(" + flag + " 'x' FROM s)", text);
      check("TRIM(" + flag + " 'yéx日' FROM s)", text);
      check("TRIM(" + flag + " t FROM s)", text, text("t", "x", "yx", "é", " ", "日本"));
    }
    for (String function : List.of("LTRIM", "RTRIM", "BTRIM")) {
      check(function + "(s)", text);
      check(function + "(s, 'xy')", text);
      check(function + "(s, t)", text, text("t", "x", "yx", "é", " ", "日本"));
    }
  }

  private void ranges() {
    Column text = text("s", "abcdef", "a\uD83D\uDE00bc", "日本語テキスト");
    Column from = column("i", INT, POSITIONS);
    Column length = column("n", INT, POSITIONS);
    check("SUBSTRING(s FROM 2 FOR 3)", text);
    check("SUBSTRING(s FROM -2)", text);
    check("SUBSTRING(s, i)", text, from);
    check("SUBSTRING(s, i, n)", text, from, length);
    check("SUBSTR(s, i, n)", text, from, length);
    check("SUBSTR(s, i, n)", text, column("i", TINYINT), column("n", SMALLINT));
    check("SUBSTR(s, 0, 2)", column("s", character(4)));
    check("LEFT(s, n)", text, length);
    check("RIGHT(s, n)", text, length);
    check("LEFT(s, 2) || RIGHT(s, 2)", text);
  }

  private void joining() {
    check("s || t", text("s"), text("t"));
    check("s || '-' || t", text("s"), column("t", notNull(STRING)));
    check("CONCAT(s, t, u)", text("s"), text("t"), text("u"));
    check("CONCAT(s)", text("s"));
    check("CONCAT_WS(',', s, t)", text("s"), text("t"));
    check("CONCAT_WS(s, t, 'x', u)", text("s"), text("t"), text("u"));
  }

  private void searching() {
    Column text = text("s", "banana", "ab日cab日", "a\uD83D\uDE00a\uD83D\uDE00");
    Column word = text("w", "an", "a", "", "日", "\uD83D\uDE00", "ana");
    Column from = column("i", INT, POSITIONS);
    check("POSITION(w IN s)", text, word);
    check("POSITION('a' IN s)", text);
    check("POSITION(w IN s FROM i)", text, word, from);
    check("LOCATE(w, s)", text, word);
    check("LOCATE(w, s, i)", text, word, from);
    check("INSTR(s, w)", text, word);
    check("INSTR(s, w, i)", text, word, column("i", notNull(SMALLINT)));
    check("INSTR(s, w, 1, n)", text, word, column("n", INT, POSITIONS));
    check("INSTR(s, w, -1, 2)", text, word);
    check("STARTSWITH(s, w)", text, word);
    check("ENDSWITH(s, w)", text, word);
    check("ENDSWITH(s, 'na')", text);
    check("STARTSWITH(s, w)", column("s", BYTES), column("w", BYTES));
    check("ENDSWITH(s, w)", column("s", BYTES), column("w", BYTES));
  }

  private void splitting() {
    Column text = text("s", ",", "a,b,,c,", "a b\t\u2003c", "a--b-", "xéy", "日,本,", " ");
    Column index = column("i", INT, 0, 1, 2, 3, -1);
    check("SPLIT_INDEX(s, ',', 1)", text);
    check("SPLIT_INDEX(s, ',', i)", text, index);
    check("SPLIT_INDEX(s, '', i)", text, index);
    check("SPLIT_INDEX(s, '--', i)", text, index);
    check("SPLIT_INDEX(s, t, i)", text, text("t", ",", "-", "é"), index);
    check("SPLIT_INDEX(s, 44, i)", text, index);
    check("SPLIT_INDEX(s, c, i)", text, column("c", INT, 44, 32, 233, 0, 256), index);
    check("SPLIT(s, ',')", text);
    check("SPLIT(s, '')", text);
    check("SPLIT(s, t)", text, text("t", ",", "-", "--"));
  }

  private void rewriting() {
    Column text = text("s", "banana", "ab日cab日", "a\uD83D\uDE00a\uD83D\uDE00");
    Column word = text("w", "an", "a", "", "日", "\uD83D\uDE00", "ana");
    Column length = column("n", INT, POSITIONS);
    check("REPLACE(s, 'a', 'xyz')", text);
    check("REPLACE(s, w, r)", text, word, text("r"));
    check("LPAD(s, 5, 'xy')", text);
    check("RPAD(s, 5, '日\uD83D\uDE00')", text);
    Column padded = column("n", INT, 0, 1, 4, 9, -3);
    check("LPAD(s, MOD(n, 50), w)", text, padded, word);
    check("RPAD(s, MOD(n, 50), w)", text, padded, word);
    check("REPEAT(s, 3)", text);
    check("REPEAT(s, MOD(n, 20))", text, length);
    check("OVERLAY(s PLACING w FROM n)", text, word, length);
    check("OVERLAY(s PLACING w FROM i FOR n)", text, word, column("i", BIGINT, 1L, 2L), length);
  }

  private void like() {
    Column text = text("s", "abc", "ab", "a%c", "a\nc", "axbxc", "a_c", "日本", "ab\u2028c");
    for (String pattern :
        List.of(
            "", "%", "%%", "abc", "a%", "%c", "%b%", "a%c", "a_c", "_b_", "%b_", "__", "%a%b%c%",
            "日_", "%_", "_%", "a%%c", "ab%b%", "a%_%c", "%.%")) {
      check("s LIKE '" + pattern + "'", text);
      check("s NOT LIKE '" + pattern + "'", text);
    }
    for (String pattern : List.of("a$%c", "a$_%", "$$%", "%$%", "$_", "a$%%", "_$__")) {
      check("s LIKE '" + pattern + "' ESCAPE '$'", text);
    }
    check("s LIKE t", text, text("t", "a%", "_b%", "%b%", "a_c", "%c"));
    check("s LIKE t ESCAPE '\\'", text, text("t", "a\\%c", "a\\_%", "a\\", "\\\\%", "a\\b"));
    check("s LIKE 'a%'", column("s", character(5), "abc  "));
    checkWhere("s", "s LIKE '%a%'", text);
  }

  private void similar() {
    Column text = text("s", "abc", "aab", "a.c", "b1", "Ab", "$", "a b");
    for (String pattern :
        List.of(
            "a+b",
            "(a|b)%",
            "_b_",
            "[a-b]+[[:DIGIT:]]*",
            "[^a]%",
            "a.c",
            "[[:ALPHA:]]+",
            "$",
            "%b")) {
      check("s SIMILAR TO '" + pattern + "'", text);
      check("s NOT SIMILAR TO '" + pattern + "'", text);
    }
    check("s SIMILAR TO 'a#_b#%' ESCAPE '#'", text);
    check("s SIMILAR TO t", text, text("t", "a+%", "[", "a]", "(", "[[:digit:]]%", "[(]"));
    check("s SIMILAR TO t ESCAPE '#'", text, text("t", "a#", "#a", "#%", "[#-]%", "##"));
  }

  private void regularExpressions() {
    Column text = text("s", "foo123bar", "x=1;y=22", "日本42語", "\uD83D\uDE0042", "a\nb");
    Column pattern = text("p", "[a-z]+", "(\\d+)", "(", "", ".", "(x)?y", "^.*$");
    check("REGEXP(s, '\\d+')", text);
    check("REGEXP(s, p)", text, pattern);
    check("REGEXP(s, '(')", text);
    check("REGEXP_EXTRACT(s, '([a-z]+)(\\d+)', 2)", text);
    check("REGEXP_EXTRACT(s, '\\d+')", text);
    check("REGEXP_EXTRACT(s, '(x)?.', 1)", text);
    check("REGEXP_EXTRACT(s, p, i)", text, pattern, column("i", INT, 0, 1, 2, -1));
    check("REGEXP_EXTRACT(s, p, i)", text, pattern, column("i", BIGINT, 0L, 1L, 4294967296L));
    check("REGEXP_REPLACE(s, '[0-9]', '$1\\')", text);
    check("REGEXP_REPLACE(s, p, r)", text, pattern, text("r", "$1", "-"));
  }

  private void encodings() {
    check("CHR(i)", column("i", INT, 65, 0, 233, 321, -1, 256));
    check("CHR(i)", column("i", BIGINT, 65L, 0L, 233L, -1L));
    check("TO_BASE64(s)", text("s"));
    check("TO_BASE64(s)", column("s", BYTES));
    check("FROM_BASE64(s)", text("s", "YWJj", "5pel", "YQ==", "====", "YQ"));
    check("FROM_BASE64(TO_BASE64(s))", text("s"));
    for (String function : List.of("MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512")) {
      check(function + "(s)", text("s"));
    }
    check("SHA2(s, 512)", text("s"));
    check("SHA2(s, b)", text("s"), column("b", INT, 224, 256, 384, 512));
    byte[] utf8 = "日".getBytes(StandardCharsets.UTF_8);
    check("MD5(FROM_BASE64(TO_BASE64(b)))", column("b", BYTES, utf8));
  }

  private void parsing() {
    check("STR_TO_MAP(s)", text("s", "a=1,b=2", "a,b=,=c", "k=v=w,k=x", ",,", "a=1,"));
    check("STR_TO_MAP(s, ';', ':')", text("s", "a:1;b:2", "a;b:;:c", "k:v:w"));
    check("STR_TO_MAP(s, t, '=')", text("s", "a=1|b=2", "a1b2"), text("t", "|", "\\|", "(", "\\d"));
    Column url =
        text(
            "u",
            "http://user:pw@example.com:80/a/b.html?q=1&r=x%20y#frag",
            "https://example.com",
            "ftp://h/p?k",
            "example.com/x",
            "http://h/?a=1&ab=2&a=3");
    for (String part :
        List.of("HOST", "PATH", "QUERY", "REF", "PROTOCOL", "FILE", "AUTHORITY", "USERINFO", "x")) {
      check("PARSE_URL(u, '" + part + "')", url);
    }
    check("PARSE_URL(u, 'QUERY', k)", url, text("k", "q", "a", "ab", "k", "."));
    check("PARSE_URL(u, 'HOST', k)", url, text("k", "q"));
  }

  private static Column text(String name, Object... examples) {
    return column(name, STRING, examples);
  }
}
