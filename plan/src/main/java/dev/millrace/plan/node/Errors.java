package dev.millrace.plan.node;

import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.dataflow.ErrorHandling;
import dev.millrace.engine.dataflow.ErrorHandling.OfTable;
import dev.millrace.engine.dataflow.Node.Input;
import dev.millrace.engine.dataflow.Node.LetterNode;
import dev.millrace.engine.dataflow.Node.SinkNode;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.deadletter.ErrorMode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.Nearest;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.plan.document.CompiledPlan;
import dev.millrace.plan.document.ErrorSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Says what happens at each node to rows that cannot be processed, and adds where they go. */
final class Errors {
  private final CompiledPlan plan;
  private final ErrorSettings settings;
  private final Translation translation;

  Errors(CompiledPlan plan, Translation translation) {
    this.plan = plan;
    this.settings = translation.settings().errors();
    this.translation = translation;
  }

  /** To be called when all other nodes are there. */
  ErrorHandling add() {
    refuseUnknownTables();
    Map<Integer, OfTable> ofNodes = new HashMap<>();
    translation
        .tables()
        .forEach(
            (node, table) ->
                ofNodes.put(
                    node, new OfTable(table.name(), mode(table), translation.written(node))));
    if (settings.sendLetters()) {
      addLetters();
    }
    return new ErrorHandling(settings.ofJob(), ofNodes);
  }

  private ErrorMode mode(TableSpec table) {
    ErrorMode ofFullName = settings.ofTables().getOrDefault(table.fullName(), settings.ofJob());
    return settings.ofTables().getOrDefault(table.name(), ofFullName);
  }

  private void refuseUnknownTables() {
    Set<String> known = new TreeSet<>();
    for (TableSpec table : translation.tables().values()) {
      known.add(table.name());
      known.add(table.fullName());
    }
    for (String fullName : plan.places().tables().keySet()) {
      known.add(fullName);
      known.add(fullName.substring(fullName.lastIndexOf('.') + 1));
    }
    for (String name : settings.ofTables().keySet()) {
      if (!known.contains(name)) {
        throw MillraceException.usage(
            "Option '%s%s': there is no table '%s'%s"
                .formatted(ErrorSettings.PREFIX, name, name, Nearest.hintOr(name, known)));
      }
    }
  }

  private void addLetters() {
    TableSpec table = letterTable(plan, settings);
    Sink sink = sink(table);
    if (sink == null) {
      return;
    }
    int letters = translation.newId();
    translation.add(
        new LetterNode(letters, "Dead letters[" + letters + "]", "DeadLetters(of=[every step])"));
    int id = translation.newId();
    translation.add(
        new SinkNode(
            id,
            "Sink " + table.name() + "[" + id + "]",
            "Sink(table=[%s], fields=%s)"
                .formatted(table.fullName(), Names.fields(DeadLetters.ROW)),
            new Input(letters, Flow.FORWARD),
            sink));
  }

  private Sink sink(TableSpec table) {
    translation.unsupported(table.refused(), translation.subjects().of(table));
    return SinkTranslator.sink(
        table,
        new SinkTable(
            table.fullName(),
            table.physical(),
            table.primaryKey(),
            List.of(),
            Set.of(RowKind.INSERT),
            table.options(),
            translation.connectors().formats(),
            translation.settings().zone()),
        translation);
  }

  /** The dead-letter table; a user's error if there is none, or if it has other columns. */
  static TableSpec letterTable(CompiledPlan plan, ErrorSettings settings) {
    if (settings.table() == null) {
      throw MillraceException.usage(
          ("Rows that fail are to go to the dead-letter table, but there is none: %s; SET '%s' ="
                  + " 'dead_letters';")
              .formatted(DeadLetters.createTable("dead_letters"), ErrorSettings.TABLE));
    }
    if (plan.letterTable().isMissingNode()) {
      throw MillraceException.usage(
          "The plan does not hold the dead-letter table '%s'. SET '%s' in the script, and compile it again."
              .formatted(settings.table(), ErrorSettings.TABLE));
    }
    TableSpec table = TableSpec.read(plan.letterTable());
    if (!hasRightColumns(table.physical()) || table.primaryKey().length > 0) {
      throw MillraceException.usage(
          "Table '%s' cannot take dead letters, since it has other columns than those, or a key. Make it so: %s"
              .formatted(table.name(), DeadLetters.createTable(table.name())));
    }
    return table;
  }

  private static boolean hasRightColumns(DataType row) {
    List<Field> wanted = DeadLetters.ROW.children();
    boolean right = row.children().size() == wanted.size();
    for (int i = 0; right && i < wanted.size(); i++) {
      Field column = row.children().get(i);
      right =
          column.name().equals(wanted.get(i).name()) && column.type().equals(wanted.get(i).type());
    }
    return right;
  }
}
