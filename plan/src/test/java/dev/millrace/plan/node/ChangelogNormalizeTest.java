package dev.millrace.plan.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.operator.rank.ChangelogNormalize;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangelogNormalizeTest extends PlanTest {
  @Test
  void anUpsertSourceIsCompletedByItsKey() {
    Dataflow dataflow = translate("normalize", ChangelogNormalizeTest::readTestTable);
    OperatorNode normalize = operator(dataflow, "ChangelogNormalize");
    assertThat(normalize.operator().get()).isInstanceOf(ChangelogNormalize.class);
    assertThat(normalize.inputs().get(0).exchange()).isEqualTo(new Exchange.Hash(List.of(0)));
    assertThat(names(normalize.rowType())).containsExactly("id", "amount");
  }

  @Test
  void theFilterThatIsPutThereMustBeNative() {
    assertThat(
            reasons(
                changed(
                    "normalize",
                    plan -> {
                      readTestTable(plan);
                      node(plan, "ChangelogNormalize")
                          .withObject("filterCondition")
                          .put("internalName", "$UNHEARD$1");
                    }),
                Map.of()))
        .hasSize(1)
        .allMatch(reason -> reason.contains("UNHEARD"));
  }

  private static void readTestTable(ObjectNode plan) {
    tableOptions(plan, SCAN).put("connector", "kafka");
  }
}
