package dev.millrace.plan.rex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.format.FieldUse;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import dev.millrace.plan.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnUsesTest {
  private static final DataType INT = DataType.of(TypeRoot.INT);
  private static final DataType PAIR =
      DataType.row(List.of(new Field("x", INT), new Field("y", INT)));
  private static final DataType ROW =
      DataType.row(
          List.of(
              new Field("a", INT),
              new Field("r", DataType.row(List.of(new Field("p", PAIR), new Field("q", INT)))),
              new Field("rows", DataType.array(PAIR))));

  private static final String R = "{'kind':'INPUT_REF','inputIndex':1}";

  private final ColumnUses uses = new ColumnUses(ROW);

  private static String field(String name, String of) {
    return "{'kind':'FIELD_ACCESS','name':'" + name + "','expr':" + of + "}";
  }

  private void add(String rex) {
    uses.addExpression(Golden.quoted(rex));
  }

  @Test
  void nothingIsUsedAtFirst() {
    assertThat(uses.places()).containsExactly(-1, -1, -1);
  }

  @Test
  void aPathUsesOnlyItsField() {
    add(field("y", field("p", R)));
    assertThat(uses.use(1)).isEqualTo(FieldUse.of(FieldUse.of(null, FieldUse.ALL), null));
    assertThat(uses.places()).containsExactly(-1, 0, -1);
  }

  @Test
  void pathsAreMergedAndTheWholeCoversThem() {
    add(field("y", field("p", R)));
    add("{'kind':'CALL','operands':[" + field("q", R) + "," + field("x", field("p", R)) + "]}");
    assertThat(uses.use(1))
        .isEqualTo(FieldUse.of(FieldUse.of(FieldUse.ALL, FieldUse.ALL), FieldUse.ALL));
    add(R);
    assertThat(uses.use(1)).isEqualTo(FieldUse.ALL);
    add(field("q", R));
    assertThat(uses.use(1)).isEqualTo(FieldUse.ALL);
  }

  @Test
  void aFieldOfAComputedRowUsesAllOfItsOperands() {
    add(
        field(
            "x",
            "{'kind':'CALL','operands':[{'kind':'INPUT_REF','inputIndex':2},"
                + "{'kind':'LITERAL','value':1}],'type':'ROW<`x` INT, `y` INT>'}"));
    assertThat(uses.use(2)).isEqualTo(FieldUse.ALL);
    assertThat(uses.used(0)).isFalse();
  }

  @Test
  void theUseOfAProjectedColumnIsThatOfItsInput() {
    uses.addExpression(Golden.quoted(field("p", R)), FieldUse.of(FieldUse.ALL, null));
    assertThat(uses.use(1)).isEqualTo(FieldUse.of(FieldUse.of(FieldUse.ALL, null), null));
  }
}
