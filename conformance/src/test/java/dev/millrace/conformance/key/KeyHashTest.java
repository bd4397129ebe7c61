package dev.millrace.conformance.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.key.KeyGroups;
import dev.millrace.engine.key.KeyHash;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.planner.plan.utils.KeySelectorUtil;
import org.apache.flink.table.runtime.keyselector.RowDataKeySelector;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

/** Keys must hash, and so be dealt out to instances, as in Flink. */
class KeyHashTest {
  private static final int ROWS = 300;
  private static final int KEYS = 200;

  /** A column type in both worlds and how to make a value of it. */
  private record Kind(DataType type, LogicalType flink, Function<Random, Object> value) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(DataType.of(TypeRoot.BOOLEAN), new BooleanType(), Random::nextBoolean),
          new Kind(DataType.of(TypeRoot.TINYINT), new TinyIntType(), r -> (byte) r.nextInt()),
          new Kind(DataType.of(TypeRoot.SMALLINT), new SmallIntType(), r -> (short) r.nextInt()),
          new Kind(DataType.of(TypeRoot.INT), new IntType(), Random::nextInt),
          new Kind(DataType.of(TypeRoot.BIGINT), new BigIntType(), Random::nextLong),
          new Kind(DataType.of(TypeRoot.FLOAT), new FloatType(), Random::nextFloat),
          new Kind(DataType.of(TypeRoot.DOUBLE), new DoubleType(), Random::nextDouble),
          new Kind(
              DataType.of(TypeRoot.DATE),
              new DateType(),
              r -> LocalDate.ofEpochDay(r.nextInt(40_000) - 20_000)),
          new Kind(DataType.string(), VarCharType.STRING_TYPE, KeyHashTest::text),
          new Kind(
              DataType.bytes(),
              new VarBinaryType(VarBinaryType.MAX_LENGTH),
              r -> text(r).getBytes(StandardCharsets.UTF_8)),
          new Kind(DataType.decimal(10, 2), new DecimalType(10, 2), r -> decimal(r, 30, 2)),
          new Kind(DataType.decimal(30, 4), new DecimalType(30, 4), r -> decimal(r, 90, 4)),
          new Kind(
              DataType.of(TypeRoot.TIMESTAMP, 3),
              new TimestampType(3),
              r -> LocalDateTime.ofEpochSecond(r.nextInt(), 5_000_000, ZoneOffset.UTC)),
          new Kind(
              DataType.of(TypeRoot.TIMESTAMP, 9),
              new TimestampType(9),
              r ->
                  LocalDateTime.ofEpochSecond(
                      r.nextInt(), r.nextInt(1_000_000_000), ZoneOffset.UTC)),
          new Kind(
              DataType.of(TypeRoot.TIMESTAMP_LTZ, 6),
              new LocalZonedTimestampType(6),
              r -> Instant.ofEpochSecond(r.nextInt(), r.nextInt(1_000_000) * 1000L)));

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(24); i > 0; i--) {
      text.appendCodePoint(random.nextInt(8) == 0 ? 0x1F6A2 : 'a' + random.nextInt(26));
    }
    return text.toString();
  }

  private static BigDecimal decimal(Random random, int bits, int scale) {
    BigInteger unscaled = new BigInteger(bits, random);
    return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale);
  }

  private static Object flinkValue(Object value, LogicalType type) {
    if (value instanceof String text) {
      return StringData.fromString(text);
    }
    if (value instanceof BigDecimal decimal) {
      DecimalType decimalType = (DecimalType) type;
      return DecimalData.fromBigDecimal(
          decimal, decimalType.getPrecision(), decimalType.getScale());
    }
    if (value instanceof LocalDate date) {
      return (int) date.toEpochDay();
    }
    if (value instanceof LocalDateTime time) {
      return TimestampData.fromLocalDateTime(time);
    }
    return value instanceof Instant instant ? TimestampData.fromInstant(instant) : value;
  }

  @Test
  void hashesAndInstancesAreFlinks() throws Exception {
    long seed = Long.getLong("millrace.random.seed", 20260301L);
    Random random = new Random(seed);
    for (int i = 0; i < KEYS; i++) {
      check(
          random.ints(1 + random.nextInt(5), 0, KINDS.size()).mapToObj(KINDS::get).toList(),
          random,
          seed);
    }
    // More fields than fit into the first word of the null bits.
    check(random.ints(70, 0, KINDS.size()).mapToObj(KINDS::get).toList(), random, seed);
  }

  private static void check(List<Kind> key, Random random, long seed) throws Exception {
    List<Field> fields = new ArrayList<>();
    key.forEach(kind -> fields.add(new Field("k" + fields.size(), kind.type())));
    DataType row = DataType.row(fields);
    // The selector that Flink generates for an exchange: it leaves room for nulls of long types,
    // which the
    // plain serializer does not.
    RowDataKeySelector selector =
        KeySelectorUtil.getRowDataSelector(
            KeyHashTest.class.getClassLoader(),
            IntStream.range(0, key.size()).toArray(),
            InternalTypeInfo.ofFields(key.stream().map(Kind::flink).toArray(LogicalType[]::new)));
    BatchBuilder builder = new BatchBuilder(row);
    int[] expected = new int[ROWS];
    for (int r = 0; r < ROWS; r++) {
      GenericRowData flink = new GenericRowData(key.size());
      for (int i = 0; i < key.size(); i++) {
        Object value = random.nextInt(6) == 0 ? null : key.get(i).value().apply(random);
        Values.append(builder.column(i), key.get(i).type(), value);
        flink.setField(i, value == null ? null : flinkValue(value, key.get(i).flink()));
      }
      builder.endRow();
      expected[r] = selector.getKey(flink).hashCode();
    }
    Batch batch = builder.build();
    int[] hashes = new KeyHash(row, IntStream.range(0, key.size()).boxed().toList()).hash(batch);
    assertThat(hashes).as("key %s, seed %d", row, seed).isEqualTo(expected);
    for (int r = 0; r < ROWS; r++) {
      int group = KeyGroups.of(hashes[r]);
      assertThat(group)
          .isEqualTo(
              KeyGroupRangeAssignment.computeKeyGroupForKeyHash(expected[r], KeyGroups.COUNT));
      assertThat(KeyGroups.instance(group, 3))
          .isEqualTo(
              KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(KeyGroups.COUNT, 3, group));
    }
  }
}
