package dev.millrace.flink.compiler;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A class on the class path that was compiled ahead; the source it was made of lies beside it. */
final class ReadyClass {
  private static final Pattern HEAD =
      Pattern.compile("^package ([\\w.]+);\\s+public final class (\\w+)", Pattern.MULTILINE);

  private ReadyClass() {}

  /** The full name of the class that a source declares; empty if it does not begin like ours. */
  static String nameIn(String source) {
    Matcher head = HEAD.matcher(source);
    return head.find() ? head.group(1) + "." + head.group(2) : "";
  }

  /** Where a class's source lies. */
  static String sourcePath(String name) {
    return name.replace('.', '/') + ".java";
  }

  /** Whether the loader has the class ready, made of this very source. */
  static boolean isMadeOf(String source, String name, ClassLoader loader) throws IOException {
    try (InputStream ready = loader.getResourceAsStream(sourcePath(name))) {
      return ready != null
          && source.equals(new String(ready.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
