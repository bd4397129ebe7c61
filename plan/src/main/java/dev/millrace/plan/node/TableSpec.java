package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Options;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.plan.type.TypeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A catalog table as a scan or sink of a plan describes it.
 *
 * @param fullName with catalog and database, as Flink prints it
 * @param name without them
 * @param physical a ROW of the physical columns, in the schema's order
 * @param primaryKey positions of the key's columns in {@code physical}
 * @param refused clauses of the table that cannot be honoured
 */
record TableSpec(
    String fullName,
    String name,
    DataType physical,
    int[] primaryKey,
    Options options,
    List<String> refused) {

  static TableSpec read(JsonNode table) {
    List<String> path = identifierParts(table.path("identifier").asText("anonymous"));
    String fullName = String.join(".", path);
    JsonNode resolved = table.path("resolvedTable");
    if (!resolved.has("schema") || !resolved.has("options")) {
      throw MillraceException.usage(
          "The plan does not hold the definition of table '%s'. Compile it with 'table.plan.compile.catalog-objects' = 'ALL'."
              .formatted(fullName));
    }
    String name = path.get(path.size() - 1);
    DataType physical = physical(resolved.path("schema").path("columns"));
    return new TableSpec(
        fullName,
        name,
        physical,
        positions(resolved.path("schema").path("primaryKey").path("columns"), physical),
        options(name, resolved.path("options")),
        refused(resolved));
  }

  private static List<String> refused(JsonNode resolved) {
    List<String> clauses = new ArrayList<>();
    if (!resolved.path("partitionKeys").isEmpty()) {
      clauses.add("the clause PARTITIONED BY");
    }
    if (!resolved.path("distribution").isEmpty()) {
      clauses.add("the clause DISTRIBUTED BY");
    }
    return clauses;
  }

  /** Columns without a kind are physical; metadata and computed columns say what they are. */
  private static DataType physical(JsonNode columns) {
    List<Field> fields = new ArrayList<>();
    for (JsonNode column : columns) {
      if (column.path("kind").asText("PHYSICAL").equals("PHYSICAL")) {
        fields.add(new Field(column.get("name").asText(), TypeReader.read(column.get("dataType"))));
      }
    }
    return DataType.row(fields);
  }

  private static int[] positions(JsonNode names, DataType row) {
    int[] positions = new int[names.size()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = row.indexOf(names.get(i).asText());
    }
    return positions;
  }

  private static Options options(String name, JsonNode json) {
    Map<String, String> options = new TreeMap<>();
    json.properties().forEach(option -> options.put(option.getKey(), option.getValue().asText()));
    return new Options("table '" + name + "'", options);
  }

  /** The parts of {@code `catalog`.`database`.`table`}; a doubled quote stands for one. */
  private static List<String> identifierParts(String identifier) {
    if (!identifier.startsWith("`")) {
      return List.of(identifier);
    }
    List<String> parts = new ArrayList<>();
    for (String part : identifier.substring(1, identifier.length() - 1).split("`\\.`", -1)) {
      parts.add(part.replace("``", "`"));
    }
    return parts;
  }

  /** How messages call it. */
  String owner() {
    return options.owner();
  }
}
