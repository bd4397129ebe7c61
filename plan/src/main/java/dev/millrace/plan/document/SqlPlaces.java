package dev.millrace.plan.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where in a script stands what a plan was made of. A place is a text such as {@code job.sql:3:1}:
 * script, line and column.
 *
 * @param tables the statement that made a table, by the table's full name, {@code cat.db.table}
 * @param writers the statements that write, in the script's order
 */
public record SqlPlaces(Map<String, String> tables, List<Writer> writers) {
  /** Of a plan that was not made of a script. */
  public static final SqlPlaces NONE = new SqlPlaces(Map.of(), List.of());

  /**
   * A statement that writes to a table.
   *
   * @param table the table's full name
   * @param place where the statement begins
   * @param functions where each function is called first, by its name in upper case; also of the
   *     views that the statement may read
   */
  public record Writer(String table, String place, Map<String, String> functions) {}

  static SqlPlaces read(JsonNode json) {
    List<Writer> writers = new ArrayList<>();
    for (JsonNode writer : json.path("writers")) {
      writers.add(
          new Writer(
              writer.path("table").asText(),
              writer.path("place").asText(),
              texts(writer.path("functions"))));
    }
    return new SqlPlaces(texts(json.path("tables")), writers);
  }

  private static Map<String, String> texts(JsonNode json) {
    Map<String, String> texts = new TreeMap<>();
    json.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  ObjectNode write() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    put(tables, json.putObject("tables"));
    for (Writer writer : writers) {
      ObjectNode one = json.withArray("writers").addObject();
      one.put("table", writer.table()).put("place", writer.place());
      put(writer.functions(), one.putObject("functions"));
    }
    return json;
  }

  private static void put(Map<String, String> texts, ObjectNode json) {
    new TreeMap<>(texts).forEach(json::put);
  }
}
