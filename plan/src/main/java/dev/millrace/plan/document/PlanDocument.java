package dev.millrace.plan.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A compiled plan as it is saved: Flink's JSON, and beside its keys one object of ours.
 *
 * <pre>{@code
 * {
 *   "flinkVersion" : "2.3",
 *   "nodes" : [ ... ], "edges" : [ ... ],
 *   "millrace" : {
 *     "formatVersion" : 1,
 *     "name" : "sensor",                                      the job's name
 *     "configuration" : { "table.local-time-zone" : "UTC" },  the session's options
 *     "places" : { "tables" : { ... }, "writers" : [ ... ] }, where it stands in the SQL
 *     "letterTable" : { "identifier" : "...", "resolvedTable" : { ... } }  if there is one
 *   }
 * }
 * }</pre>
 *
 * <p>Flink itself refuses keys that it does not know: {@link #flinkPlan} is the document without
 * ours. A plan that Flink saved gets an empty name and configuration.
 */
public final class PlanDocument {
  /** The version of Flink whose plans are understood. */
  public static final String FLINK_VERSION = "2.3";

  private static final int FORMAT_VERSION = 1;
  private static final String OURS = "millrace";
  private static final List<String> TABLE_ROLES = List.of("scanTableSource", "dynamicTableSink");
  private static final String COMPILE_AGAIN =
      " Compile it again from its SQL: millrace compile FILE.sql -o FILE.plan.json.";

  private final ObjectNode json;
  private final String name;
  private final Map<String, String> configuration;

  private final SqlPlaces places;

  /** A missing node if there is none. */
  private final JsonNode letterTable;

  private PlanDocument(
      ObjectNode json,
      String name,
      Map<String, String> configuration,
      SqlPlaces places,
      JsonNode letterTable) {
    this.json = json;
    this.name = name;
    this.configuration = Map.copyOf(configuration);
    this.places = places;
    this.letterTable = letterTable;
  }

  /** Adds a job's name, the session's options and the places to a plan that Flink compiled. */
  public static PlanDocument of(
      String flinkJson, String name, Map<String, String> configuration, SqlPlaces places) {
    ObjectNode json = parse(flinkJson, "The compiled plan").json;
    return new PlanDocument(json, name, configuration, places, MissingNode.getInstance());
  }

  /** The same with the dead-letter table, whose definition is Flink's JSON. */
  public PlanDocument withLetterTable(String identifier, String definition) {
    ObjectNode table = JsonNodeFactory.instance.objectNode().put("identifier", identifier);
    try {
      table.set("resolvedTable", JsonTree.parse(definition));
    } catch (IOException e) {
      throw new IllegalStateException("the definition of a table is not JSON", e);
    }
    return new PlanDocument(json, name, configuration, places, table);
  }

  /** Reads a saved plan; a user's error if there is none or it cannot be understood. */
  public static PlanDocument read(Path file) {
    try {
      return parse(Files.readString(file, StandardCharsets.UTF_8), "Plan file '" + file + "'");
    } catch (NoSuchFileException e) {
      throw MillraceException.usage("Plan file '" + file + "' does not exist.", e);
    } catch (IOException e) {
      throw MillraceException.usage(
          "Plan file '%s' cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  /** Reads the text of a plan; {@code origin} begins the messages of its errors. */
  public static PlanDocument parse(String text, String origin) {
    JsonNode tree;
    try {
      tree = JsonTree.parse(text);
    } catch (JsonProcessingException e) {
      throw MillraceException.usage(
          "%s is not valid JSON (line %d, column %d): it is damaged or no plan at all."
              .formatted(origin, e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
          e);
    } catch (IOException e) {
      throw MillraceException.usage(origin + " cannot be read: " + e.getMessage() + ".", e);
    }
    if (!(tree instanceof ObjectNode json) || !json.path("nodes").isArray()) {
      throw MillraceException.usage(origin + " is no compiled plan: it has no 'nodes'.");
    }
    checkVersions(json, origin);
    JsonNode ours = json.path(OURS);
    Map<String, String> configuration = new TreeMap<>();
    ours.path("configuration")
        .properties()
        .forEach(entry -> configuration.put(entry.getKey(), entry.getValue().asText()));
    return new PlanDocument(
        json,
        ours.path("name").asText(""),
        configuration,
        SqlPlaces.read(ours.path("places")),
        ours.path("letterTable"));
  }

  private static void checkVersions(ObjectNode json, String origin) {
    String flinkVersion = json.path("flinkVersion").asText("unknown");
    if (!flinkVersion.equals(FLINK_VERSION)) {
      throw MillraceException.usage(
          "%s was compiled by Flink %s; plans of Flink %s are understood."
                  .formatted(origin, flinkVersion, FLINK_VERSION)
              + COMPILE_AGAIN);
    }
    int format = json.path(OURS).path("formatVersion").asInt(FORMAT_VERSION);
    if (format != FORMAT_VERSION) {
      throw MillraceException.usage(
          "%s has the format version %d; this program understands version %d."
                  .formatted(origin, format, FORMAT_VERSION)
              + COMPILE_AGAIN);
    }
  }

  /** The job's name, or "" when the plan has none. */
  public String name() {
    return name;
  }

  /** The options of the session that the plan was compiled in. */
  public Map<String, String> configuration() {
    return configuration;
  }

  public CompiledPlan plan() {
    return new CompiledPlan(json, places, letterTable);
  }

  /** The plan with {@code resolve} applied to every value of the tables' options. */
  public CompiledPlan plan(UnaryOperator<String> resolve) {
    ObjectNode resolved = json.deepCopy();
    for (JsonNode node : resolved.path("nodes")) {
      for (String role : TABLE_ROLES) {
        resolve(node.path(role).path("table"), resolve);
      }
    }
    JsonNode letters = letterTable.deepCopy();
    resolve(letters, resolve);
    return new CompiledPlan(resolved, places, letters);
  }

  private static void resolve(JsonNode table, UnaryOperator<String> resolve) {
    JsonNode options = table.path("resolvedTable").path("options");
    options
        .properties()
        .forEach(
            option ->
                ((ObjectNode) options)
                    .put(option.getKey(), resolve.apply(option.getValue().asText())));
  }

  /** Flink's part alone, for Flink to load. */
  public String flinkPlan() {
    return indented(flinkPart());
  }

  /** The document as text, indented; {@link #parse} reads it. */
  public String write() {
    ObjectNode ours = JsonNodeFactory.instance.objectNode();
    ours.put("formatVersion", FORMAT_VERSION).put("name", name);
    ObjectNode options = ours.putObject("configuration");
    new TreeMap<>(configuration).forEach(options::put);
    ours.set("places", places.write());
    if (!letterTable.isMissingNode()) {
      ours.set("letterTable", letterTable);
    }
    ObjectNode whole = flinkPart();
    whole.set(OURS, ours);
    return indented(whole) + "\n";
  }

  private ObjectNode flinkPart() {
    ObjectNode part = JsonNodeFactory.instance.objectNode();
    part.setAll(json);
    part.remove(OURS);
    return part;
  }

  private static String indented(ObjectNode tree) {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes cannot be written", e);
    }
  }
}
