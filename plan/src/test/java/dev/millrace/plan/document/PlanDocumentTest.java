package dev.millrace.plan.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.plan.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanDocumentTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Map<String, String> configuration = Map.of("table.local-time-zone", "UTC", "a.b", "\"x\" ü");
    SqlPlaces places =
        new SqlPlaces(
            Map.of("c.d.t", "job.sql:1:1"),
            List.of(new SqlPlaces.Writer("c.d.t", "job.sql:2:3", Map.of("UPPER", "job.sql:2:9"))));
    PlanDocument written = PlanDocument.of(Golden.json("values"), "my job", configuration, places);
    Path file = Files.writeString(folder.resolve("x.plan.json"), written.write());
    PlanDocument read = PlanDocument.read(file);
    assertThat(read.name()).isEqualTo("my job");
    assertThat(read.configuration()).isEqualTo(configuration);
    assertThat(read.plan().places()).isEqualTo(places);
    assertThat(read.plan().nodes()).isEqualTo(Golden.document("values").plan().nodes());
    assertThat(read.write()).isEqualTo(written.write());
  }

  @Test
  void flinkGetsItsPlanAsItWroteIt() {
    PlanDocument document =
        PlanDocument.of(Golden.json("values"), "x", Map.of("a", "b"), SqlPlaces.NONE);
    assertThat(Golden.tree(document.flinkPlan())).isEqualTo(Golden.tree(Golden.json("values")));
  }

  @Test
  void aPlanOfFlinksHasNoNameAndNoConfiguration() {
    PlanDocument document = Golden.document("values");
    assertThat(document.name()).isEmpty();
    assertThat(document.configuration()).isEmpty();
  }

  @Test
  void inputsComeBeforeTheirConsumers() {
    CompiledPlan plan =
        PlanDocument.parse(
                ("{'flinkVersion':'2.3','nodes':[{'id':3,'type':'c_1'},{'id':1,'type':'a_1'},"
                        + "{'id':2,'type':'b_2'}],'edges':[{'source':2,'target':3},"
                        + "{'source':1,'target':3},{'source':1,'target':2}]}")
                    .replace('\'', '"'),
                "It")
            .plan();
    assertThat(plan.nodes().stream().map(PlanNode::id).toList()).containsExactly(1, 2, 3);
    assertThat(plan.inputs(plan.nodes().get(2)).stream().map(PlanEdge::source).toList())
        .containsExactly(2, 1);
    assertThat(plan.nodes().get(1).type()).isEqualTo("b");
    assertThat(plan.nodes().get(1).version()).isEqualTo(2);
  }

  private static void refuses(String json, String... messageParts) {
    assertThatThrownBy(() -> PlanDocument.parse(json.replace('\'', '"'), "Plan file 'p'").plan())
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith(json.contains("edges") ? "The plan" : "Plan file 'p'")
        .message()
        .contains(messageParts)
        .doesNotContain("\n");
  }

  @Test
  void damagedPlansAreNamedWithThePlace() {
    refuses("", "not valid JSON", "line 1");
    refuses("{'flinkVersion':'2.3',\n'nodes':[", "not valid JSON", "line 2", "damaged");
    refuses("{'nodes':[]} x", "not valid JSON");
    refuses("SELECT 1", "not valid JSON");
    refuses("[1]", "no compiled plan");
    refuses("{'flinkVersion':'2.3'}", "no compiled plan", "'nodes'");
    refuses(
        "{'flinkVersion':'2.3','nodes':[{'id':1,'type':'a_1'}],'edges':[{'source':7,'target':1}]}",
        "edge from node 7 to node 1");
    refuses(
        "{'flinkVersion':'2.3','nodes':[{'id':1,'type':'a_1'}],'edges':[{'source':1,'target':1}]}",
        "circle");
    refuses("{'flinkVersion':'2.3','nodes':[{'id':1,'type':'a_x'}],'edges':[]}", "'a_x'");
    refuses("{'flinkVersion':'2.3','nodes':[{'type':'a_1'}],'edges':[]}", "without an id");
  }

  @Test
  void otherVersionsAreRefusedWithTheWayOut() {
    refuses("{'flinkVersion':'1.18','nodes':[]}", "Flink 1.18", "Flink 2.3", "millrace compile");
    refuses(
        "{'flinkVersion':'2.3','nodes':[],'millrace':{'formatVersion':9}}",
        "version 9",
        "version 1",
        "millrace compile");
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("none.plan.json");
    assertThatThrownBy(() -> PlanDocument.read(missing))
        .isInstanceOf(MillraceException.class)
        .hasMessage("Plan file '" + missing + "' does not exist.");
  }
}
