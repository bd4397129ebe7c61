package dev.millrace.engine.connector;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.batch.RecordBlockBuilder;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.deadletter.FailedAt;
import dev.millrace.engine.deadletter.FailedRow;
import dev.millrace.engine.deadletter.RowErrors;
import dev.millrace.engine.format.DecodingFormat;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for the source of a table: reads its records, which could not be decoded, from the
 * dead-letter table, and decodes them again.
 *
 * @param letters the dead-letter table, all its columns
 * @param wanted which letters are read
 * @param format of the records
 * @param row what they are decoded into
 */
public record ReplaySource(Source letters, Wanted wanted, DecodingFormat format, DataType row)
    implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(ReplaySource.class);

  /**
   * Which letters are read.
   *
   * @param job that sent them
   * @param table whose records they hold
   * @param sinceMillis none that were sent before this, since the epoch
   */
  public record Wanted(String job, String table, long sinceMillis) {}

  @Override
  public boolean bounded() {
    return letters.bounded();
  }

  @Override
  public SplitEnumerator enumerator() {
    return letters.enumerator();
  }

  @Override
  public Split split(Map<String, String> saved) {
    return letters.split(saved);
  }

  @Override
  public int parallelism() {
    return letters.parallelism();
  }

  @Override
  public SourceReader reader(SourceContext context) {
    return new Reader(context);
  }

  private final class Reader implements SourceReader {
    private final SourceReader reader;
    private final RecordDecoding decoding;
    private final RecordBlockBuilder records = new RecordBlockBuilder();
    private long without;

    Reader(SourceContext context) {
      this.reader = letters.reader(new LetterContext(context));
      this.decoding = new RecordDecoding(format.newDecoder(), row, wanted.table(), context);
    }

    @Override
    public void addSplit(Split split) {
      reader.addSplit(split);
    }

    @Override
    public boolean poll(SourceOutput output) {
      return reader.poll(
          new SourceOutput() {
            @Override
            public void emit(Split split, Batch batch) {
              output.emit(split, replay(batch));
            }

            @Override
            public void finished(Split split) {
              output.finished(split);
            }
          });
    }

    private Batch replay(Batch batch) {
      BytesVector raw = (BytesVector) batch.column(DeadLetters.RAW_BYTES);
      int[] rows = new int[batch.rowCount()];
      for (int row = 0; row < batch.rowCount(); row++) {
        if (isWanted(batch, row)) {
          rows[records.count()] = row;
          if (raw.isNull(row)) {
            records.endAbsent();
          } else {
            records.add(raw.data(), raw.starts()[row], raw.lengths()[row]);
          }
        }
      }
      RecordBlock block = records.build();
      return decoding.decode(block, new Origin(batch, Arrays.copyOf(rows, block.count())));
    }

    private boolean isWanted(Batch batch, int row) {
      TimestampVector times = (TimestampVector) batch.column(DeadLetters.TIME);
      boolean ofJob =
          wanted.job().equals(text(batch, DeadLetters.JOB, row))
              && !times.isNull(row)
              && times.millis()[row] >= wanted.sinceMillis();
      if (!ofJob) {
        return false;
      }
      if (FailedAt.DECODE.text().equals(text(batch, DeadLetters.STAGE, row))) {
        return wanted.table().equals(text(batch, DeadLetters.TABLE, row));
      }
      without++;
      return false;
    }

    @Override
    public Split remaining(Split split) {
      return reader.remaining(split);
    }

    @Override
    public void close() {
      reader.close();
      if (without > 0) {
        LOG.warn(
            "{} letters of '{}' are of rows that failed after they were read: their records are not"
                + " in the dead-letter table, and cannot be replayed.",
            without,
            wanted.job());
      }
    }
  }

  private static String text(Batch batch, int column, int row) {
    BytesVector texts = (BytesVector) batch.column(column);
    return texts.isNull(row) ? null : texts.string(row);
  }

  /** Where the records of letters came from in the first place. */
  private record Origin(Batch letters, int[] rows) implements RecordOrigin {
    @Override
    public String split(int record) {
      return text(letters, DeadLetters.SPLIT, rows[record]);
    }

    @Override
    public long position(int record) {
      LongVector positions = (LongVector) letters.column(DeadLetters.POSITION);
      int row = rows[record];
      return positions.isNull(row) ? FailedRow.UNKNOWN : positions.values()[row];
    }

    @Override
    public String describe(int record) {
      return "dead letter of %s, position %d".formatted(split(record), position(record));
    }
  }

  /** For reading letters: one that is broken itself has nowhere to go, and fails the job. */
  private record LetterContext(SourceContext context) implements SourceContext {
    @Override
    public RowErrors errors() {
      return context.errors().failing();
    }

    @Override
    public String name() {
      return context.name();
    }

    @Override
    public int subtask() {
      return context.subtask();
    }

    @Override
    public int parallelism() {
      return context.parallelism();
    }

    @Override
    public Clock clock() {
      return context.clock();
    }

    @Override
    public Counter counter(String name) {
      return context.counter(name);
    }

    @Override
    public boolean checkpointing() {
      return context.checkpointing();
    }

    @Override
    public int batchRows() {
      return context.batchRows();
    }

    @Override
    public void wake() {
      context.wake();
    }
  }
}
