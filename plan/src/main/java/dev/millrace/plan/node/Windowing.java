package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.operator.window.RowTime;
import dev.millrace.engine.operator.window.WindowProperty;
import dev.millrace.engine.operator.window.Windows;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.document.PlanSettings;
import dev.millrace.plan.rex.ColumnUses;
import dev.millrace.plan.type.TypeReader;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Which windows the rows of a node lie in ({@code windowing} of a plan node).
 *
 * @param json what the plan says
 */
record Windowing(JsonNode json) {
  static Windowing of(PlanNode node) {
    return new Windowing(node.get("windowing"));
  }

  /** Notes the columns that tell a row's window. */
  void addUses(ColumnUses input) {
    int column = column();
    if (column >= 0) {
      input.addColumn(column);
    }
    if (isAttachedSession()) {
      input.addColumn(startColumn());
    }
  }

  /** Whether rows lie in sessions that are yet to be found. */
  boolean isSession() {
    return isOfSessions() && !isAttached();
  }

  /** Whether rows come with the sessions that they lie in. */
  boolean isAttachedSession() {
    return isOfSessions() && isAttached();
  }

  private boolean isOfSessions() {
    return window().path("type").asText().equals("SessionWindow");
  }

  /** The column with the start of the window that a row comes with. */
  int startColumn() {
    return json.path("windowStart").intValue();
  }

  /** The columns whose values each have sessions of their own. */
  JsonNode sessionKey() {
    return window().path("partition_key_indices");
  }

  long gapMillis() {
    return millis(window(), "gap");
  }

  /** How time is cut into windows. */
  Windows windows() {
    if (isAttachedSession()) {
      return Windows.sessions();
    }
    JsonNode window = window();
    long offset = millis(window, "offset");
    String type = window.path("type").asText();
    Windows windows =
        switch (type) {
          case "TumblingWindow" -> Windows.tumble(millis(window, "size"), offset);
          case "HoppingWindow" ->
              Windows.hop(millis(window, "size"), millis(window, "slide"), offset);
          case "CumulativeWindow" ->
              Windows.cumulate(millis(window, "maxSize"), millis(window, "step"), offset);
          default ->
              throw new UnsupportedException(
                  "aggregation of rows that have windows of the type " + type);
        };
    return isAttached() ? windows.asAttached() : windows;
  }

  /** What tells a row's window, in batches of {@code input}. */
  RowTime time(Flow input, PlanSettings settings) {
    if (isAttached()) {
      ZoneId zone = zone(json.path("timeAttributeType"), settings);
      return new RowTime(RowTime.Kind.WINDOW_END, input.places()[column()], zone);
    }
    return rowTime(json.path("timeAttributeType"), column(), input, settings);
  }

  /** What tells a row's slice behind a local aggregate, which puts it after the key. */
  RowTime sliceEnd(int keyColumns, PlanSettings settings) {
    ZoneId zone = zone(json.path("timeAttributeType"), settings);
    return new RowTime(RowTime.Kind.SLICE_END, keyColumns, zone);
  }

  /** The time attribute of this type in a column of {@code input}. */
  static RowTime rowTime(JsonNode type, int column, Flow input, PlanSettings settings) {
    ZoneId zone = zone(type, settings);
    return isProcessingTime(type)
        ? new RowTime(RowTime.Kind.PROCESSING_TIME, -1, zone)
        : new RowTime(RowTime.Kind.ROW_TIME, input.places()[column], zone);
  }

  static boolean isProcessingTime(JsonNode type) {
    return type.path("kind").asText().equals("PROCTIME");
  }

  /** Whose local time windows are cut from. */
  private static ZoneId zone(JsonNode type, PlanSettings settings) {
    return switch (TypeReader.read(type).root()) {
      case TIMESTAMP_LTZ -> settings.zone();
      default -> ZoneOffset.UTC;
    };
  }

  private boolean isAttached() {
    return json.path("strategy").asText().equals("WindowAttached");
  }

  /** The input's column, -1 for none. */
  private int column() {
    boolean processingTime = isProcessingTime(json.path("timeAttributeType"));
    return switch (json.path("strategy").asText()) {
      case "TimeAttribute" -> processingTime ? -1 : json.path("timeAttributeIndex").intValue();
      case "WindowAttached" -> json.path("windowEnd").intValue();
      default ->
          throw new UnsupportedException("windows of the kind " + json.path("strategy").asText());
    };
  }

  private JsonNode window() {
    return json.path("window");
  }

  /** A duration such as {@code PT5S}; 0 if it is missing. */
  static long millis(JsonNode parent, String name) {
    return Duration.parse(parent.path(name).asText("PT0S")).toMillis();
  }

  /** What the node says of windows in its last columns. */
  static List<WindowProperty> properties(PlanNode node) {
    List<WindowProperty> properties = new ArrayList<>();
    for (JsonNode property : node.get("namedWindowProperties")) {
      String kind = property.path("property").path("kind").asText();
      properties.add(
          switch (kind) {
            case "WindowStart" -> WindowProperty.START;
            case "WindowEnd" -> WindowProperty.END;
            case "Rowtime", "Proctime" -> WindowProperty.TIME;
            default -> throw new UnsupportedException("the window property " + kind);
          });
    }
    return properties;
  }
}
