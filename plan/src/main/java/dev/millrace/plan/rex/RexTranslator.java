package dev.millrace.plan.rex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.FieldAccess;
import dev.millrace.engine.expression.InputRef;
import dev.millrace.engine.expression.Literal;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.function.Functions;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.type.TypeReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes engine expressions of a plan's row expressions over one input.
 *
 * <p>Each call of {@link #translate} makes new objects, because expressions keep scratch memory.
 * What the engine has no kernel for is collected over the whole expression and thrown as one {@link
 * UnsupportedException}. Immutable.
 */
public final class RexTranslator {
  /** Stands for an operand that could not be translated, so that the rest is still checked. */
  private record Untranslated(DataType type) implements Expression {
    @Override
    public Vector evaluate(Batch batch, Positions rows, EvaluationContext context) {
      throw new IllegalStateException("an expression that was refused is evaluated");
    }
  }

  private final DataType row;
  private final int[] columns;

  /** {@code row} is the input's ROW, as the plan has it; its batches hold just these columns. */
  public RexTranslator(DataType row) {
    this(row, null);
  }

  /**
   * For batches that hold a part of the plan's columns: {@code columns} tells for each column of
   * {@code row} where it is in the batch, or -1; null when they are the same.
   */
  public RexTranslator(DataType row, int[] columns) {
    this.row = row;
    this.columns = columns;
  }

  /** The expression of a JSON row expression; {@code kind} tells its form. */
  public Expression translate(JsonNode rex) {
    return translateAll(List.of(rex)).get(0);
  }

  /**
   * The expressions of several that are evaluated by one operator on the same batches: calls that
   * stand in several places are computed once. What is refused is collected over all of them.
   */
  public List<Expression> translateAll(Iterable<JsonNode> rexes) {
    List<Expression> expressions = new ArrayList<>();
    Set<String> reasons = new LinkedHashSet<>();
    SharedCalls calls = new SharedCalls(rexes);
    for (JsonNode rex : rexes) {
      expressions.add(translate(rex, calls, reasons));
    }
    if (!reasons.isEmpty()) {
      throw new UnsupportedException(List.copyOf(reasons));
    }
    return expressions;
  }

  private Expression translate(JsonNode rex, SharedCalls calls, Set<String> reasons) {
    String kind = rex.path("kind").asText();
    return switch (kind) {
      case "INPUT_REF" -> inputRef(rex.get("inputIndex").intValue());
      case "LITERAL" -> literal(rex);
      case "CALL" -> calls.expression(rex, () -> call(rex, calls, reasons));
      case "FIELD_ACCESS" -> fieldAccess(rex, calls, reasons);
      case "CORREL_VARIABLE" -> refused("a correlated column", rex, reasons);
      case "PATTERN_INPUT_REF" -> refused("a column of a pattern", rex, reasons);
      default ->
          throw MillraceException.usage(
              "The plan has an expression that cannot be read: " + rex + ".");
    };
  }

  private Expression inputRef(int column) {
    return new InputRef(columns == null ? column : columns[column], row.child(column));
  }

  private static Expression literal(JsonNode rex) {
    if (rex.has("symbol")) {
      return new Literal(DataType.string().withNullable(false), rex.get("value").asText());
    }
    DataType type = TypeReader.read(rex.get("type"));
    return new Literal(type, RexLiterals.value(rex.path("value"), type));
  }

  private Expression fieldAccess(JsonNode rex, SharedCalls calls, Set<String> reasons) {
    Expression parent = translate(rex.get("expr"), calls, reasons);
    return new FieldAccess(parent, parent.type().indexOf(rex.get("name").asText()));
  }

  private Expression call(JsonNode rex, SharedCalls calls, Set<String> reasons) {
    if (RexNames.function(rex).equals(RexSearch.FUNCTION)) {
      Expression operand = translate(rex.get("operands").get(0), calls, reasons);
      return RexSearch.of(operand, rex.get("operands").get(1));
    }
    List<Expression> operands = new ArrayList<>();
    for (JsonNode operand : rex.path("operands")) {
      operands.add(translate(operand, calls, reasons));
    }
    DataType type = TypeReader.read(rex.get("type"));
    FunctionCall call = new FunctionCall(RexNames.function(rex), operands, type);
    try {
      if (RexNames.isUserFunction(rex)) {
        throw new UnsupportedException("user function " + call.signature());
      }
      return Functions.create(call);
    } catch (UnsupportedException e) {
      reasons.addAll(e.reasons());
      return new Untranslated(type);
    }
  }

  private static Expression refused(String what, JsonNode rex, Set<String> reasons) {
    reasons.add(what);
    return new Untranslated(TypeReader.read(rex.get("type")));
  }
}
