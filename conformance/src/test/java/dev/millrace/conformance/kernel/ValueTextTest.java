package dev.millrace.conformance.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.text.ValueText;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.conversion.DataStructureConverter;
import org.apache.flink.table.data.conversion.DataStructureConverters;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.apache.flink.table.types.utils.TypeConversions;
import org.junit.jupiter.api.Test;

/** Rows as text, compared with what Flink's print sink makes: the external object's toString. */
class ValueTextTest {
  private static final long SEED = Long.getLong("millrace.random.seed", 20_240_229);

  private static final List<DataType> TYPES =
      List.of(
          DataType.of(TypeRoot.BOOLEAN),
          DataType.of(TypeRoot.TINYINT),
          DataType.of(TypeRoot.SMALLINT),
          DataType.of(TypeRoot.INT),
          DataType.of(TypeRoot.BIGINT),
          DataType.of(TypeRoot.FLOAT),
          DataType.of(TypeRoot.DOUBLE),
          DataType.decimal(10, 2),
          DataType.decimal(18, 12),
          DataType.decimal(38, 18),
          DataType.decimal(38, 0),
          DataType.string(),
          DataType.of(TypeRoot.CHAR, 5),
          DataType.bytes(),
          DataType.of(TypeRoot.DATE),
          DataType.of(TypeRoot.TIME, 0),
          DataType.of(TypeRoot.TIME, 3),
          DataType.of(TypeRoot.TIMESTAMP, 0),
          DataType.of(TypeRoot.TIMESTAMP, 3),
          DataType.of(TypeRoot.TIMESTAMP, 9),
          DataType.of(TypeRoot.TIMESTAMP_LTZ, 3),
          DataType.of(TypeRoot.TIMESTAMP_LTZ, 9),
          DataType.of(TypeRoot.INTERVAL_YEAR_MONTH),
          DataType.of(TypeRoot.INTERVAL_DAY_TIME, 3));

  @Test
  void printsEachTypeAsFlinkDoes() {
    for (DataType type : TYPES) {
      compare(List.of(column(type)));
      compare(List.of(column(DataType.array(type)), column(DataType.array(notNull(type)))));
      compare(List.of(column(row(type, type)), column(DataType.array(row(type)))));
    }
  }

  @Test
  void printsMapsAsFlinkDoes() {
    DataType key = notNull(DataType.string());
    for (DataType type : TYPES) {
      compareSingletons(DataType.map(key, type));
    }
  }

  private static Column column(DataType type) {
    return new Column("a", type, examples(type));
  }

  private static List<Object> examples(DataType type) {
    return switch (type.root()) {
      case DECIMAL ->
          List.of(
              BigDecimal.ZERO.setScale(type.scale()),
              BigDecimal.valueOf(1, type.scale()),
              BigDecimal.valueOf(99_999, type.scale()),
              BigDecimal.valueOf(-1_000_000_000, type.scale()));
      case DATE -> List.of(LocalDate.of(12345, 6, 7), LocalDate.of(-44, 3, 15));
      case TIMESTAMP ->
          List.of(LocalDateTime.of(12345, 6, 7, 8, 9, 10), LocalDateTime.of(-44, 3, 15, 0, 0));
      default -> List.of();
    };
  }

  private static DataType row(DataType... types) {
    List<DataType.Field> fields = new ArrayList<>();
    for (DataType type : types) {
      fields.add(new DataType.Field("f" + fields.size(), type));
    }
    return DataType.row(fields);
  }

  private static DataType notNull(DataType type) {
    return type.withNullable(false);
  }

  private static void compare(List<Column> columns) {
    compare(columns, new RandomRows(SEED).rows(columns, 300));
  }

  /** Maps of one entry, since Flink's order of more is that of a hash map. */
  private static void compareSingletons(DataType type) {
    List<Column> columns = List.of(new Column("a", type, List.of()));
    List<List<Object>> rows = new RandomRows(SEED).rows(columns, 300);
    rows.removeIf(row -> row.get(0) instanceof Map<?, ?> map && map.size() > 1);
    compare(columns, rows);
  }

  private static void compare(List<Column> columns, List<List<Object>> rows) {
    DataType rowType = row(columns.stream().map(Column::type).toArray(DataType[]::new));
    DataStructureConverter<Object, Object> converter =
        DataStructureConverters.getConverter(
            TypeConversions.fromLogicalToDataType(
                LogicalTypeParser.parse(rowType.toString(), ValueTextTest.class.getClassLoader())));
    converter.open(ValueTextTest.class.getClassLoader());
    Batch batch = NativeCalc.batch(columns, rows);
    for (int i = 0; i < rows.size(); i++) {
      RowData row = FlinkRows.row(columns, rows.get(i));
      ByteHeap heap = new ByteHeap();
      ValueText.appendRow(heap, rowType, batch, i);
      assertThat(new String(heap.data(), 0, heap.length(), StandardCharsets.UTF_8))
          .as("%s as %s, seed %d", rows.get(i), rowType, SEED)
          .isEqualTo(converter.toExternal(row).toString());
    }
  }
}
