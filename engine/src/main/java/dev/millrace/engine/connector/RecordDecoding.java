package dev.millrace.engine.connector;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.format.DecodeOutput;
import dev.millrace.engine.format.DecodeOutput.Failure;
import dev.millrace.engine.format.Decoder;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.type.DataType;
import java.util.List;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes the records of one source and deals with those that are broken in the one way that all
 * sources share: skipped ones are counted (and the first logged), others fail the job with their
 * position. Not thread-safe.
 */
public final class RecordDecoding {
  private static final Logger LOG = LoggerFactory.getLogger(RecordDecoding.class);

  private final Decoder decoder;
  private final DecodeOutput output;
  private final String table;
  private final Counter skipped;

  public RecordDecoding(Decoder decoder, DataType rowType, String table, SourceContext context) {
    this.decoder = decoder;
    this.output = new DecodeOutput(rowType);
    this.table = table;
    this.skipped = context.counter(Metrics.ROWS_SKIPPED);
  }

  /**
   * The rows of all records of the block.
   *
   * @param position says where a record of the block came from, for messages: {@code file f, line
   *     3}
   */
  public Batch decode(RecordBlock block, IntFunction<String> position) {
    decoder.decode(block, output);
    List<Failure> failures = output.takeFailures();
    if (!failures.isEmpty()) {
      Failure first = failures.get(0);
      throw MillraceException.job(
          "Table '%s', %s: %s".formatted(table, position.apply(first.record()), first.message()),
          first.cause());
    }
    count(output.takeSkipped(), position);
    return output.rows().build();
  }

  private void count(List<Failure> broken, IntFunction<String> position) {
    if (broken.isEmpty()) {
      return;
    }
    if (skipped.get() == 0) {
      Failure first = broken.get(0);
      LOG.warn(
          "Table '{}' skips records that cannot be decoded; the first: {}: {}",
          table,
          position.apply(first.record()),
          first.message());
    }
    skipped.add(broken.size());
  }

  /** The record of the last block that each row of its batch came from. */
  public int[] records() {
    return output.records();
  }
}
