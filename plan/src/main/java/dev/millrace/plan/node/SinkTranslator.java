package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkFactory;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.dataflow.Node.SinkNode;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import dev.millrace.plan.type.TypeReader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Writes a table, after its constraints have been enforced.
 *
 * <p>{@code table.exec.sink.rowtime-inserter} needs nothing: no sink looks at the time stamp of a
 * row outside of its columns. {@code targetColumns} say which columns the INSERT lists; the others
 * arrive as nulls.
 */
final class SinkTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    inputs.get(0).addAllColumns();
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    TableSpec table = TableSpec.read(node.get("dynamicTableSink").path("table"));
    List<Field> metadata = new ArrayList<>();
    Subject writing = translation.subjects().of(table, node);
    translation.unsupported(table.refused(), translation.subjects().of(table));
    translation.unsupported(applyAbilities(node, table, metadata), writing);
    SinkTable wanted = sinkTable(node, table, metadata, translation);
    translation.unsupported(foreignColumns(inputs.get(0).row(), wanted), writing);
    Sink sink = sink(table, wanted, translation);
    if (sink != null) {
      translation.writes(node.id(), table, wanted);
      Flow enforced = new SinkConstraints(node, table, wanted).enforce(inputs.get(0), translation);
      Flow shuffled =
          translation.attempt(writing, () -> distribute(node, wanted, sink, enforced, translation));
      translation.add(
          new SinkNode(
              node.id(),
              Names.of("Sink", table, node),
              node.description(),
              (shuffled == null ? enforced : shuffled).input(),
              sink));
    }
    return inputs.get(0);
  }

  /** Fills in the metadata columns; returns what of the abilities is unsupported. */
  private static List<String> applyAbilities(PlanNode node, TableSpec table, List<Field> metadata) {
    List<String> refused = new ArrayList<>();
    for (JsonNode ability : node.get("dynamicTableSink").path("abilities")) {
      String type = ability.path("type").asText();
      switch (type) {
        case "WritingMetadata" -> addMetadata(ability, table, metadata);
        case "Overwrite" -> refused.add("INSERT OVERWRITE");
        case "Partitioning" -> refused.add("INSERT with PARTITION");
        case "Bucketing" -> refused.add("writing by bucket (DISTRIBUTED BY)");
        // The rows are complete: what the INSERT does not list arrives as nulls.
        case "TargetColumnWriting" -> {}
        case "RowLevelDelete" -> refused.add("DELETE");
        case "RowLevelUpdate" -> refused.add("UPDATE");
        default -> refused.add("the sink ability " + type);
      }
    }
    return refused;
  }

  private static void addMetadata(JsonNode ability, TableSpec table, List<Field> metadata) {
    DataType consumed = TypeReader.read(ability.get("consumedType"));
    int next = table.physical().children().size();
    for (JsonNode key : ability.path("metadataKeys")) {
      metadata.add(new Field(key.asText(), consumed.child(next++)));
    }
  }

  private static Flow distribute(
      PlanNode node, SinkTable table, Sink sink, Flow input, Translation translation) {
    return node.get("requireUpsertMaterialize").asBoolean()
        ? SinkMaterialization.add(node, table, sink, input, translation)
        : SinkShuffle.apply(node, table, sink, input);
  }

  private static SinkTable sinkTable(
      PlanNode node, TableSpec table, List<Field> metadata, Translation translation) {
    Set<RowKind> kinds = EnumSet.noneOf(RowKind.class);
    for (JsonNode kind : node.get("inputChangelogMode")) {
      // "~DELETE" is a deletion that need hold no more than the key.
      kinds.add(RowKind.valueOf(kind.asText().replace("~", "")));
    }
    return new SinkTable(
        table.fullName(),
        table.physical(),
        table.primaryKey(),
        metadata,
        kinds,
        table.options(),
        translation.connectors().formats(),
        translation.settings().zone());
  }

  /** The planner casts where types differ in memory; a column that slipped through is refused. */
  private static List<String> foreignColumns(DataType input, SinkTable table) {
    List<String> refused = new ArrayList<>();
    for (int i = 0; i < table.schema().children().size(); i++) {
      Field column = table.schema().children().get(i);
      if (!sameInMemory(input.child(i), column.type())) {
        refused.add(
            "a value of type %s for column '%s' of type %s"
                .formatted(input.child(i), column.name(), column.type()));
      }
    }
    return refused;
  }

  private static boolean sameInMemory(DataType a, DataType b) {
    boolean same =
        a.storage() == b.storage()
            && a.scale() == b.scale()
            && a.children().size() == b.children().size();
    for (int i = 0; same && i < a.children().size(); i++) {
      same = sameInMemory(a.child(i), b.child(i));
    }
    return same;
  }

  static Sink sink(TableSpec table, SinkTable wanted, Translation translation) {
    Subject subject = translation.subjects().of(table);
    SinkFactory factory =
        translation.attempt(subject, () -> translation.connectors().sink(table.options()));
    if (factory == null) {
      return null;
    }
    return translation.attempt(
        subject,
        () -> {
          Connectors.refuseUnknownOptions(factory.options(), table.options());
          return translation.sink(factory, wanted);
        });
  }
}
