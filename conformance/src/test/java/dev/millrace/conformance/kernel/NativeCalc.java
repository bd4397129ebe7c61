package dev.millrace.conformance.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.rex.RexTranslator;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The Calc of a compiled plan, evaluated by the engine. */
final class NativeCalc {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Expression projection;
  private final Expression condition;

  private NativeCalc(Expression projection, Expression condition) {
    this.projection = projection;
    this.condition = condition;
  }

  /** Of a plan with one Calc that projects one column of these. */
  static NativeCalc of(String planJson, List<Column> columns) throws Exception {
    for (JsonNode node : JSON.readTree(planJson).get("nodes")) {
      if (node.get("type").asText().startsWith("stream-exec-calc")) {
        RexTranslator rex = new RexTranslator(rowType(columns));
        JsonNode condition = node.get("condition");
        return new NativeCalc(
            rex.translate(node.get("projection").get(0)),
            condition == null || condition.isNull() ? null : rex.translate(condition));
      }
    }
    throw new IllegalArgumentException("no Calc in " + planJson);
  }

  /** The outcome of each of a batch's rows that {@code rows} lists; the others are null. */
  List<Outcome> evaluate(Batch batch, Positions rows, ZoneId zone) {
    EvaluationContext context = new EvaluationContext(zone, Clock.SYSTEM);
    Outcome[] outcomes = new Outcome[batch.rowCount()];
    for (int i = 0; i < rows.count(); i++) {
      outcomes[rows.get(i)] = Outcome.FILTERED;
    }
    Positions kept = rows;
    if (condition != null) {
      kept = rows.select((BooleanVector) condition.evaluate(batch, rows, context));
    }
    Vector values = projection.evaluate(batch, kept, context);
    for (int i = 0; i < kept.count(); i++) {
      outcomes[kept.get(i)] = Outcome.value(PlainValues.ofNative(projection.type(), values, i));
    }
    for (EvaluationContext.RowError error : context.takeErrors()) {
      outcomes[error.row()] = Outcome.failed(error.message());
    }
    return Collections.unmodifiableList(Arrays.asList(outcomes));
  }

  static Batch batch(List<Column> columns, List<List<Object>> rows) {
    BatchBuilder builder = new BatchBuilder(rowType(columns));
    for (List<Object> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        Values.append(builder.column(i), columns.get(i).type(), row.get(i));
      }
      builder.endRow();
    }
    return builder.build();
  }

  private static DataType rowType(List<Column> columns) {
    return DataType.row(
        columns.stream().map(column -> new DataType.Field(column.name(), column.type())).toList());
  }
}
