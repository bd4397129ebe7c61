package dev.millrace.plan.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.runtime.JobConfig;
import dev.millrace.engine.runtime.Simulation;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs translated plans on the engine. */
class RunTest extends PlanTest {
  private static final String DATABASE = "default_catalog.default_database.";

  private void run(Dataflow dataflow, int parallelism) {
    JobConfig config = JobConfig.named("test").withParallelism(parallelism);
    assertThat(new Simulation(dataflow, config, 42).run(Duration.ofMinutes(1))).isTrue();
  }

  private static List<Object> insert(Object... values) {
    List<Object> row = new ArrayList<>(Arrays.asList(values));
    row.add(0, RowKind.INSERT);
    return row;
  }

  @Test
  void values() {
    run(translate("values"), 2);
    assertThat(tables.output.get(DATABASE + "sink"))
        .containsExactlyInAnyOrder(
            insert("x", new BigDecimal("1.5")), insert("yz", new BigDecimal("2.0")));
  }

  @Test
  void prunedColumnsArriveWhereTheyBelong() {
    LocalDateTime noon = LocalDateTime.of(2024, 1, 1, 12, 0);
    List<Object> place = Arrays.asList(null, List.of(1.5, 2.5), null);
    tables.input.put(
        "readings",
        List.of(
            Arrays.asList("r1", 10.0, noon, place, "never read"),
            Arrays.asList("r2", null, noon, null, "never read")));
    tables.input.put("log", List.of(Arrays.asList("l1", 3.0, noon, "never read")));
    run(translate("sensor"), 2);
    assertThat(tables.output.get(DATABASE + "doubled"))
        .containsExactlyInAnyOrder(insert("r1", 20.0, 1.5), insert("r2", null, null));
    assertThat(tables.output.get(DATABASE + "offsets"))
        .containsExactlyInAnyOrder(
            insert("r1", 10.0, 2.5), insert("r2", null, null), insert("l1", 4.0, 3.0));
  }

  /** The scan's other consumers make it deliver columns that the union does not have. */
  @Test
  void aUnionCutsAnInputThatHasMoreColumns() {
    tables.input.put(
        "source",
        List.of(Arrays.asList("s1", 1.0, "abc", null), Arrays.asList("s2", 2.0, "d", null)));
    Dataflow dataflow = translate("sinks", RunTest::insertUnionOfTheScanWithItself);
    OperatorNode union = operator(dataflow, "Union");
    assertThat(names(union.rowType())).containsExactly("id", "amount");
    assertThat(dataflow.node(union.inputs().get(0).node()).description())
        .isEqualTo("Calc(select=[id, amount]) for Union[999]");
    run(dataflow, 1);
    assertThat(tables.output.get(DATABASE + "upserted"))
        .containsExactlyInAnyOrder(
            insert("s1", 1.0), insert("s1", 1.0), insert("s2", 2.0), insert("s2", 2.0));
  }

  private static void insertUnionOfTheScanWithItself(ObjectNode plan) {
    ObjectNode scan = node(plan, SCAN);
    int calc = node(plan, "Calc(select=[id, amount])").get("id").intValue();
    for (JsonNode edge : plan.get("edges")) {
      if (edge.get("target").intValue() == calc) {
        ((ObjectNode) edge).put("source", 999);
      }
    }
    ArrayNode nodes = (ArrayNode) plan.get("nodes");
    nodes
        .addObject()
        .put("id", 999)
        .put("type", "stream-exec-union_1")
        .put("description", "Union")
        .set("outputType", scan.get("outputType"));
    ArrayNode edges = (ArrayNode) plan.get("edges");
    for (int i = 0; i < 2; i++) {
      ObjectNode edge = edges.addObject();
      edge.put("source", scan.get("id").intValue()).put("target", 999);
      edge.putObject("shuffle").put("type", "FORWARD");
    }
  }
}
