package dev.millrace.plan.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a type of a compiled plan: a text such as {@code BIGINT NOT NULL}, or an object where a
 * text does not suffice (time attributes, empty strings, user-defined types).
 *
 * <p>Time attributes become plain timestamps, distinct types their source type, structured types a
 * ROW; what SQL cannot look into becomes {@link TypeRoot#RAW}.
 */
public final class TypeReader {
  private TypeReader() {}

  /** {@code json} may be null where the plan has no type: a user's error, as any damage is. */
  public static DataType read(JsonNode json) {
    if (json == null) {
      throw MillraceException.usage("The plan is damaged: a type is missing.");
    }
    if (json.isTextual()) {
      return TypeParser.parse(json.textValue());
    }
    if (json.has("logicalType")) {
      return read(json.get("logicalType"));
    }
    return family(json).withNullable(json.path("nullable").asBoolean(true));
  }

  private static DataType family(JsonNode json) {
    String root = json.path("type").asText();
    return switch (root) {
      case "CHAR", "VARCHAR", "BINARY", "VARBINARY" ->
          DataType.of(TypeRoot.valueOf(root), json.path("length").asInt());
      case "TIMESTAMP_WITHOUT_TIME_ZONE" ->
          DataType.of(TypeRoot.TIMESTAMP, json.path("precision").asInt());
      case "TIMESTAMP_WITH_LOCAL_TIME_ZONE" ->
          DataType.of(TypeRoot.TIMESTAMP_LTZ, json.path("precision").asInt());
      case "TIMESTAMP_WITH_TIME_ZONE" ->
          DataType.raw("TIMESTAMP(" + json.path("precision").asInt() + ") WITH TIME ZONE");
      case "ARRAY" -> DataType.array(read(json.get("elementType")));
      case "MULTISET" -> DataType.multiset(read(json.get("elementType")));
      case "MAP" -> DataType.map(read(json.get("keyType")), read(json.get("valueType")));
      case "ROW" -> DataType.row(fields(json.get("fields"), "fieldType"));
      case "STRUCTURED_TYPE" -> DataType.row(fields(json.get("attributes"), "attributeType"));
      case "DISTINCT_TYPE" -> read(json.get("sourceType"));
      case "RAW" -> DataType.raw("RAW('" + json.path("class").asText() + "')");
      case "SYMBOL", "VARIANT" -> DataType.raw(root);
      default ->
          throw MillraceException.usage("The plan has a type that cannot be read: " + json + ".");
    };
  }

  private static List<Field> fields(JsonNode json, String typeKey) {
    List<Field> fields = new ArrayList<>(json.size());
    for (JsonNode field : json) {
      fields.add(new Field(field.get("name").asText(), read(field.get(typeKey))));
    }
    return fields;
  }
}
