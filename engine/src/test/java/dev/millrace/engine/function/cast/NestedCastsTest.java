package dev.millrace.engine.function.cast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.RowVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.FieldAccess;
import dev.millrace.engine.expression.InputRef;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.function.Functions;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class NestedCastsTest {
  private static DataType row(TypeRoot first) {
    return DataType.row(
        List.of(new Field("a", DataType.of(first)), new Field("b", DataType.of(TypeRoot.INT))));
  }

  /** As those of a constant are, which are kept for the largest batch. */
  @Test
  void fieldsMayBeLongerThanTheBatch() {
    IntVector a = new IntVector(4, new int[] {1, 2, 3, 4}, null);
    IntVector b =
        new IntVector(4, new int[] {5, 6, 7, 8}, new boolean[] {true, false, false, false});
    RowVector rows =
        new RowVector(4, new Vector[] {a, b}, new boolean[] {false, true, false, false});
    Expression cast =
        Functions.create(
            new FunctionCall(
                "CAST", List.of(new InputRef(0, row(TypeRoot.INT))), row(TypeRoot.BIGINT)));

    Vector second =
        new FieldAccess(cast, 1)
            .evaluate(
                new Batch(3, rows),
                Positions.all(3),
                new EvaluationContext(ZoneOffset.UTC, Clock.SYSTEM));

    assertThat(List.of(second.isNull(0), second.isNull(1), second.isNull(2)))
        .containsExactly(true, true, false);
    assertThat(((IntVector) second).values()[2]).isEqualTo(7);
  }
}
