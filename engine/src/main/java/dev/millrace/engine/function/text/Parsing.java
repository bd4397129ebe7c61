package dev.millrace.engine.function.text;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.MapBuilder;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Result;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** STR_TO_MAP and PARSE_URL. */
final class Parsing {
  private Parsing() {}

  /** STR_TO_MAP(text[, pair separator, key separator]), both regular expressions. */
  static Vector toMap(Vector[] arguments, Result result) {
    BytesVector text = (BytesVector) arguments[0];
    BytesVector pairs = arguments.length > 1 ? (BytesVector) arguments[1] : null;
    BytesVector keys = arguments.length > 2 ? (BytesVector) arguments[2] : null;
    ByteHeap heap = new ByteHeap();
    MapBuilder maps = new MapBuilder(new BytesBuilder(heap), new BytesBuilder(heap));
    for (int i = 0; i < result.count(); i++) {
      if (!result.isNull(i)) {
        try {
          appendEntries(
              maps,
              text.string(i),
              pairs == null ? "," : pairs.string(i),
              keys == null ? "=" : keys.string(i));
        } catch (PatternSyntaxException e) {
          result.fail(i, "STR_TO_MAP: invalid separator '" + e.getPattern() + "'", e);
        }
      }
      maps.endMap();
    }
    return maps.build().withNulls(result.nulls());
  }

  /** The entries come in the order that Flink's hash map gives them. */
  private static void appendEntries(
      MapBuilder to, String text, String pairSeparator, String keySeparator) {
    if (text.isEmpty()) {
      return;
    }
    Pattern keys = Pattern.compile(keySeparator);
    String[] pairs = Pattern.compile(pairSeparator).split(text, 0);
    Map<String, String> entries = new HashMap<>(capacity(pairs.length));
    for (String pair : pairs) {
      String[] entry = keys.split(pair, 2);
      entries.put(entry.length < 2 ? pair : entry[0], entry.length < 2 ? null : entry[1]);
    }
    entries.forEach(
        (key, value) -> {
          ((BytesBuilder) to.keys()).append(key);
          if (value == null) {
            to.values().appendNull();
          } else {
            ((BytesBuilder) to.values()).append(value);
          }
        });
  }

  private static int capacity(int expectedEntries) {
    return expectedEntries <= 2 ? expectedEntries + 1 : (int) (expectedEntries / 0.75f + 1.0f);
  }

  /** PARSE_URL(url, part[, key of the query]); null for what is malformed or not there. */
  static Vector url(Vector[] arguments, Result result) {
    BytesVector urls = (BytesVector) arguments[0];
    BytesVector parts = (BytesVector) arguments[1];
    BytesVector keys = arguments.length > 2 ? (BytesVector) arguments[2] : null;
    return TextResult.compute(
        result,
        i -> {
          String part = parts.string(i);
          if (keys == null) {
            return part(urls.string(i), part);
          }
          return part.equals("QUERY") ? parameter(urls.string(i), keys.string(i)) : null;
        });
  }

  private static String part(String text, String part) {
    URL url;
    try {
      url = new URL(text);
    } catch (MalformedURLException e) {
      return null;
    }
    return switch (part) {
      case "HOST" -> url.getHost();
      case "PATH" -> url.getPath();
      case "QUERY" -> url.getQuery();
      case "REF" -> url.getRef();
      case "PROTOCOL" -> url.getProtocol();
      case "FILE" -> url.getFile();
      case "AUTHORITY" -> url.getAuthority();
      case "USERINFO" -> url.getUserInfo();
      default -> null;
    };
  }

  private static String parameter(String url, String key) {
    String query = part(url, "QUERY");
    if (query == null) {
      return null;
    }
    Matcher matcher = Pattern.compile("(&|^)" + Pattern.quote(key) + "=([^&]*)").matcher(query);
    return matcher.find() ? matcher.group(2) : null;
  }
}
