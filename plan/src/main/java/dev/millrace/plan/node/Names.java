package dev.millrace.plan.node;

import dev.millrace.engine.format.FieldUse;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What plan nodes are called in messages and metrics. */
final class Names {
  private static final Map<String, String> WORDS = new HashMap<>();

  static {
    WORDS.put("async-calc", "an asynchronous function");
    WORDS.put("async-correlate", "an asynchronous table function (LATERAL TABLE)");
    WORDS.put("changelog-normalize", "completing an upsert stream (changelog normalization)");
    WORDS.put("correlate", "a table function (LATERAL TABLE, UNNEST)");
    WORDS.put("data-stream-scan", "a table made of a DataStream");
    WORDS.put("deduplicate", "deduplication (ROW_NUMBER() = 1)");
    WORDS.put("delta-join", "a delta join");
    WORDS.put("global-group-aggregate", "aggregation (GROUP BY)");
    WORDS.put("global-window-aggregate", "a window aggregation");
    WORDS.put("group-aggregate", "aggregation (GROUP BY, DISTINCT)");
    WORDS.put("group-table-aggregate", "a table aggregate function");
    WORDS.put("group-window-aggregate", "a group window aggregation (TUMBLE, HOP, SESSION)");
    WORDS.put("incremental-group-aggregate", "aggregation (GROUP BY)");
    WORDS.put("interval-join", "an interval join");
    WORDS.put("join", "a join");
    WORDS.put("limit", "LIMIT");
    WORDS.put("local-group-aggregate", "aggregation (GROUP BY)");
    WORDS.put("local-window-aggregate", "a window aggregation");
    WORDS.put("lookup-join", "a lookup join (FOR SYSTEM_TIME AS OF)");
    WORDS.put("match", "pattern matching (MATCH_RECOGNIZE)");
    WORDS.put("mini-batch-assigner", "mini batches (table.exec.mini-batch.enabled)");
    WORDS.put("ml-predict-table-function", "ML_PREDICT");
    WORDS.put("multi-join", "a multi-way join");
    WORDS.put("over-aggregate", "an OVER aggregation");
    WORDS.put("process-table-function", "a process table function");
    WORDS.put("python-async-calc", "a Python function");
    WORDS.put("python-calc", "a Python function");
    WORDS.put("python-correlate", "a Python table function");
    WORDS.put("python-group-aggregate", "a Python aggregate function");
    WORDS.put("python-group-window-aggregate", "a Python aggregate function");
    WORDS.put("python-over-aggregate", "a Python aggregate function");
    WORDS.put("rank", "Top-N (ROW_NUMBER() <= n)");
    WORDS.put("sort", "ORDER BY");
    WORDS.put("sort-limit", "ORDER BY with LIMIT");
    WORDS.put("temporal-join", "a temporal join (FOR SYSTEM_TIME AS OF)");
    WORDS.put("temporal-sort", "ORDER BY a time attribute");
    WORDS.put("vector-search-table-function", "VECTOR_SEARCH");
    WORDS.put("window-aggregate", "a window aggregation");
    WORDS.put("window-deduplicate", "window deduplication");
    WORDS.put("window-join", "a window join");
    WORDS.put("window-rank", "window Top-N");
    WORDS.put("window-table-function", "a window table function (TUMBLE, HOP, CUMULATE, SESSION)");
  }

  private Names() {}

  /** The head of the description and the id: {@code Calc[3]}. */
  static String of(PlanNode node) {
    String description = node.description();
    int end = description.indexOf('(');
    return (end < 0 ? description : description.substring(0, end)) + "[" + node.id() + "]";
  }

  /** A table's end of the dataflow: {@code Source orders[1]}. */
  static String of(String end, TableSpec table, PlanNode node) {
    return end + " " + table.name() + "[" + node.id() + "]";
  }

  /** What a kind of node does, in words of SQL. */
  static String words(PlanNode node) {
    String kind = node.type().replace("stream-exec-", "");
    String words = WORDS.get(kind);
    return words == null ? "the plan node " + kind : words;
  }

  /** The names of a ROW's fields: {@code [id, amount]}. */
  static String fields(DataType row) {
    List<String> names = new ArrayList<>();
    for (DataType.Field field : row.children()) {
      names.add(field.name());
    }
    return names.toString();
  }

  /** The columns that are used, nested fields by their paths: {@code [id, address.city]}. */
  static String paths(DataType row, ColumnUses uses) {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < row.children().size(); i++) {
      addPaths(row.children().get(i).name(), row.child(i), uses.use(i), paths);
    }
    return paths.toString();
  }

  private static void addPaths(String path, DataType type, FieldUse use, List<String> paths) {
    if (use == null) {
      return;
    }
    if (use.all()) {
      paths.add(path);
      return;
    }
    for (int i = 0; i < type.children().size(); i++) {
      String child = path + "." + type.children().get(i).name();
      addPaths(child, type.child(i), use.field(i), paths);
    }
  }
}
