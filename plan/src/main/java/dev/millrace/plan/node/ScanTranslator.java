package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceFactory;
import dev.millrace.engine.connector.SourceTable;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.dataflow.WatermarkStrategy;
import dev.millrace.engine.format.FieldUse;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.node.ScanAbilities.Column;
import dev.millrace.plan.rex.ColumnUses;
import dev.millrace.plan.rex.RexTranslator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads a table: of its columns only those that something uses. */
final class ScanTranslator implements NodeTranslator {
  /** The watermark is computed from the scan's own rows. */
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    output.addExpression(ScanAbilities.watermark(node));
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    TableSpec table = TableSpec.read(node.get("scanTableSource").path("table"));
    ScanAbilities abilities = new ScanAbilities(node, table);
    DataType row = node.outputType();
    Flow flow = new Flow(node.id(), Flow.FORWARD, row, translation.uses(node).places(), 0);
    translation.unsupported(table.refused(), translation.subjects().of(table));
    translation.unsupported(abilities.refused(), translation.subjects().of(table, node));
    WatermarkStrategy watermarks = watermarks(node, abilities, flow, translation);
    Source source = source(table, sourceTable(node, table, abilities, translation), translation);
    if (source == null) {
      return flow;
    }
    translation.reads(node.id(), table);
    translation.add(
        new SourceNode(
            node.id(),
            Names.of("Source", table, node),
            node.description() + reads(row, translation.uses(node)),
            source,
            flow.batchRow(),
            watermarks));
    return flow.from(node.id(), row, source.parallelism());
  }

  private static String reads(DataType row, ColumnUses uses) {
    String paths = Names.paths(row, uses);
    return paths.equals(Names.fields(row)) ? "" : " reading " + paths;
  }

  private static WatermarkStrategy watermarks(
      PlanNode node, ScanAbilities abilities, Flow flow, Translation translation) {
    JsonNode watermark = ScanAbilities.watermark(node);
    if (watermark.isMissingNode()) {
      return null;
    }
    RexTranslator expressions = flow.expressions();
    translation.attempt(translation.subjects().of(node), () -> expressions.translate(watermark));
    long idleMillis = abilities.idleTimeoutMillis();
    Duration idleTimeout =
        idleMillis > 0 ? Duration.ofMillis(idleMillis) : translation.settings().idleTimeout();
    return new WatermarkStrategy(() -> expressions.translate(watermark), idleTimeout);
  }

  private static SourceTable sourceTable(
      PlanNode node, TableSpec table, ScanAbilities abilities, Translation translation) {
    ColumnUses used = translation.uses(node);
    DataType row = node.outputType();
    List<Integer> projection = new ArrayList<>();
    List<FieldUse> uses = new ArrayList<>();
    List<Field> metadata = new ArrayList<>();
    for (int i = 0; i < abilities.columns().size(); i++) {
      Column column = abilities.columns().get(i);
      if (!used.used(i)) {
        continue;
      }
      if (column.isMetadata()) {
        metadata.add(new Field(column.metadataKey(), row.child(i)));
      } else {
        projection.add(column.physical());
        uses.add(used.use(i));
      }
    }
    return new SourceTable(
        table.name(),
        table.physical(),
        table.primaryKey(),
        ColumnPositions.toArray(projection),
        uses,
        metadata,
        abilities.limit(),
        table.options(),
        translation.connectors().formats(),
        translation.settings().zone());
  }

  private static Source source(TableSpec table, SourceTable wanted, Translation translation) {
    Subject subject = translation.subjects().of(table);
    SourceFactory factory =
        translation.attempt(subject, () -> translation.connectors().source(table.options()));
    if (factory == null) {
      return null;
    }
    return translation.attempt(
        subject,
        () -> {
          Connectors.refuseUnknownOptions(factory.options(), table.options());
          return translation.source(factory, wanted);
        });
  }
}
