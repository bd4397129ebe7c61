package dev.millrace.plan.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.type.TypeReader;

/**
 * A node of a compiled plan.
 *
 * @param id unique within the plan
 * @param type what it does, without the version: {@code stream-exec-calc}
 * @param version of the type
 * @param json all that the plan says about it
 */
public record PlanNode(int id, String type, int version, JsonNode json) {
  static PlanNode read(JsonNode json) {
    String type = json.path("type").asText();
    int end = type.lastIndexOf('_');
    int version = end < 0 ? 1 : Integer.parseInt(type.substring(end + 1));
    return new PlanNode(
        json.path("id").intValue(), end < 0 ? type : type.substring(0, end), version, json);
  }

  /** One line that says all about it, as Flink's EXPLAIN does: {@code Calc(select=[id])}. */
  public String description() {
    return json.path("description").asText();
  }

  /** The ROW that it produces. */
  public DataType outputType() {
    return TypeReader.read(json.get("outputType"));
  }

  /** An attribute; a missing node when there is none. */
  public JsonNode get(String name) {
    return json.path(name);
  }

  /** An option that the plan has fixed for this node, or the default. */
  public String option(String name, String defaultValue) {
    return json.path("configuration").path(name).asText(defaultValue);
  }

  /** How input rows must be distributed; a missing node when the plan does not say. */
  public JsonNode requiredDistribution(int input) {
    JsonNode properties = json.path("inputProperties").path(input);
    return properties.isMissingNode()
        ? MissingNode.getInstance()
        : properties.path("requiredDistribution");
  }
}
