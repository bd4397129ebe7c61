package dev.millrace.benchmarks.nexmark;

import dev.millrace.benchmarks.nexmark.NexmarkColumns.Field;
import dev.millrace.benchmarks.nexmark.NexmarkEvent.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** Generates the same events as {@link NexmarkSource}, row by row. */
record NexmarkTableSource(NexmarkConfig config, DataType rowType) implements ScanTableSource {
  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    TypeInformation<RowData> type = context.createTypeInformation(rowType);
    long count = config.events() > 0 ? config.events() : Long.MAX_VALUE;
    return SourceProvider.of(
        new DataGeneratorSource<>(
            new ToRow(config, (RowType) rowType.getLogicalType()),
            count,
            RateLimiterStrategy.noOp(),
            type));
  }

  @Override
  public DynamicTableSource copy() {
    return this;
  }

  @Override
  public String asSummaryString() {
    return NexmarkTableFactory.IDENTIFIER;
  }

  private static final class ToRow implements GeneratorFunction<Long, RowData> {
    private static final long serialVersionUID = 1L;

    private final NexmarkConfig config;
    private final RowType rowType;
    private transient NexmarkGenerator generator;
    private transient List<List<Field>> fields;
    private transient int[] eventTypes;

    ToRow(NexmarkConfig config, RowType rowType) {
      this.config = config;
      this.rowType = rowType;
    }

    @Override
    public void open(SourceReaderContext context) {
      generator = new NexmarkGenerator(config);
      fields = new ArrayList<>();
      eventTypes = new int[rowType.getFieldCount()];
      for (int i = 0; i < eventTypes.length; i++) {
        eventTypes[i] = NexmarkColumns.ROW_NAMES.indexOf(rowType.getFieldNames().get(i));
        fields.add(fieldsOf(i));
      }
    }

    private List<Field> fieldsOf(int column) {
      if (eventTypes[column] < 0) {
        return List.of();
      }
      RowType nested = (RowType) rowType.getTypeAt(column);
      return nested.getFieldNames().stream()
          .map(name -> NexmarkColumns.field(eventTypes[column], name))
          .toList();
    }

    @Override
    public RowData map(Long n) {
      NexmarkEvent event = generator.generate(n);
      GenericRowData row = new GenericRowData(eventTypes.length);
      for (int i = 0; i < eventTypes.length; i++) {
        if (eventTypes[i] < 0) {
          row.setField(i, event.type);
        } else if (eventTypes[i] == event.type) {
          row.setField(i, nested(event, fields.get(i)));
        }
      }
      return row;
    }

    private static RowData nested(NexmarkEvent event, List<Field> fields) {
      GenericRowData row = new GenericRowData(fields.size());
      for (int i = 0; i < fields.size(); i++) {
        row.setField(i, value(event, fields.get(i)));
      }
      return row;
    }

    private static Object value(NexmarkEvent event, Field field) {
      if (field.number() != null) {
        return field.number().applyAsLong(event);
      }
      if (field.time() != null) {
        return TimestampData.fromEpochMillis(field.time().applyAsLong(event));
      }
      Text text = field.text().apply(event);
      return BinaryStringData.fromBytes(
          Arrays.copyOfRange(event.texts.data(), text.start, text.start + text.length));
    }
  }
}
