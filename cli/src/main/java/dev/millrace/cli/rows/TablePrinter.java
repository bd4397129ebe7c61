package dev.millrace.cli.rows;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.InputRef;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.function.Functions;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.type.DataType;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * A table with aligned columns. The first rows are held back to find the widths; later values that
 * are wider push their line out rather than being cut.
 */
final class TablePrinter implements RowPrinter {
  private static final int ROWS_FOR_WIDTHS = 200;
  private static final int MAX_WIDTH = 40;
  private static final String NULL = "<NULL>";

  private final List<String> header = new ArrayList<>();
  private final List<Expression> texts = new ArrayList<>();
  private final boolean changelog;
  private final EvaluationContext context;
  private final PrintStream out;
  private List<List<String>> held = new ArrayList<>();
  private int[] widths;
  private long count;

  TablePrinter(DataType rowType, boolean changelog, ZoneId zone, PrintStream out) {
    this.changelog = changelog;
    this.context = new EvaluationContext(zone, Clock.SYSTEM);
    this.out = out;
    if (changelog) {
      header.add("op");
    }
    for (int i = 0; i < rowType.children().size(); i++) {
      header.add(rowType.children().get(i).name());
      texts.add(
          Functions.create(
              new FunctionCall(
                  "CAST", List.of(new InputRef(i, rowType.child(i))), DataType.string())));
    }
  }

  @Override
  public void print(Batch batch) {
    Positions rows = Positions.all(batch.rowCount());
    List<BytesVector> columns = new ArrayList<>();
    for (Expression text : texts) {
      columns.add((BytesVector) text.evaluate(batch, rows, context));
    }
    for (int row = 0; row < batch.rowCount(); row++) {
      add(cells(batch, columns, row));
    }
    count += batch.rowCount();
  }

  private List<String> cells(Batch batch, List<BytesVector> columns, int row) {
    List<String> cells = new ArrayList<>();
    if (changelog) {
      cells.add(batch.rowKind(row).shortString());
    }
    for (BytesVector column : columns) {
      cells.add(column.isNull(row) ? NULL : column.string(row));
    }
    return cells;
  }

  private void add(List<String> cells) {
    if (widths == null) {
      held.add(cells);
      if (held.size() == ROWS_FOR_WIDTHS) {
        flush();
      }
    } else {
      printLine(cells);
    }
  }

  @Override
  public void flush() {
    if (widths == null && !held.isEmpty()) {
      printHeader();
      held.forEach(this::printLine);
      held = List.of();
    }
    out.flush();
  }

  private void printHeader() {
    widths = new int[header.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = header.get(i).length();
      for (List<String> cells : held) {
        widths[i] = Math.min(MAX_WIDTH, Math.max(widths[i], cells.get(i).length()));
      }
    }
    printLine(header);
    printRule();
  }

  private void printRule() {
    List<String> dashes = new ArrayList<>();
    for (int width : widths) {
      dashes.add("-".repeat(width));
    }
    out.println(String.join("-+-", dashes));
  }

  private void printLine(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      line.append(i == 0 ? "" : " | ").append(cells.get(i));
      if (i < cells.size() - 1) {
        line.append(" ".repeat(Math.max(0, widths[i] - cells.get(i).length())));
      }
    }
    out.println(line);
  }

  @Override
  public void finish() {
    if (widths == null && held.isEmpty()) {
      printHeader();
    }
    flush();
    out.println(count == 1 ? "(1 row)" : "(" + count + " rows)");
    out.flush();
  }
}
