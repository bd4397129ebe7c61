package dev.millrace.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowBuilderTest {
  private static final DataType INNER =
      DataType.row(
          List.of(
              new Field("l", DataType.of(TypeRoot.BIGINT)),
              new Field("s", DataType.string()),
              new Field("t", DataType.of(TypeRoot.TIMESTAMP, 9)),
              new Field("d", DataType.decimal(30, 2)),
              new Field("a", DataType.array(DataType.of(TypeRoot.INT))),
              new Field("m", DataType.map(DataType.string(), DataType.of(TypeRoot.DOUBLE)))));
  private static final DataType ROW =
      DataType.row(List.of(new Field("i", DataType.of(TypeRoot.INT)), new Field("r", INNER)));

  /** Rows and nulls in any mix, some discarded half way, over several batches. */
  @Test
  void buildsWhatWasAppended() {
    long seed = Long.getLong("rows.seed", 11);
    Random random = new Random(seed);
    BatchBuilder builder = new BatchBuilder(ROW);
    for (int batch = 0; batch < 50; batch++) {
      List<Object> expected = new ArrayList<>();
      for (int n = random.nextInt(300); n > 0; n--) {
        appendRow(builder, random, expected);
      }
      Batch built = builder.build();
      assertThat(built.rowCount()).isEqualTo(expected.size());
      for (int i = 0; i < expected.size(); i++) {
        assertThat(Values.get(built.column(1), INNER, i))
            .as("row %d of batch %d, seed %d", i, batch, seed)
            .isEqualTo(expected.get(i));
      }
    }
  }

  private static void appendRow(BatchBuilder builder, Random random, List<Object> expected) {
    RowBuilder rows = (RowBuilder) builder.column(1);
    Object row = random.nextInt(3) == 0 ? inner(random) : null;
    if (random.nextInt(10) == 0) {
      rows.beginRow();
      ((LongBuilder) rows.field(0)).append(-1);
      ((ArrayBuilder) rows.field(4)).elements().appendNull();
      if (random.nextBoolean()) {
        builder.discardRow();
        return;
      }
      row = null;
    }
    Values.append(rows, INNER, row);
    builder.endRow();
    expected.add(row);
  }

  private static List<Object> inner(Random random) {
    List<Object> row =
        Arrays.asList(
            random.nextLong(),
            "text " + random.nextInt(),
            LocalDateTime.ofEpochSecond(random.nextInt(), 123_456_789, ZoneOffset.UTC),
            BigDecimal.valueOf(random.nextLong(), 2),
            List.of(random.nextInt(), random.nextInt()),
            Map.of("k", random.nextDouble()));
    row.set(random.nextInt(row.size()), null);
    return row;
  }

  @Test
  void leavesFieldsOut() {
    RowBuilder rows = (RowBuilder) VectorBuilder.of(INNER, new ByteHeap());
    rows.leaveOut(1);
    for (int batch = 0; batch < 3; batch++) {
      for (int i = 0; i < 1000; i++) {
        rows.beginRow();
        ((LongBuilder) rows.field(0)).append(i);
        rows.endRow();
      }
      RowVector built = rows.build();
      assertThat(Values.get(built, INNER, 999))
          .isEqualTo(Arrays.asList(999L, null, null, null, null, null));
      assertThat(built.field(1).isNull(0)).isTrue();
      rows.reset(new ByteHeap());
    }
  }

  @Test
  void refusesFieldsOfARowThatWasNotBegun() {
    RowBuilder rows = (RowBuilder) VectorBuilder.of(INNER, new ByteHeap());
    rows.appendNull();
    ((LongBuilder) rows.field(0)).append(1);
    assertThatThrownBy(rows::endRow).isInstanceOf(IllegalStateException.class);
  }
}
