package dev.millrace.api;

import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkFactory;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.option.Option;
import dev.millrace.flink.SelectTable;
import java.util.List;

/** The native side of a SELECT: one writer that hands the rows to the reader in this process. */
final class CollectSink implements SinkFactory {
  private final BatchQueue rows;

  CollectSink(BatchQueue rows) {
    this.rows = rows;
  }

  @Override
  public String identifier() {
    return SelectTable.CONNECTOR;
  }

  @Override
  public List<Option<?>> options() {
    return List.of();
  }

  /** Blocks: the reader may be slow. */
  @Override
  public Sink sink(SinkTable table) {
    return new HandOverSink(true, rows::put, rows::end);
  }
}
