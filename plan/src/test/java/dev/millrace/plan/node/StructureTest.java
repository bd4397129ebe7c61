package dev.millrace.plan.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.connector.SourceTable;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.expression.InputRef;
import dev.millrace.engine.format.FieldUse;
import dev.millrace.engine.operator.Calc;
import dev.millrace.engine.operator.DropUpdateBefore;
import dev.millrace.engine.operator.Expand;
import dev.millrace.engine.operator.Union;
import dev.millrace.engine.operator.WatermarkAssigner;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.Golden;
import dev.millrace.plan.document.PlanDocument;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Which nodes and edges plans become, and what their sources read. */
class StructureTest extends PlanTest {
  private static final Exchange FORWARD = new Exchange.Forward();

  @Test
  void aScanThatFeedsTwoSinksIsReadOnce() {
    Dataflow dataflow = translate("sensor");
    assertThat(dataflow.nodes().stream().map(Node::name).toList())
        .containsExactlyInAnyOrder(
            "Source readings[1]",
            "Calc[2]",
            "Sink doubled[3]",
            "Calc[4]",
            "Source log[5]",
            "WatermarkAssigner[6]",
            "Calc[7]",
            "Union[8]",
            "Sink offsets[9]");
    assertThat(dataflow.consumers(1).stream().map(Node::id).toList())
        .containsExactlyInAnyOrder(2, 4);
    assertThat(dataflow.node(8).inputs())
        .containsExactly(new Node.Input(4, FORWARD), new Node.Input(7, FORWARD));
  }

  @Test
  void nodesBecomeTheirOperators() {
    Dataflow dataflow = translate("sensor");
    assertThat(operator(dataflow, "Calc").operator().get()).isInstanceOf(Calc.class);
    assertThat(operator(dataflow, "Union").operator().get()).isInstanceOf(Union.class);
    assertThat(operator(dataflow, "WatermarkAssigner").operator().get())
        .isInstanceOf(WatermarkAssigner.class);
  }

  @Test
  void everyInstanceGetsItsOwnOperator() {
    OperatorNode calc = operator(translate("sensor"), "Calc");
    assertThat(calc.operator().get()).isNotSameAs(calc.operator().get());
  }

  @Test
  void onlyUsedColumnsFieldsAndMetadataAreRead() {
    SourceNode source = source(translate("sensor"));
    SourceTable table = tables.sources.get("readings");
    assertThat(table.projection()).containsExactly(0, 1, 2, 3);
    assertThat(table.uses())
        .containsExactly(
            FieldUse.ALL,
            FieldUse.ALL,
            FieldUse.ALL,
            FieldUse.of(null, FieldUse.of(FieldUse.ALL, FieldUse.ALL), null));
    assertThat(table.metadata()).isEmpty();
    assertThat(table.limit()).isEqualTo(-1);
    assertThat(names(table.schema())).containsExactly("id", "amount", "ts", "place", "note");
    assertThat(names(source.rowType())).containsExactly("id", "amount", "ts", "place");
    assertThat(source.description())
        .endsWith(" reading [id, amount, ts, place.spot.lat, place.spot.lon]");
  }

  @Test
  void aPushedWatermarkReadsTheScansBatches() {
    SourceNode source = source(translate("sensor"));
    assertThat(source.watermarks().idleTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(source.watermarks().watermark().get())
        .isEqualTo(new InputRef(2, source.rowType().child(2)));
  }

  @Test
  void theSessionsIdleTimeoutHoldsWhereTheTableHasNone() {
    PlanDocument plan =
        changed(
            "sensor",
            json ->
                tableSpec(json, READINGS)
                    .get("abilities")
                    .forEach(ability -> ((ObjectNode) ability).remove("watermarkParams")));
    Map<String, String> session = Map.of("table.exec.source.idle-timeout", "7 s");
    assertThat(source(translate(plan, session)).watermarks().idleTimeout())
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(source(translate(plan, Map.of())).watermarks().idleTimeout()).isNull();
  }

  @Test
  void usesReachThroughWatermarksAndUnusedProjectionsAreDropped() {
    Dataflow dataflow = translate("pruning");
    SourceTable events = tables.sources.get("events");
    assertThat(events.projection()).containsExactly(1, 3);
    assertThat(events.uses())
        .containsExactly(FieldUse.of(FieldUse.ALL, FieldUse.ALL, null, null), FieldUse.ALL);
    assertThat(names(operator(dataflow, "Calc").rowType())).containsExactly("bid", "at", "ts");
    assertThat(names(operator(dataflow, "WatermarkAssigner").rowType()))
        .containsExactly("bid", "at", "ts");
  }

  @Test
  void abilitiesThatThePlannerAppliedAreRespected() {
    translate("pruning");
    SourceTable files = tables.sources.get("files");
    assertThat(names(files.schema())).containsExactly("id", "a", "b", "c");
    assertThat(files.projection()).containsExactly(1, 3);
    assertThat(files.metadata())
        .containsExactly(new DataType.Field("file.path", DataType.string().withNullable(false)));
  }

  @Test
  void aLimitIsHandedToTheSource() {
    translate(
        "sinks",
        json ->
            tableSpec(json, SCAN)
                .set("abilities", Golden.quoted("[{'type':'LimitPushDown','limit':3}]")));
    assertThat(tables.sources.get("source").limit()).isEqualTo(3);
  }

  @Test
  void stepsBehindASourceHaveItsParallelism() {
    Dataflow dataflow =
        translate("sensor", json -> tableOptions(json, READINGS).put("scan.parallelism", "2"));
    assertThat(dataflow.node(1).parallelism()).isEqualTo(2);
    assertThat(dataflow.node(2).parallelism()).isEqualTo(2);
    assertThat(dataflow.node(6).parallelism()).isZero();
    assertThat(dataflow.node(8).parallelism()).isZero();
  }

  /** A plan without its aggregation and what follows. */
  private static void dropAggregation(ObjectNode plan) {
    int aggregation = node(plan, "GroupAggregate").get("id").intValue();
    keep(plan.get("nodes"), node -> node.get("id").intValue() < aggregation);
    keep(plan.get("edges"), edge -> edge.get("target").intValue() < aggregation);
  }

  private static void keep(JsonNode array, Predicate<JsonNode> condition) {
    for (int i = array.size() - 1; i >= 0; i--) {
      if (!condition.test(array.get(i))) {
        ((ArrayNode) array).remove(i);
      }
    }
  }

  @Test
  void expandAndDropUpdateBeforeAreTranslated() {
    Dataflow dataflow = translate("changelog", StructureTest::dropAggregation);
    assertThat(operator(dataflow, "Expand").operator().get()).isInstanceOf(Expand.class);
    assertThat(operator(dataflow, "DropUpdateBefore").operator().get())
        .isInstanceOf(DropUpdateBefore.class);
    assertThat(tables.sinks.get("default_catalog.default_database.upserted").kinds())
        .isEqualTo(Set.of(RowKind.INSERT, RowKind.UPDATE_AFTER, RowKind.DELETE));
  }

  @Test
  void anExchangeBecomesAnEdge() {
    Dataflow dataflow =
        translate(
            "changelog",
            json -> {
              ObjectNode aggregation = node(json, "GroupAggregate");
              aggregation.put("type", "stream-exec-drop-update-before_1");
              aggregation.set("outputType", node(json, "Exchange").get("outputType"));
              int next = node(json, "Calc(select=[id, amount, EXPR$2]").get("id").intValue();
              keep(json.get("nodes"), node -> node.get("id").intValue() < next);
              keep(json.get("edges"), edge -> edge.get("target").intValue() < next);
            });
    Node consumer = operator(dataflow, "GroupAggregate");
    assertThat(consumer.inputs().get(0).exchange()).isEqualTo(new Exchange.Hash(List.of(0, 1, 2)));
    assertThat(dataflow.node(consumer.inputs().get(0).node()).name()).startsWith("Expand");
  }
}
