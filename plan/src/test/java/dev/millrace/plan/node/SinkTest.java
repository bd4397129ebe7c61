package dev.millrace.plan.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.dataflow.Node.SinkNode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.operator.LengthEnforcer;
import dev.millrace.engine.operator.NotNullEnforcer;
import dev.millrace.engine.operator.sink.ConflictMaterializer;
import dev.millrace.engine.operator.sink.UpsertMaterializer;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.Golden;
import dev.millrace.plan.document.PlanDocument;
import dev.millrace.plan.document.PlanSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinkTest extends PlanTest {
  private static final Exchange FORWARD = new Exchange.Forward();

  /** Sets an option that the plan fixes for its sinks. */
  private static Consumer<ObjectNode> option(String name, String value) {
    return plan -> {
      for (JsonNode node : plan.get("nodes")) {
        if (node.has("configuration")) {
          ((ObjectNode) node.get("configuration")).put(name, value);
        }
      }
    };
  }

  private static Exchange exchange(Dataflow dataflow, String table) {
    return find(dataflow, SinkNode.class, "Sink " + table).input().exchange();
  }

  @Test
  void aSinkGetsPhysicalColumnsThenMetadata() {
    translate("sinks");
    SinkTable written = tables.sinks.get("default_catalog.default_database.written");
    assertThat(names(written.schema())).containsExactly("id", "amount", "code");
    assertThat(names(DataType.row(written.metadata()))).containsExactly("headers", "timestamp");
    assertThat(written.metadata().get(1).type()).hasToString("TIMESTAMP_LTZ(3)");
    assertThat(written.kinds()).isEqualTo(Set.of(RowKind.INSERT));
    assertThat(written.primaryKey()).isEmpty();
    assertThat(tables.sinks.get("default_catalog.default_database.upserted").primaryKey())
        .containsExactly(0);
  }

  @Test
  void notNullColumnsAreGuarded() {
    Dataflow dataflow = translate("sinks");
    OperatorNode enforcer = operator(dataflow, "NotNullEnforcer");
    assertThat(enforcer.operator().get()).isInstanceOf(NotNullEnforcer.class);
    assertThat(enforcer.description())
        .isEqualTo(
            "NotNullEnforcer(table=[default_catalog.default_database.written], fields=[id,"
                + " amount])");
    assertThat(dataflow.consumers(enforcer.id()))
        .containsExactly(find(dataflow, SinkNode.class, "Sink written"));
    assertThat(
            operator(
                    translate("sinks", option("table.exec.sink.not-null-enforcer", "DROP")),
                    "NotNullEnforcer")
                .description())
        .endsWith("fields=[id, amount], drop)");
  }

  @Test
  void lengthsAreGuardedWhereThePlanSaysSo() {
    Dataflow dataflow =
        translate("sinks", option("table.exec.sink.type-length-enforcer", "TRIM_PAD"));
    OperatorNode enforcer = operator(dataflow, "LengthEnforcer");
    assertThat(enforcer.operator().get()).isInstanceOf(LengthEnforcer.class);
    assertThat(enforcer.description()).endsWith("trim and pad)");
    assertThat(dataflow.nodes())
        .filteredOn(node -> node.name().startsWith("LengthEnforcer"))
        .hasSize(2);
    assertThat(translate("sinks").nodes())
        .noneMatch(node -> node.name().startsWith("LengthEnforcer"));
  }

  @Test
  void constraintsWithinCollectionsCanBeCheckedButNotRepaired() {
    PlanDocument trimming =
        changed("sinks", option("table.exec.sink.type-length-enforcer", "TRIM_PAD"));
    Map<String, String> nested =
        Map.of("table.exec.sink.nested-constraint-enforcer", "ROWS_AND_COLLECTIONS");
    assertThat(reasons(Golden.document("sinks"), nested)).isEmpty();
    assertThatThrownBy(() -> translate(trimming, nested))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("Trimming and/or padding is not supported");
  }

  @Test
  void columnsThatAnInsertDoesNotListArriveAsNulls() {
    assertThat(
            reasons(
                "sinks",
                json ->
                    tableSpec(json, PARTLY)
                        .set(
                            "abilities",
                            Golden.quoted(
                                "[{'type':'TargetColumnWriting','targetColumns':[[0]]}]"))))
        .isEmpty();
  }

  @Test
  void rowsOfAKeyMeetInASinkOfAnotherParallelism() {
    Dataflow dataflow = translate("sinks");
    assertThat(exchange(dataflow, "upserted")).isEqualTo(new Exchange.Hash(List.of(0)));
    assertThat(exchange(dataflow, "partly")).isEqualTo(FORWARD);
    Dataflow never = translate("sinks", option("table.exec.sink.keyed-shuffle", "NONE"));
    assertThat(exchange(never, "upserted")).isEqualTo(FORWARD);
  }

  @Test
  void updatesWithoutAKeyAreNotSpreadOverMoreWriters() {
    assertThat(
            reasons(
                "sinks",
                json -> {
                  node(json, PARTLY)
                      .set("inputChangelogMode", Golden.quoted("['INSERT','DELETE']"));
                  tableOptions(json, PARTLY).put("sink.parallelism", "2");
                }))
        .containsExactly(
            "a parallelism of its own (2) for updates without a PRIMARY KEY, which would lose their"
                + " order, of table 'partly'");
  }

  @Test
  void aChangelogByAnotherKeyIsMaterialized() {
    Dataflow dataflow = translate("changelog");
    OperatorNode materializer = operator(dataflow, "SinkMaterializer");
    assertThat(materializer.operator().get()).isInstanceOf(UpsertMaterializer.class);
    assertThat(materializer.inputs().get(0).exchange()).isEqualTo(new Exchange.Hash(List.of(0, 1)));
    assertThat(dataflow.consumers(materializer.id()))
        .containsExactly(find(dataflow, SinkNode.class, "Sink counts"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOTHING", "ERROR"})
  void conflictsOfAKeyAreSeenWhereThePlanSaysSo(String behavior) {
    Dataflow dataflow =
        translate(
            "changelog",
            plan -> {
              for (JsonNode node : plan.get("nodes")) {
                if (node.has("requireUpsertMaterialize")) {
                  ((ObjectNode) node).putObject("conflictStrategy").put("behavior", behavior);
                }
              }
            });
    assertThat(operator(dataflow, "SinkMaterializer").operator().get())
        .isInstanceOf(ConflictMaterializer.class);
  }

  @Test
  void factoriesGivenExplicitlyComeFirst() {
    TestTables others = new TestTables();
    PlanTranslator.translate(
        Golden.document("sinks").plan(),
        new PlanSettings(Map.of()),
        tables.connectors().with(List.of(), others.sinkFactories));
    assertThat(tables.sources).containsOnlyKeys("source");
    assertThat(tables.sinks).isEmpty();
    assertThat(others.sinks).hasSize(3);
  }
}
