package dev.millrace.engine.connector;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.deadletter.FailedAt;
import dev.millrace.engine.deadletter.FailedRow;
import dev.millrace.engine.deadletter.RowErrors;
import dev.millrace.engine.format.DecodeOutput;
import dev.millrace.engine.format.DecodeOutput.Failure;
import dev.millrace.engine.format.Decoder;
import dev.millrace.engine.type.DataType;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes the records of one source and deals with those that are broken in the one way that all
 * sources share: those that the format skips are counted (and the first logged), the others are
 * reported with their position. Not thread-safe.
 */
public final class RecordDecoding {
  private static final Logger LOG = LoggerFactory.getLogger(RecordDecoding.class);

  private final Decoder decoder;
  private final DecodeOutput output;
  private final String table;
  private final RowErrors errors;

  /** Whether the first record that the format skips has been logged. */
  private boolean logged;

  public RecordDecoding(Decoder decoder, DataType rowType, String table, SourceContext context) {
    this.decoder = decoder;
    this.output = new DecodeOutput(rowType);
    this.table = table;
    this.errors = context.errors();
  }

  /**
   * The rows of all records of the block that can be decoded.
   *
   * @param origin of the block's records
   */
  public Batch decode(RecordBlock block, RecordOrigin origin) {
    decoder.decode(block, output);
    for (Failure failure : output.takeFailures()) {
      errors.reject(failedRow(failure, block, origin));
    }
    count(output.takeSkipped(), origin);
    return output.rows().build();
  }

  private FailedRow failedRow(Failure failure, RecordBlock block, RecordOrigin origin) {
    return new FailedRow(
        FailedAt.DECODE,
        origin.split(failure.record()),
        origin.position(failure.record()),
        origin.part() + failure.message(),
        failure.cause(),
        () ->
            "Table '%s', %s: %s"
                .formatted(table, origin.describe(failure.record()), failure.message()),
        () -> block.copy(failure.record()));
  }

  private void count(List<Failure> broken, RecordOrigin origin) {
    if (!broken.isEmpty() && !logged) {
      logged = true;
      Failure first = broken.get(0);
      LOG.warn(
          "Table '{}' skips records that cannot be decoded; the first: {}: {}",
          table,
          origin.describe(first.record()),
          first.message());
    }
    broken.forEach(failure -> errors.skip(FailedAt.DECODE, failure.cause()));
  }

  /** The record of the last block that each row of its batch came from. */
  public int[] records() {
    return output.records();
  }
}
