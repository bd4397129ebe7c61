package dev.millrace.benchmarks.checksum;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.types.RowKind;

/** The connector {@code checksum} in Flink; the same sums as {@link ChecksumSinkFactory}'s. */
public final class ChecksumTableFactory implements DynamicTableSinkFactory {
  static final String IDENTIFIER = "checksum";

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    return new TableSink(
        context.getPhysicalRowDataType().getLogicalType().getChildren(),
        context.getPrimaryKeyIndexes());
  }

  private record TableSink(List<LogicalType> types, int[] primaryKey) implements DynamicTableSink {
    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
      return requestedMode;
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(DynamicTableSink.Context context) {
      return SinkV2Provider.of(new HashingSink(types, primaryKey));
    }

    @Override
    public DynamicTableSink copy() {
      return this;
    }

    @Override
    public String asSummaryString() {
      return IDENTIFIER;
    }
  }

  private record HashingSink(List<LogicalType> types, int[] primaryKey) implements Sink<RowData> {
    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) {
      List<RowData.FieldGetter> fields = new ArrayList<>();
      for (int i = 0; i < types.size(); i++) {
        fields.add(RowData.createFieldGetter(types.get(i), i));
      }
      return new Writer(fields, IntStream.of(primaryKey).mapToObj(fields::get).toList());
    }
  }

  private record Writer(List<RowData.FieldGetter> fields, List<RowData.FieldGetter> keyFields)
      implements SinkWriter<RowData> {
    @Override
    public void write(RowData row, SinkWriter.Context context) {
      long hash = hash(row, fields);
      RowKind kind = row.getRowKind();
      boolean takesBack = kind == RowKind.DELETE || kind == RowKind.UPDATE_BEFORE;
      if (keyFields.isEmpty()) {
        ChecksumResult.add(takesBack ? -1 : 1, takesBack ? -hash : hash);
      } else {
        ChecksumResult.change(hash(row, keyFields), hash, takesBack);
      }
    }

    private static long hash(RowData row, List<RowData.FieldGetter> fields) {
      long hash = RowHash.START;
      for (RowData.FieldGetter field : fields) {
        hash = RowHash.combine(hash, value(field.getFieldOrNull(row)));
      }
      return hash;
    }

    private static long value(Object value) {
      if (value == null) {
        return RowHash.NULL;
      }
      if (value instanceof StringData text) {
        byte[] bytes = text.toBytes();
        return RowHash.bytes(bytes, 0, bytes.length);
      }
      if (value instanceof TimestampData time) {
        return RowHash.timestamp(time.getMillisecond(), time.getNanoOfMillisecond());
      }
      if (value instanceof DecimalData decimal) {
        BigInteger unscaled = decimal.toBigDecimal().unscaledValue();
        return RowHash.decimal(unscaled.shiftRight(64).longValue(), unscaled.longValue());
      }
      if (value instanceof Double number) {
        return Double.doubleToLongBits(number);
      }
      if (value instanceof Boolean bool) {
        return bool ? 1 : 0;
      }
      return ((Number) value).longValue();
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
  }
}
