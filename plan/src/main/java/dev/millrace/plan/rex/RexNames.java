package dev.millrace.plan.rex;

import com.fasterxml.jackson.databind.JsonNode;

/** How a plan names the functions that it calls. */
public final class RexNames {
  private static final String FIRST_VERSION = "$1";

  private RexNames() {}

  /**
   * The SQL name: {@code UPPER} for the internal name {@code $UPPER$1}. A later version of a
   * function keeps its number, because it behaves differently.
   */
  public static String function(JsonNode call) {
    if (call.has("internalName")) {
      String name = call.get("internalName").asText();
      int end = name.endsWith(FIRST_VERSION) ? name.length() - 2 : name.length();
      return name.substring(name.startsWith("$") ? 1 : 0, end);
    }
    if (call.has("catalogName")) {
      return call.get("catalogName").asText().replace("`", "");
    }
    return call.path("systemName")
        .asText(call.path("class").asText(call.path("sqlKind").asText("?")));
  }

  /** Whether the function is not one of Flink's own. */
  static boolean isUserFunction(JsonNode call) {
    return call.has("catalogName") || call.has("systemName") || call.has("class");
  }
}
