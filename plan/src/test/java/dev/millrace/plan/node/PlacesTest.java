package dev.millrace.plan.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.plan.Golden;
import org.junit.jupiter.api.Test;

/** Where nodes of a dataflow come from in the SQL. */
class PlacesTest extends PlanTest {
  private static final String PLACES =
      "{'tables':{},'writers':["
          + "{'table':'default_catalog.default_database.written','place':'job.sql:7:1'}]}";

  @Test
  void nodesKnowTheStatementThatTheyBelongTo() {
    Dataflow dataflow =
        translate("sinks", json -> json.putObject("millrace").set("places", Golden.quoted(PLACES)));
    assertThat(dataflow.place(sink(dataflow, "written").id())).hasValue("job.sql:7:1");
    assertThat(dataflow.place(sink(dataflow, "upserted").id())).isEmpty();
  }

  @Test
  void aPlanWithoutPlacesHasNone() {
    Dataflow dataflow = translate("sinks");
    assertThat(dataflow.nodes())
        .allSatisfy(node -> assertThat(dataflow.place(node.id())).isEmpty());
  }

  private static Node sink(Dataflow dataflow, String table) {
    return dataflow.nodes().stream()
        .filter(node -> node.name().startsWith("Sink " + table + "["))
        .findAny()
        .orElseThrow();
  }
}
