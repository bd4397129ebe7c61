package dev.millrace.cli.rows;

import dev.millrace.engine.type.DataType;
import java.io.PrintStream;
import java.time.ZoneId;

/** How the rows of a SELECT are written. */
public enum RowFormat {
  TABLE,
  JSON,
  CSV;

  /** A printer of rows of this type; {@code changelog} if rows may be updated or deleted. */
  public RowPrinter printer(DataType rowType, boolean changelog, ZoneId zone, PrintStream out) {
    return switch (this) {
      case TABLE -> new TablePrinter(rowType, changelog, zone, out);
      case JSON -> EncodedPrinter.json(rowType, changelog, zone, out);
      case CSV -> EncodedPrinter.csv(rowType, changelog, zone, out);
    };
  }
}
