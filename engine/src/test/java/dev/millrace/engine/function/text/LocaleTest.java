package dev.millrace.engine.function.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Literal;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.function.Functions;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.type.DataType;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tests run in a Turkish locale, where Java's own upper case of i has a dot. */
class LocaleTest {
  @Test
  void upperAndLowerDoNotDependOnTheLocale() {
    assertThat(call("UPPER", "ii")).isEqualTo("II");
    assertThat(call("UPPER", "éi")).isEqualTo("ÉI");
    assertThat(call("LOWER", "ÉI")).isEqualTo("éi");
    assertThat(call("INITCAP", "isTANBUL i")).isEqualTo("Istanbul I");
  }

  private static Object call(String function, String text) {
    DataType type = DataType.string();
    Expression call =
        Functions.create(new FunctionCall(function, List.of(new Literal(type, text)), type));
    EvaluationContext context = new EvaluationContext(ZoneOffset.UTC, Clock.SYSTEM);
    return Values.get(call.evaluate(new Batch(1), Positions.all(1), context), type, 0);
  }
}
