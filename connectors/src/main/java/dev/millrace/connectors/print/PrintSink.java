package dev.millrace.connectors.print;

import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.type.DataType;
import java.io.PrintStream;
import java.util.function.Supplier;

/**
 * Prints rows as Flink does.
 *
 * @param table its name, for messages
 * @param rowType a ROW of the columns
 * @param identifier begins every line, unless it is empty
 * @param parallelism that the table asks for, or 0
 */
record PrintSink(
    String table,
    DataType rowType,
    String identifier,
    Supplier<PrintStream> stream,
    int parallelism)
    implements Sink {

  @Override
  public SinkWriter writer(SinkContext context) {
    return new PrintWriter(
        table, rowType, prefix(context.subtask(), context.parallelism()), stream.get());
  }

  /** For example {@code clean:2> }: which of several writers printed a line. */
  private String prefix(int subtask, int writers) {
    String separator = identifier.isEmpty() ? "" : ":";
    String name = writers > 1 ? identifier + separator + (subtask + 1) : identifier;
    return name.isEmpty() ? "" : name + "> ";
  }

  /** A terminal or a pipe takes lines as slowly as it likes. */
  @Override
  public boolean blocking() {
    return true;
  }
}
