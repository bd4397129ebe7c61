package dev.millrace.connectors.print;

import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkFactory;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;

/** The {@code print} connector: a line for each row on standard output or standard error. */
public final class PrintSinkFactory implements SinkFactory {
  private static final Option<String> IDENTIFIER = Option.text("print-identifier", "");
  private static final Option<Boolean> STANDARD_ERROR = Option.bool("standard-error", false);
  private static final Option<Integer> PARALLELISM = Option.integer("sink.parallelism", null);

  private final Supplier<PrintStream> out;
  private final Supplier<PrintStream> err;

  /** Found by {@link java.util.ServiceLoader}. */
  public PrintSinkFactory() {
    this(() -> System.out, () -> System.err);
  }

  /** Prints to other streams than those of the process. */
  PrintSinkFactory(Supplier<PrintStream> out, Supplier<PrintStream> err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public String identifier() {
    return "print";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(IDENTIFIER, STANDARD_ERROR, PARALLELISM);
  }

  @Override
  public Sink sink(SinkTable table) {
    Options options = table.options();
    return new PrintSink(
        table.name(),
        table.schema(),
        options.get(IDENTIFIER),
        options.get(STANDARD_ERROR) ? err : out,
        options.find(PARALLELISM).orElse(0));
  }
}
