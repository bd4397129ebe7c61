package dev.millrace.conformance.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.InputRef;
import dev.millrace.engine.expression.Literal;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.function.Functions;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;

/** The plainest forms of a compiled plan's expressions. */
final class RexExpressions {
  Expression translate(JsonNode rex) {
    return switch (rex.get("kind").asText()) {
      case "INPUT_REF" -> new InputRef(rex.get("inputIndex").asInt(), type(rex.get("type")));
      case "LITERAL" ->
          rex.has("symbol")
              ? new Literal(DataType.string().withNullable(false), rex.get("value").asText())
              : literal(type(rex.get("type")), rex.get("value"));
      case "CALL" -> call(rex);
      default -> throw new UnsupportedException(rex.toString());
    };
  }

  private Expression call(JsonNode rex) {
    List<Expression> operands = new ArrayList<>();
    rex.path("operands").forEach(operand -> operands.add(translate(operand)));
    String name =
        rex.has("internalName")
            ? rex.get("internalName").asText().replaceAll("^\\$|\\$\\d+$", "")
            : rex.get("systemName").asText();
    return Functions.create(new FunctionCall(name, operands, type(rex.get("type"))));
  }

  private static Literal literal(DataType type, JsonNode value) {
    if (value == null || value.isNull()) {
      return new Literal(type, null);
    }
    String text = value.asText();
    return new Literal(
        type,
        switch (type.root()) {
          case BOOLEAN -> Boolean.valueOf(text);
          case TINYINT -> Byte.valueOf(text);
          case SMALLINT -> Short.valueOf(text);
          case INT -> Integer.valueOf(text);
          case BIGINT -> Long.valueOf(text);
          case FLOAT -> Float.valueOf(text);
          case DOUBLE -> Double.valueOf(text);
          case DECIMAL -> new BigDecimal(text);
          case CHAR, VARCHAR -> text;
          case DATE -> LocalDate.parse(text);
          case TIME -> LocalTime.parse(text);
          case TIMESTAMP -> LocalDateTime.parse(text.replace(' ', 'T'));
          case TIMESTAMP_LTZ ->
              LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
          case INTERVAL_YEAR_MONTH -> Period.ofMonths(Integer.parseInt(text));
          case INTERVAL_DAY_TIME -> Duration.ofMillis(Long.parseLong(text));
          default ->
              value.isTextual() && type.is(TypeRoot.RAW)
                  ? text
                  : unsupported("literal of type " + type);
        });
  }

  private static Object unsupported(String what) {
    throw new UnsupportedException(what);
  }

  private static DataType type(JsonNode type) {
    return type(LogicalTypeParser.parse(type.asText(), RexExpressions.class.getClassLoader()));
  }

  private static DataType type(LogicalType type) {
    List<LogicalType> children = type.getChildren();
    DataType nullable =
        switch (type.getTypeRoot()) {
          case CHAR -> DataType.of(TypeRoot.CHAR, LogicalTypeChecks.getLength(type));
          case VARCHAR -> DataType.of(TypeRoot.VARCHAR, LogicalTypeChecks.getLength(type));
          case BINARY -> DataType.of(TypeRoot.BINARY, LogicalTypeChecks.getLength(type));
          case VARBINARY -> DataType.of(TypeRoot.VARBINARY, LogicalTypeChecks.getLength(type));
          case BOOLEAN -> DataType.of(TypeRoot.BOOLEAN);
          case DECIMAL ->
              DataType.decimal(
                  ((DecimalType) type).getPrecision(), ((DecimalType) type).getScale());
          case TINYINT -> DataType.of(TypeRoot.TINYINT);
          case SMALLINT -> DataType.of(TypeRoot.SMALLINT);
          case INTEGER -> DataType.of(TypeRoot.INT);
          case BIGINT -> DataType.of(TypeRoot.BIGINT);
          case FLOAT -> DataType.of(TypeRoot.FLOAT);
          case DOUBLE -> DataType.of(TypeRoot.DOUBLE);
          case DATE -> DataType.of(TypeRoot.DATE);
          case TIME_WITHOUT_TIME_ZONE ->
              DataType.of(TypeRoot.TIME, LogicalTypeChecks.getPrecision(type));
          case TIMESTAMP_WITHOUT_TIME_ZONE ->
              DataType.of(TypeRoot.TIMESTAMP, LogicalTypeChecks.getPrecision(type));
          case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
              DataType.of(TypeRoot.TIMESTAMP_LTZ, LogicalTypeChecks.getPrecision(type));
          case INTERVAL_YEAR_MONTH -> DataType.of(TypeRoot.INTERVAL_YEAR_MONTH);
          case INTERVAL_DAY_TIME -> DataType.of(TypeRoot.INTERVAL_DAY_TIME, 3);
          case ARRAY -> DataType.array(type(children.get(0)));
          case MAP -> DataType.map(type(children.get(0)), type(children.get(1)));
          case MULTISET -> DataType.multiset(type(children.get(0)));
          case ROW -> DataType.row(fields((RowType) type));
          case NULL -> DataType.of(TypeRoot.NULL);
          default -> DataType.raw(type.asSerializableString());
        };
    return nullable.withNullable(type.isNullable());
  }

  private static List<DataType.Field> fields(RowType type) {
    return type.getFields().stream()
        .map(field -> new DataType.Field(field.getName(), type(field.getType())))
        .toList();
  }
}
