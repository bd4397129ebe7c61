package dev.millrace.conformance.program;

import java.util.List;
import java.util.regex.Pattern;

/** Why programs are not native, without what differs from program to program. */
final class Reasons {
  private static final Pattern PLACE = Pattern.compile("script:\\d+:\\d+: ");
  private static final Pattern NODE = Pattern.compile("(:| in) [A-Z]\\w+\\(.*$", Pattern.DOTALL);
  private static final Pattern TABLE = Pattern.compile(" of table '[^']*'");

  private Reasons() {}

  static List<String> shortened(List<String> reasons) {
    return reasons.stream().map(Reasons::shortened).distinct().toList();
  }

  private static String shortened(String reason) {
    String rest = PLACE.matcher(reason).replaceFirst("");
    return TABLE.matcher(NODE.matcher(rest).replaceFirst("")).replaceAll("");
  }
}
