package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.dataflow.StateIdentity;
import dev.millrace.engine.text.ShortHash;
import dev.millrace.plan.document.CompiledPlan;
import dev.millrace.plan.document.PlanEdge;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the state of each node of a plan means: what it computes, over which columns of which
 * tables, whatever those are called on the way and wherever the node stands.
 *
 * <p>Columns are followed from the tables through the plan: a projected one stays what it is, a
 * computed one is its expression over what it is made of. A node that keeps something is its own
 * attributes, with column numbers replaced by what those columns are, and the nodes before it that
 * keep something: if one of those begins anew, so must it. A filter says which rows come, not what
 * is kept of them: conditions are followed separately.
 */
final class StateMeanings {
  /**
   * Rows between two nodes.
   *
   * @param rows what they are
   * @param columns what each column is
   * @param choice the conditions that they have passed
   */
  private record Stream(String rows, List<String> columns, String choice) {}

  private static final String SINK = "stream-exec-sink";

  /** What hands rows on as they are. */
  private static final Set<String> TRANSPARENT =
      Set.of(
          "stream-exec-exchange",
          "stream-exec-watermark-assigner",
          "stream-exec-mini-batch-assigner",
          "stream-exec-drop-update-before");

  /** Attributes of a node that say nothing of what it keeps. */
  private static final Set<String> IRRELEVANT =
      Set.of(
          "id",
          "description",
          "inputProperties",
          "outputType",
          "configuration",
          "state",
          "generateUpdateBefore",
          "namedWindowProperties",
          "localAggInputRowType");

  /** Attributes whose numbers are columns of the input. */
  private static final Set<String> COLUMNS =
      Set.of(
          "grouping",
          "argList",
          "filterArg",
          "leftKeys",
          "rightKeys",
          "leftUpsertKeys",
          "rightUpsertKeys",
          "fields",
          "index",
          "inputIndex",
          "timeAttributeIndex",
          "leftTimeIndex",
          "rightTimeIndex",
          "rowtimeFieldIndex",
          "primaryKeys",
          "uniqueKeys",
          "inputUpsertKey",
          "sliceEnd",
          "windowStart",
          "windowEnd");

  /** Options of a table that say where its rows are. */
  private static final List<String> LOCATION =
      List.of("connector", "topic", "topic-pattern", "path", "url", "table-name");

  private static final String ZONE = "table.local-time-zone";

  private final CompiledPlan plan;
  private final Map<Integer, ColumnUses> uses;
  private final Map<Integer, Stream> streams = new HashMap<>();
  private final Map<Integer, StateIdentity> identities = new HashMap<>();

  /** {@code uses} are those of each node's output. */
  StateMeanings(CompiledPlan plan, Map<Integer, ColumnUses> uses) {
    this.plan = plan;
    this.uses = uses;
    for (PlanNode node : plan.nodes()) {
      streams.put(node.id(), add(node, inputs(node)));
    }
  }

  private List<Stream> inputs(PlanNode node) {
    return plan.inputs(node).stream().map(edge -> streams.get(edge.source())).toList();
  }

  private Stream add(PlanNode node, List<Stream> inputs) {
    if (TRANSPARENT.contains(node.type())) {
      return inputs.get(0);
    }
    return switch (node.type()) {
      case "stream-exec-table-source-scan" -> scan(node);
      case "stream-exec-calc" -> calc(node, inputs.get(0));
      case "stream-exec-union" -> union(node, inputs);
      case SINK -> sink(node, inputs.get(0));
      default -> computed(node, inputs);
    };
  }

  private Stream scan(PlanNode node) {
    JsonNode source = node.get("scanTableSource");
    TableSpec table = TableSpec.read(source.path("table"));
    String rows = "table " + table.fullName();
    identities.put(
        node.id(), new StateIdentity(ShortHash.of(rows + location(table)), ShortHash.of("")));
    List<String> columns = new ArrayList<>();
    node.outputType().children().forEach(field -> columns.add(rows + "." + field.name()));
    StringBuilder choice = new StringBuilder();
    for (JsonNode ability : source.path("abilities")) {
      choice.append(ability.path("predicates")).append(ability.path("limit"));
    }
    return new Stream(rows, columns, choice.toString());
  }

  private static String location(TableSpec table) {
    StringBuilder location = new StringBuilder();
    for (String option : LOCATION) {
      String value = table.options().asMap().getOrDefault(option, "");
      // A folder is the same with and without.
      location.append(" ").append(value.replaceFirst("/+$", ""));
    }
    return location.toString();
  }

  private Stream calc(PlanNode node, Stream input) {
    List<String> columns = new ArrayList<>();
    for (JsonNode expression : node.get("projection")) {
      columns.add(
          expression.path("kind").asText().equals("INPUT_REF")
              ? input.columns().get(expression.path("inputIndex").intValue())
              : ShortHash.of(text(expression, "", input.columns(), List.of())));
    }
    JsonNode condition = node.get("condition");
    String choice =
        condition.isMissingNode() || condition.isNull()
            ? input.choice()
            : ShortHash.of(input.choice() + text(condition, "", input.columns(), List.of()));
    return new Stream(input.rows(), columns, choice);
  }

  private static Stream union(PlanNode node, List<Stream> inputs) {
    StringBuilder rows = new StringBuilder("union");
    StringBuilder choice = new StringBuilder();
    for (Stream input : inputs) {
      rows.append(" ").append(input.rows());
      choice.append(" ").append(input.choice());
    }
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < node.outputType().children().size(); i++) {
      StringBuilder column = new StringBuilder("union");
      for (Stream input : inputs) {
        column.append(" ").append(input.columns().get(i));
      }
      columns.add(ShortHash.of(column.toString()));
    }
    return new Stream(ShortHash.of(rows.toString()), columns, ShortHash.of(choice.toString()));
  }

  private Stream sink(PlanNode node, Stream input) {
    TableSpec table = sinkTable(node);
    identities.put(
        node.id(),
        new StateIdentity(
            ShortHash.of("sink " + table.fullName() + location(table)), ShortHash.of("")));
    return input;
  }

  private static TableSpec sinkTable(PlanNode sink) {
    return TableSpec.read(sink.get("dynamicTableSink").path("table"));
  }

  /** A node that is what it computes. */
  private Stream computed(PlanNode node, List<Stream> inputs) {
    StringBuilder meaning = new StringBuilder(text(attributes(node), inputs));
    meaning.append(node.json().path("configuration").path(ZONE).asText());
    StringBuilder choice = new StringBuilder();
    List<PlanEdge> edges = plan.inputs(node);
    for (int i = 0; i < inputs.size(); i++) {
      meaning.append(" ").append(inputs.get(i).rows());
      // Rows are kept, as they are or in a snapshot's log of what came.
      meaning.append(" ").append(used(inputs.get(i), uses.get(edges.get(i).source())));
      choice.append(" ").append(inputs.get(i).choice());
    }
    StateIdentity identity =
        new StateIdentity(ShortHash.of(meaning.toString()), ShortHash.of(choice.toString()));
    identities.put(node.id(), identity);
    return new Stream(identity.meaning(), outputs(node, identity), identity.choice());
  }

  private static List<String> used(Stream input, ColumnUses columns) {
    List<String> used = new ArrayList<>();
    for (int i = 0; i < input.columns().size(); i++) {
      if (columns.used(i)) {
        used.add(input.columns().get(i));
      }
    }
    return used;
  }

  /** A window's start and end are what they are, however many of them are asked for. */
  private static List<String> outputs(PlanNode node, StateIdentity identity) {
    JsonNode properties = node.get("namedWindowProperties");
    int count = node.outputType().children().size();
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int property = i - (count - properties.size());
      String which =
          property < 0
              ? Integer.toString(i)
              : properties.get(property).path("property").path("kind").asText();
      columns.add(identity.meaning() + "." + which);
    }
    return columns;
  }

  private static Map<String, JsonNode> attributes(PlanNode node) {
    Map<String, JsonNode> attributes = new TreeMap<>();
    node.json()
        .properties()
        .forEach(
            attribute -> {
              if (!IRRELEVANT.contains(attribute.getKey())) {
                attributes.put(attribute.getKey(), attribute.getValue());
              }
            });
    return attributes;
  }

  /** Attributes with columns for their numbers; those of both inputs of a join are counted on. */
  private static String text(Map<String, JsonNode> attributes, List<Stream> inputs) {
    List<String> all = new ArrayList<>();
    inputs.forEach(input -> all.addAll(input.columns()));
    List<String> right = inputs.size() > 1 ? inputs.get(1).columns() : List.of();
    StringBuilder text = new StringBuilder();
    attributes.forEach(
        (name, value) -> text.append(name).append('=').append(text(value, name, all, right)));
    return text.toString();
  }

  /** Objects in the order of their names, without what calls of aggregate functions are named. */
  private static String text(
      JsonNode value, String attribute, List<String> columns, List<String> right) {
    List<String> own = attribute.startsWith("right") ? right : columns;
    StringBuilder text = new StringBuilder();
    if (value.isObject()) {
      Map<String, JsonNode> members = new TreeMap<>();
      value.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
      if (attribute.equals("aggCalls")) {
        members.remove("name");
      }
      members.forEach(
          (name, member) ->
              text.append(name).append(':').append(text(member, name, own, right)).append(','));
      return "{" + text + "}";
    }
    if (value.isArray()) {
      value.forEach(element -> text.append(text(element, attribute, columns, right)).append(','));
      return "[" + text + "]";
    }
    boolean column =
        value.isIntegralNumber()
            && COLUMNS.contains(attribute)
            && value.intValue() >= 0
            && value.intValue() < own.size();
    return column ? own.get(value.intValue()) : value.toString();
  }

  /** What the state of a node means that was made of one of the plan; empty if it keeps nothing. */
  Optional<StateIdentity> of(PlanNode origin, Node made) {
    if (made.id() == origin.id()) {
      return Optional.ofNullable(identities.get(origin.id()));
    }
    return made.name().startsWith(SinkMaterialization.KIND)
        ? Optional.of(materializer(origin))
        : Optional.empty();
  }

  /** Of the operator before a sink that keeps rows by the table's key. */
  private StateIdentity materializer(PlanNode sink) {
    Stream input = inputs(sink).get(0);
    TableSpec table = sinkTable(sink);
    String meaning =
        "%s %s %s %s %s %s %s"
            .formatted(
                SinkMaterialization.KIND,
                table.fullName(),
                ColumnPositions.toList(table.primaryKey()),
                text(sink.get("inputUpsertKey"), "inputUpsertKey", input.columns(), List.of()),
                sink.get("conflictStrategy"),
                input.rows(),
                input.columns());
    return new StateIdentity(ShortHash.of(meaning), ShortHash.of(input.choice()));
  }
}
