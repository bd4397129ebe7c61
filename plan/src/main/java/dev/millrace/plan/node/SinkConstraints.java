package dev.millrace.plan.node;

import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.operator.ConstraintDepth;
import dev.millrace.engine.operator.LengthEnforcer;
import dev.millrace.engine.operator.NotNullEnforcer;
import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.plan.document.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Puts operators before a sink that enforce NOT NULL and the lengths of its columns, as the options
 * {@code table.exec.sink.*-enforcer} say.
 */
final class SinkConstraints {
  private static final String NOT_NULL = "table.exec.sink.not-null-enforcer";
  private static final String LENGTH = "table.exec.sink.type-length-enforcer";
  private static final String NESTED = "table.exec.sink.nested-constraint-enforcer";

  private final PlanNode node;
  private final TableSpec spec;
  private final SinkTable table;

  SinkConstraints(PlanNode node, TableSpec spec, SinkTable table) {
    this.node = node;
    this.spec = spec;
    this.table = table;
  }

  Flow enforce(Flow input, Translation translation) {
    ConstraintDepth depth = depth(translation.settings().get(NESTED, "IGNORE"));
    return enforceLength(enforceNotNull(input, depth, translation), depth, translation);
  }

  private static ConstraintDepth depth(String option) {
    return switch (option) {
      case "IGNORE" -> ConstraintDepth.COLUMNS;
      case "ROWS" -> ConstraintDepth.ROWS;
      case "ROWS_AND_COLLECTIONS" -> ConstraintDepth.COLLECTIONS;
      default -> throw new UnsupportedException("'%s' = '%s'".formatted(NESTED, option));
    };
  }

  private Flow enforceNotNull(Flow input, ConstraintDepth depth, Translation translation) {
    List<String> names = new ArrayList<>();
    for (Field field : table.schema().children()) {
      if (NotNullEnforcer.concerns(field.type(), depth)) {
        names.add(field.name());
      }
    }
    if (names.isEmpty()) {
      return input;
    }
    boolean drop = node.option(NOT_NULL, "ERROR").equals("DROP");
    return add(
        "NotNullEnforcer",
        "fields=" + names + (drop ? ", drop" : ""),
        () -> new NotNullEnforcer(table.schema(), depth, drop, table.name()),
        input,
        translation);
  }

  private Flow enforceLength(Flow input, ConstraintDepth depth, Translation translation) {
    String mode = node.option(LENGTH, "IGNORE");
    if (mode.equals("TRIM_PAD") && depth == ConstraintDepth.COLLECTIONS) {
      throw MillraceException.usage(
          ("Trimming and/or padding is not supported if constraint checking is enabled on types"
                  + " nested in collections. SET '%s' = 'ROWS', or '%s' = 'ERROR'.")
              .formatted(NESTED, LENGTH));
    }
    boolean limited =
        table.schema().children().stream()
            .anyMatch(field -> LengthEnforcer.concerns(field.type(), depth));
    if (mode.equals("IGNORE") || !limited) {
      return input;
    }
    List<Field> fields = new ArrayList<>(table.schema().children());
    fields.addAll(table.metadata());
    DataType row = DataType.row(fields);
    boolean fail = mode.equals("ERROR");
    return add(
        "LengthEnforcer",
        "fields=" + Names.fields(row) + (fail ? "" : ", trim and pad"),
        () -> new LengthEnforcer(row, depth, fail, table.name()),
        input,
        translation);
  }

  private Flow add(
      String kind, String what, Supplier<Operator> operator, Flow input, Translation translation) {
    int id = translation.newId();
    int parallelism = input.consumerParallelism();
    translation.writes(id, spec, table);
    translation.add(
        new OperatorNode(
            id,
            kind + "[" + id + "]",
            "%s(table=[%s], %s)".formatted(kind, table.name(), what),
            List.of(input.input()),
            input.batchRow(),
            parallelism,
            operator));
    return input.from(id, input.row(), parallelism);
  }
}
