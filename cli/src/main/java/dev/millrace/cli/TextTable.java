package dev.millrace.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A small table of texts with aligned columns. */
final class TextTable {
  private TextTable() {}

  static void print(List<String> columns, List<List<String>> rows, PrintStream out) {
    int[] widths = columns.stream().mapToInt(String::length).toArray();
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], shown(row.get(i)).length());
      }
    }
    printLine(columns, widths, out);
    List<String> rules = new ArrayList<>();
    for (int width : widths) {
      rules.add("-".repeat(width));
    }
    printLine(rules, widths, out);
    rows.forEach(row -> printLine(row, widths, out));
  }

  private static String shown(String cell) {
    return cell == null ? "NULL" : cell;
  }

  private static void printLine(List<String> cells, int[] widths, PrintStream out) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = shown(cells.get(i));
      line.append(i == 0 ? "" : "  ").append(cell).append(" ".repeat(widths[i] - cell.length()));
    }
    out.println(line.toString().stripTrailing());
  }
}
