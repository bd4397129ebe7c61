package dev.millrace.flink;

import dev.millrace.engine.option.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.ResultKind;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.types.Row;

/** What statements such as SHOW, DESCRIBE and EXPLAIN answer, as text. */
final class Results {
  private Results() {}

  /** The statement's answer; nothing if it only did something. */
  static Optional<Step> of(TableResultInternal result, Placeholders placeholders) {
    if (result.getResultKind() == ResultKind.SUCCESS) {
      return Optional.empty();
    }
    List<List<String>> rows = new ArrayList<>();
    result.collect().forEachRemaining(row -> rows.add(cells(row, placeholders)));
    return Optional.of(new Step.Output(result.getResolvedSchema().getColumnNames(), rows));
  }

  private static List<String> cells(Row row, Placeholders placeholders) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.getArity(); i++) {
      Object value = row.getField(i);
      cells.add(value == null ? null : placeholders.mask(value.toString()));
    }
    return cells;
  }

  /** The answer to a bare SET. */
  static Step settings(Map<String, String> settings) {
    List<List<String>> rows = new ArrayList<>();
    settings.forEach((name, value) -> rows.add(List.of(name, value)));
    return new Step.Output(List.of("key", "value"), rows);
  }
}
