package dev.millrace.plan.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.plan.Golden;
import dev.millrace.plan.document.PlanDocument;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is reported for plans that cannot run. */
class UnsupportedTest extends PlanTest {
  private static final String WRITTEN = "Sink(table=[default_catalog.default_database.written]";
  private static final String UPSERTED = "Sink(table=[default_catalog.default_database.upserted]";

  @Test
  void allThatIsUnsupportedIsReportedTogether() {
    String query =
        " in Calc(select=[JSON_QUERY(shout(id0), '$.a', WITHOUT_ARRAY,"
            + " SqlJsonQueryEmptyOrErrorBehavior[NULL], SqlJsonQueryEmptyOrErrorBehavior[NULL])"
            + " AS EXPR$0, amount])";
    assertThat(reasons(changed("unsupported", UnsupportedTest::retype), Map.of()))
        .containsExactlyInAnyOrder(
            "user function default_catalog.default_database.shout(STRING) in"
                + " Calc(select=[shout(id) AS EXPR$0, amount])",
            "a table aggregate function: GroupAggregate(groupBy=[EXPR$0], select=[EXPR$0,"
                + " SUM(amount) AS EXPR$1])",
            "a temporal join (FOR SYSTEM_TIME AS OF): Join(joinType=[InnerJoin], where=[(id = id0)], select=[id, amount, id0],"
                + " leftInputSpec=[NoUniqueKey], rightInputSpec=[NoUniqueKey])",
            "user function default_catalog.default_database.shout(STRING)" + query,
            "function JSON_QUERY(STRING, CHAR(3), STRING, STRING, STRING)" + query,
            "the clause PARTITIONED BY of table 'parts'");
  }

  /** Makes nodes that can be run into such that cannot. */
  private static void retype(ObjectNode json) {
    for (JsonNode node : json.withArray("nodes")) {
      switch (node.get("type").asText()) {
        case "stream-exec-group-aggregate_1" ->
            ((ObjectNode) node).put("type", "stream-exec-group-table-aggregate_1");
        case "stream-exec-join_1" -> ((ObjectNode) node).put("type", "stream-exec-temporal-join_1");
        default -> {}
      }
    }
  }

  @Test
  void unknownOptionsNameTheNearestKnown() {
    assertThatThrownBy(
            () ->
                translate(
                    "sinks",
                    json ->
                        tableOptions(json, WRITTEN)
                            .put("topik", "t")
                            .put("json.fail-on-missing-field", "true")))
        .isInstanceOf(MillraceException.class)
        .hasMessage("Unknown option 'topik' of table 'written'; did you mean 'topic'?");
    assertThatThrownBy(
            () ->
                translate(
                    "sinks",
                    json ->
                        tableOptions(json, UPSERTED)
                            .put("value.jsn.x", "y")
                            .put("scan.watermark.idle-timeout", "1 s")))
        .hasMessage(
            "Unknown option 'value.jsn.x' of table 'upserted'; did you mean 'value.json.*'?");
  }

  @Test
  void whatIsUnsupportedIsShownWithItsPlace() {
    String functions = "{'JSON_QUERY':'job.sql:9:8'}";
    String places =
        "{'tables':{'default_catalog.default_database.parts':'job.sql:3:1'},'writers':["
            + "{'table':'default_catalog.default_database.sink','place':'job.sql:7:1'},"
            + "{'table':'default_catalog.default_database.sink','place':'job.sql:9:1','functions':"
            + functions
            + "},{'table':'default_catalog.default_database.parts','place':'job.sql:11:1'}]}";
    PlanDocument document =
        changed(
            "unsupported",
            json -> {
              retype(json);
              json.putObject("millrace").set("places", Golden.quoted(places));
            });
    assertThat(reasons(document, Map.of()))
        .anyMatch(reason -> reason.startsWith("job.sql:7:1: a table aggregate "))
        .anyMatch(reason -> reason.startsWith("job.sql:9:1: a temporal join "))
        .anyMatch(reason -> reason.startsWith("job.sql:9:8: function JSON_QUERY("))
        .contains("job.sql:3:1: the clause PARTITIONED BY of table 'parts'");
  }

  @Test
  void unknownConnectorsNameTheNearestKnown() {
    assertThat(
            reasons(
                "sinks",
                json -> {
                  tableOptions(json, SCAN).put("connector", "datagn");
                  tableOptions(json, PARTLY).put("connector", "jdbc");
                }))
        .containsExactlyInAnyOrder(
            "connector 'datagn' of table 'source'; did you mean 'datagen'?",
            "connector 'jdbc' as a sink of table 'partly'");
  }

  @Test
  void unsupportedSourceAbilitiesAreNamed() {
    String abilities =
        "[{'type':'SourceWatermark'},{'type':'AggregatePushDown'},{'type':'PartitionPushDown'},"
            + "{'type':'WatermarkPushDown','watermarkExpr':{'kind':'INPUT_REF','inputIndex':3},"
            + "'watermarkParams':{'alignGroupName':'g'}},{'type':'Newest'}]";
    assertThat(
            reasons(
                "sinks", json -> tableSpec(json, SCAN).set("abilities", Golden.quoted(abilities))))
        .containsExactly(
            "the function SOURCE_WATERMARK() of table 'source'",
            "an aggregation pushed into the source of table 'source'",
            "partitions chosen by a filter of table 'source'",
            "option 'scan.watermark.alignment.group' of table 'source'",
            "the source ability Newest of table 'source'");
  }

  @Test
  void aWatermarkOverOtherColumnsThanTheScansIsRefused() {
    String abilities =
        "[{'type':'WatermarkPushDown','watermarkExpr':{'kind':'INPUT_REF','inputIndex':3}},"
            + "{'type':'ProjectPushDown','projectedFields':[[0],[1],[2],[3]]}]";
    assertThat(
            reasons(
                "sinks", json -> tableSpec(json, SCAN).set("abilities", Golden.quoted(abilities))))
        .containsExactly("a projection pushed behind the watermark of table 'source'");
  }

  @Test
  void unsupportedSinkAbilitiesAreNamed() {
    assertThat(
            reasons(
                "sinks",
                json -> {
                  tableSpec(json, PARTLY)
                      .set(
                          "abilities",
                          Golden.quoted("[{'type':'Overwrite'},{'type':'RowLevelDelete'}]"));
                }))
        .containsExactly("INSERT OVERWRITE of table 'partly'", "DELETE of table 'partly'");
  }

  @Test
  void filtersPushedIntoFilesStayInTheCalcOthersAreRefused() {
    String filter =
        "[{'type':'FilterPushDown','predicates':[{'kind':'INPUT_REF','inputIndex':0}]}]";
    assertThat(
            reasons(
                "sinks",
                json -> {
                  tableSpec(json, SCAN).set("abilities", Golden.quoted(filter));
                  tableOptions(json, SCAN).put("connector", "filesystem");
                }))
        .isEmpty();
    assertThat(
            reasons("sinks", json -> tableSpec(json, SCAN).set("abilities", Golden.quoted(filter))))
        .containsExactly("a filter pushed into the source of table 'source'");
  }

  @Test
  void anotherVersionOfANodeIsRefused() {
    assertThat(reasons("sensor", json -> node(json, "Union").put("type", "stream-exec-union_7")))
        .containsExactly(
            "version 7 of the plan node union: Union(all=[true], union=[id, amount, lon])");
  }

  @Test
  void aTableWithoutItsDefinitionIsAUsersError() {
    assertThatThrownBy(
            () ->
                translate(
                    "sinks",
                    json ->
                        ((ObjectNode) tableSpec(json, PARTLY).get("table"))
                            .remove("resolvedTable")))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("default_catalog.default_database.partly")
        .hasMessageContaining("'table.plan.compile.catalog-objects' = 'ALL'");
  }
}
