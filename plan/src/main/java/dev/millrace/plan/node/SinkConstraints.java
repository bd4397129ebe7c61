package dev.millrace.plan.node;

import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.dataflow.Node.OperatorNode;
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
  private final SinkTable table;

  SinkConstraints(PlanNode node, SinkTable table) {
    this.node = node;
    this.table = table;
  }

  Flow enforce(Flow input, Translation translation) {
    if (!translation.settings().get(NESTED, "IGNORE").equals("IGNORE")) {
      translation.unsupported(List.of("option '" + NESTED + "'"), translation.subjects().of(node));
    }
    return enforceLength(enforceNotNull(input, translation), translation);
  }

  private Flow enforceNotNull(Flow input, Translation translation) {
    List<Integer> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < table.schema().children().size(); i++) {
      if (!table.schema().child(i).nullable()) {
        columns.add(i);
        names.add(table.schema().children().get(i).name());
      }
    }
    if (columns.isEmpty()) {
      return input;
    }
    int[] positions = ColumnPositions.toArray(columns);
    boolean drop = node.option(NOT_NULL, "ERROR").equals("DROP");
    return add(
        "NotNullEnforcer",
        "fields=" + names + (drop ? ", drop" : ""),
        () -> new NotNullEnforcer(positions, names, drop, table.name()),
        input,
        translation);
  }

  private Flow enforceLength(Flow input, Translation translation) {
    String mode = node.option(LENGTH, "IGNORE");
    DataType row = rowWithLengths();
    if (mode.equals("IGNORE") || row == null) {
      return input;
    }
    boolean fail = mode.equals("ERROR");
    return add(
        "LengthEnforcer",
        "fields=" + Names.fields(row) + (fail ? "" : ", trim and pad"),
        () -> new LengthEnforcer(row, fail, table.name()),
        input,
        translation);
  }

  /** The sink's row with the lengths of its physical columns; null if none has a length. */
  private DataType rowWithLengths() {
    boolean limited = false;
    List<Field> fields = new ArrayList<>(table.schema().children());
    for (Field field : fields) {
      DataType type = field.type();
      limited |= (type.isString() || type.isBinary()) && type.length() != DataType.MAX_LENGTH;
    }
    fields.addAll(table.metadata());
    return limited ? DataType.row(fields) : null;
  }

  private Flow add(
      String kind, String what, Supplier<Operator> operator, Flow input, Translation translation) {
    int id = translation.newId();
    int parallelism = input.consumerParallelism();
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
