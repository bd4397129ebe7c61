package dev.millrace.connectors.print;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.text.ValueText;
import dev.millrace.engine.type.DataType;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Prints a batch at once, so that the lines of several writers do not mix. */
final class PrintWriter implements SinkWriter {
  private static final byte[] LINE_END = System.lineSeparator().getBytes(StandardCharsets.US_ASCII);

  private final String table;
  private final DataType rowType;
  private final byte[] prefix;
  private final PrintStream stream;
  private final ByteHeap lines = new ByteHeap();

  PrintWriter(String table, DataType rowType, String prefix, PrintStream stream) {
    this.table = table;
    this.rowType = rowType;
    this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
    this.stream = stream;
  }

  @Override
  public void write(Batch batch) {
    lines.truncate(0);
    for (int row = 0; row < batch.rowCount(); row++) {
      lines.append(prefix);
      ValueText.appendRow(lines, rowType, batch, row);
      lines.append(LINE_END);
    }
    stream.write(lines.data(), 0, lines.length());
    flush();
  }

  /** A PrintStream keeps quiet about failures, for example of a pipe that nobody reads any more. */
  private void flush() {
    if (stream.checkError()) {
      throw MillraceException.job(
          "Table '%s': cannot print, the output is closed or full.".formatted(table));
    }
  }

  @Override
  public List<String> endEpoch() {
    flush();
    return List.of();
  }

  @Override
  public void finish() {
    flush();
  }

  @Override
  public void close() {}
}
