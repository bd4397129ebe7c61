package dev.millrace.flink;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.flink.script.Position;
import dev.millrace.flink.script.ScriptException;
import dev.millrace.flink.script.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.table.catalog.ObjectIdentifier;

/** Makes one message with its place in the script of what Flink's planner throws. */
final class SqlErrors {
  /** How Calcite writes a place. */
  private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+)");

  /** How Flink names the table whose source or sink it can't make. */
  private static final Pattern TABLE =
      Pattern.compile("Unable to create a (?:source|sink) for \\w+ table '([^']+)'");

  private final Session session;
  private final Statement statement;
  private final Position position;

  /** {@code position} is the place to show where Flink gives none. */
  SqlErrors(Session session, Statement statement, Position position) {
    this.session = session;
    this.statement = statement;
    this.position = position;
  }

  MillraceException toUserError(RuntimeException thrown) {
    List<Throwable> chain = RootCause.chain(thrown);
    if (thrown instanceof ScriptException placed) {
      return placed;
    }
    String text = chain.stream().map(SqlErrors::messageOf).collect(Collectors.joining("\n"));
    PlannerMessage message = PlannerMessage.of(chain, text);
    String line = session.placeholders().mask(message.line());
    return definingStatement(text)
        .flatMap(owner -> optionError(owner, message, line, thrown))
        .or(() -> literalError(statement, message, line, thrown))
        .orElseGet(() -> statement.error(place(text), line, thrown));
  }

  private static String messageOf(Throwable throwable) {
    return String.valueOf(throwable.getMessage());
  }

  /** The statement that made the table which Flink complains about. */
  private Optional<Statement> definingStatement(String text) {
    Matcher table = TABLE.matcher(text);
    return table.find()
        ? session.tables().entrySet().stream()
            .filter(made -> made.getKey().asSummaryString().equals(table.group(1)))
            .map(Map.Entry<ObjectIdentifier, Statement>::getValue)
            .findFirst()
        : Optional.empty();
  }

  /** An error at the option in the table's definition, or else in the statement that uses it. */
  private Optional<ScriptException> optionError(
      Statement owner, PlannerMessage message, String line, Throwable cause) {
    return literalError(owner, message, line, cause)
        .or(() -> literalError(statement, message, line, cause))
        .or(
            () ->
                message.ofOptions()
                    ? Optional.of(owner.error(owner.position(), line, cause))
                    : Optional.empty());
  }

  private static Optional<ScriptException> literalError(
      Statement statement, PlannerMessage message, String line, Throwable cause) {
    return Optional.ofNullable(message.literal())
        .flatMap(statement::find)
        .map(at -> statement.error(at, line, cause));
  }

  private Position place(String text) {
    Matcher place = PLACE.matcher(text);
    return place.find()
        ? statement
            .position()
            .plus(new Position(Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2))))
        : position;
  }
}
