package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.document.PlanNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What the planner has pushed into a scan, applied one after the other: which columns it delivers,
 * its limit and its watermarks.
 *
 * <p>Filters pushed into {@code filesystem} are only hints for its file formats: the plan keeps all
 * of them in the Calc behind the scan.
 */
final class ScanAbilities {
  /** A column that the scan delivers: the physical one at this position, or the metadata's key. */
  record Column(int physical, String metadataKey) {
    boolean isMetadata() {
      return metadataKey != null;
    }
  }

  private List<Column> columns = new ArrayList<>();
  private long limit = -1;
  private JsonNode watermark = MissingNode.getInstance();
  private boolean changedAfterWatermark;
  private final List<String> refused = new ArrayList<>();

  /** {@code table} is the table's own definition, before any ability. */
  ScanAbilities(PlanNode scan, TableSpec table) {
    DataType physical = table.physical();
    for (int i = 0; i < physical.children().size(); i++) {
      columns.add(new Column(i, null));
    }
    boolean filtersAreHints = "filesystem".equals(table.options().asMap().get("connector"));
    for (JsonNode ability : scan.get("scanTableSource").path("abilities")) {
      apply(ability, filtersAreHints);
    }
    if (changedAfterWatermark) {
      refused.add("a projection pushed behind the watermark");
    }
  }

  private void apply(JsonNode ability, boolean filtersAreHints) {
    String type = ability.path("type").asText();
    switch (type) {
      case "ProjectPushDown" -> project(ability.path("projectedFields"));
      case "ReadingMetadata" -> addMetadata(ability.path("metadataKeys"));
      case "LimitPushDown" -> limit = ability.path("limit").longValue();
      case "WatermarkPushDown" -> pushWatermark(ability);
      case "FilterPushDown" -> {
        // A source that takes none of the filters is noted with an empty list.
        if (!filtersAreHints && !ability.path("predicates").isEmpty()) {
          refused.add("a filter pushed into the source");
        }
      }
      case "PartitionPushDown" -> refused.add("partitions chosen by a filter");
      case "SourceWatermark" -> refused.add("the function SOURCE_WATERMARK()");
      case "AggregatePushDown" -> refused.add("an aggregation pushed into the source");
      default -> refused.add("the source ability " + type);
    }
  }

  private void project(JsonNode paths) {
    List<Column> projected = new ArrayList<>();
    for (JsonNode path : paths) {
      if (path.size() > 1) {
        refused.add("a projection of nested fields pushed into the source");
      }
      projected.add(columns.get(path.get(0).intValue()));
    }
    columns = projected;
    changedAfterWatermark |= !watermark.isMissingNode();
  }

  private void addMetadata(JsonNode keys) {
    changedAfterWatermark |= !watermark.isMissingNode() && !keys.isEmpty();
    for (JsonNode key : keys) {
      columns.add(new Column(-1, key.asText()));
    }
  }

  private void pushWatermark(JsonNode ability) {
    watermark = ability;
    if (ability.path("watermarkParams").hasNonNull("alignGroupName")) {
      refused.add("option 'scan.watermark.alignment.group'");
    }
  }

  /** Aligned with the ROW that the scan produces. */
  List<Column> columns() {
    return columns;
  }

  /** Rows that are enough per reader, or -1. */
  long limit() {
    return limit;
  }

  /** What is in the way of running the scan, without the table's name. */
  List<String> refused() {
    return refused;
  }

  /** The expression for a row's watermark, over the scan's columns; missing if there is none. */
  static JsonNode watermark(PlanNode scan) {
    for (JsonNode ability : scan.get("scanTableSource").path("abilities")) {
      if (ability.has("watermarkExpr")) {
        return ability.get("watermarkExpr");
      }
    }
    return MissingNode.getInstance();
  }

  /**
   * Milliseconds without rows after which a split is idle, 0 or less for never: the table's own,
   * else what the session had when the plan was compiled.
   */
  long idleTimeoutMillis() {
    long ofTable = watermark.path("watermarkParams").path("sourceIdleTimeout").asLong(-1);
    return ofTable > 0 ? ofTable : watermark.path("idleTimeoutMillis").asLong(-1);
  }
}
