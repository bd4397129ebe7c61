package dev.millrace.benchmarks.checksum;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkFactory;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.option.Option;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The connector {@code checksum} on the native engine: counts rows and sums their hashes. */
public final class ChecksumSinkFactory implements SinkFactory {
  @Override
  public String identifier() {
    return ChecksumTableFactory.IDENTIFIER;
  }

  @Override
  public List<Option<?>> options() {
    return List.of();
  }

  @Override
  public Sink sink(SinkTable table) {
    return new Sink() {
      @Override
      public boolean blocking() {
        return false;
      }

      @Override
      public SinkWriter writer(SinkContext context) {
        return new Writer(table.primaryKey());
      }
    };
  }

  private record Writer(int[] primaryKey) implements SinkWriter {
    @Override
    public void write(Batch batch) {
      long[] hashes = hashes(batch, IntStream.range(0, batch.columnCount()).toArray());
      if (primaryKey.length > 0) {
        change(batch, hashes);
      } else {
        add(batch, hashes);
      }
    }

    private void change(Batch batch, long[] hashes) {
      long[] keys = hashes(batch, primaryKey);
      for (int row = 0; row < keys.length; row++) {
        ChecksumResult.change(keys[row], hashes[row], takesBack(batch, row));
      }
    }

    private static void add(Batch batch, long[] hashes) {
      long sum = 0;
      long rows = 0;
      for (int row = 0; row < hashes.length; row++) {
        sum += takesBack(batch, row) ? -hashes[row] : hashes[row];
        rows += takesBack(batch, row) ? -1 : 1;
      }
      ChecksumResult.add(rows, sum);
    }

    private static boolean takesBack(Batch batch, int row) {
      RowKind kind = batch.rowKind(row);
      return kind == RowKind.DELETE || kind == RowKind.UPDATE_BEFORE;
    }

    private static long[] hashes(Batch batch, int[] columns) {
      long[] hashes = new long[batch.rowCount()];
      Arrays.fill(hashes, RowHash.START);
      for (int column : columns) {
        addColumn(hashes, batch.column(column));
      }
      return hashes;
    }

    private static void addColumn(long[] hashes, Vector column) {
      for (int row = 0; row < hashes.length; row++) {
        long value = column.isNull(row) ? RowHash.NULL : value(column, row);
        hashes[row] = RowHash.combine(hashes[row], value);
      }
    }

    private static long value(Vector column, int row) {
      if (column instanceof LongVector longs) {
        return longs.values()[row];
      }
      if (column instanceof BytesVector bytes) {
        return RowHash.bytes(bytes.data(), bytes.starts()[row], bytes.lengths()[row]);
      }
      if (column instanceof TimestampVector times) {
        return RowHash.timestamp(times.millis()[row], times.nanosAt(row));
      }
      if (column instanceof DecimalVector decimals) {
        long low = decimals.low()[row];
        long[] high = decimals.high();
        return RowHash.decimal(high == null ? low >> 63 : high[row], low);
      }
      if (column instanceof IntVector ints) {
        return ints.values()[row];
      }
      if (column instanceof DoubleVector doubles) {
        return Double.doubleToLongBits(doubles.values()[row]);
      }
      if (column instanceof BooleanVector booleans) {
        return booleans.values()[row] ? 1 : 0;
      }
      throw new UnsupportedException(
          "the connector 'checksum' for a column in a " + column.getClass().getSimpleName());
    }

    @Override
    public List<String> endEpoch() {
      return List.of();
    }

    @Override
    public void finish() {}

    @Override
    public void close() {}
  }
}
