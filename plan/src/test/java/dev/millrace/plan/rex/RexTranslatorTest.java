package dev.millrace.plan.rex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.InputRef;
import dev.millrace.engine.expression.Literal;
import dev.millrace.engine.expression.Shared;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import dev.millrace.plan.Golden;
import dev.millrace.plan.document.PlanNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RexTranslatorTest {
  private static final DataType INT = DataType.of(TypeRoot.INT);
  private static final DataType ROW =
      DataType.row(
          List.of(
              new Field("a", INT),
              new Field(
                  "r",
                  DataType.row(List.of(new Field("x", INT), new Field("y", DataType.string()))))));

  private static Expression translate(String rex) {
    return new RexTranslator(ROW).translate(Golden.quoted(rex));
  }

  private static Object evaluate(Expression expression, Object... row) {
    BatchBuilder builder = new BatchBuilder(ROW);
    for (int i = 0; i < row.length; i++) {
      Values.append(builder.column(i), ROW.child(i), row[i]);
    }
    builder.endRow();
    Batch batch = builder.build();
    EvaluationContext context = new EvaluationContext(ZoneOffset.UTC, Clock.SYSTEM);
    return Values.get(expression.evaluate(batch, Positions.all(1), context), expression.type(), 0);
  }

  /** The literals of the n-th Calc of a golden plan, in the order in which they are written. */
  private static List<Literal> literals(int calc) {
    List<PlanNode> calcs =
        Golden.document("literals").plan().nodes().stream()
            .filter(node -> node.type().equals("stream-exec-calc"))
            .toList();
    List<Literal> literals = new ArrayList<>();
    collect(calcs.get(calc).get("projection"), literals);
    return literals;
  }

  private static void collect(JsonNode json, List<Literal> literals) {
    if (json.path("kind").asText().equals("LITERAL")) {
      literals.add((Literal) new RexTranslator(ROW).translate(json));
    } else {
      json.forEach(child -> collect(child, literals));
    }
  }

  @Test
  void literalsOfAllTypesHaveTheirValues() {
    assertThat(literals(0).stream().map(Literal::value).toList())
        .containsExactly(
            true,
            (byte) 5,
            (short) 6,
            7,
            Long.MIN_VALUE,
            1.5f,
            1.5E300,
            new BigDecimal("12.34"),
            "abc",
            "it's ü😀",
            new byte[] {0x0A, (byte) 0xFF},
            new byte[] {0},
            LocalDate.of(2024, 2, 29),
            LocalTime.of(12, 34, 56),
            LocalDateTime.of(2024, 2, 29, 12, 34, 56, 123456789),
            Instant.ofEpochMilli(1001),
            null,
            "",
            null);
    assertThat(literals(0).get(18).type()).hasToString("ROW<`x` INT>");
  }

  @Test
  void intervalsAreMonthsOrMilliseconds() {
    assertThat(literals(1).stream().map(Literal::value).toList())
        .containsExactly(
            Period.ofMonths(14),
            Duration.ofDays(1).plusHours(2).plusMinutes(3).plusMillis(4567),
            "YEAR");
  }

  @Test
  void aSymbolBecomesAString() {
    Literal symbol =
        (Literal)
            translate("{'kind':'LITERAL','symbol':'TRIM','value':'BOTH','type':{'type':'SYMBOL'}}");
    assertThat(symbol.type()).isEqualTo(DataType.string().withNullable(false));
    assertThat(symbol.value()).isEqualTo("BOTH");
  }

  @Test
  void anInputRefIsMovedToWhereTheBatchHoldsTheColumn() {
    JsonNode rex = Golden.quoted("{'kind':'INPUT_REF','inputIndex':1,'type':'INT'}");
    assertThat(new RexTranslator(ROW, new int[] {-1, 0}).translate(rex))
        .isEqualTo(new InputRef(0, ROW.child(1)));
    assertThat(new RexTranslator(ROW).translate(rex)).isEqualTo(new InputRef(1, ROW.child(1)));
  }

  @Test
  void fieldAccessReadsAFieldOfARow() {
    Expression access =
        translate(
            "{'kind':'FIELD_ACCESS','name':'y','expr':{'kind':'INPUT_REF','inputIndex':1,'type':'INT'}}");
    assertThat(access.type()).isEqualTo(DataType.string());
    assertThat(evaluate(access, 1, List.of(2, "three"))).isEqualTo("three");
    assertThat(evaluate(access, 1, null)).isNull();
  }

  @Test
  void searchTestsRangesAndNull() {
    String ranges =
        "[{'upper':{'value':3,'boundType':'CLOSED'}},"
            + "{'lower':{'value':5,'boundType':'OPEN'},'upper':{'value':7,'boundType':'OPEN'}},"
            + "{'lower':{'value':9,'boundType':'CLOSED'},'upper':{'value':9,'boundType':'CLOSED'}}]";
    assertThat(search(ranges, "UNKNOWN", 3, 4, 5, 6, 7, 9, 10))
        .containsExactly(true, false, false, true, false, true, false);
    assertThat(search(ranges, "UNKNOWN", (Integer) null)).containsExactly((Boolean) null);
    assertThat(search(ranges, "TRUE", (Integer) null)).containsExactly(true);
    assertThat(search(ranges, "FALSE", (Integer) null)).containsExactly(false);
  }

  private static List<Object> search(String ranges, String nullAs, Integer... operands) {
    Expression search =
        translate(
            "{'kind':'CALL','syntax':'INTERNAL','internalName':'$SEARCH$1','operands':["
                + "{'kind':'INPUT_REF','inputIndex':0,'type':'INT'},"
                + "{'kind':'LITERAL','sarg':{'ranges':"
                + ranges
                + ",'nullAs':'"
                + nullAs
                + "'},'type':'INT NOT NULL'}],'type':'BOOLEAN'}");
    List<Object> answers = new ArrayList<>();
    for (Integer operand : operands) {
      answers.add(evaluate(search, operand, null));
    }
    return answers;
  }

  @Test
  void callsGoToTheFunctionOfThatName() {
    Expression sum =
        translate(
            "{'kind':'CALL','syntax':'BINARY','internalName':'$+$1','operands':["
                + "{'kind':'INPUT_REF','inputIndex':0,'type':'INT'},"
                + "{'kind':'LITERAL','value':1,'type':'INT NOT NULL'}],'type':'INT'}");
    assertThat(evaluate(sum, 41, null)).isEqualTo(42);
  }

  @Test
  void allThatIsUnsupportedIsNamedAtOnce() {
    String call =
        "{'kind':'CALL','internalName':'$NO_SUCH$1','operands':["
            + "{'kind':'CALL','catalogName':'`c`.`d`.`mine`','class':'x.Y','operands':["
            + "{'kind':'INPUT_REF','inputIndex':0,'type':'INT'}],'type':'INT'},"
            + "{'kind':'CALL','internalName':'$+$2','operands':[],'type':'INT'},"
            + "{'kind':'CALL','systemName':'temporary','operands':[],'type':'INT'},"
            + "{'kind':'CORREL_VARIABLE','correl':'$cor0','type':'ROW<`a` INT>'}],'type':'INT'}";
    assertThatThrownBy(() -> translate(call))
        .isInstanceOfSatisfying(
            UnsupportedException.class,
            e ->
                assertThat(e.reasons())
                    .containsExactly(
                        "user function c.d.mine(INT)",
                        "function +$2()",
                        "user function temporary()",
                        "a correlated column",
                        "function NO_SUCH(INT, INT, INT, ROW<`a` INT>)"));
  }

  /** A call in two projections is one expression. */
  @Test
  void sharesCallsThatStandTwice() {
    String upper =
        "{'kind':'CALL','internalName':'$UPPER$1','operands':[%s],'type':'VARCHAR(2147483647)'}";
    String field =
        "{'kind':'FIELD_ACCESS','name':'y','expr':{'kind':'INPUT_REF','inputIndex':1,'type':"
            + "{'type':'ROW','fields':[{'x':'INT'},{'y':'VARCHAR(2147483647)'}]}}}";
    JsonNode call = Golden.quoted(upper.formatted(field));
    List<Expression> both = new RexTranslator(ROW).translateAll(List.of(call, call.deepCopy()));
    assertThat(both.get(0)).isInstanceOf(Shared.class).isSameAs(both.get(1));
    assertThat(new RexTranslator(ROW).translate(call)).isNotInstanceOf(Shared.class);
  }
}
