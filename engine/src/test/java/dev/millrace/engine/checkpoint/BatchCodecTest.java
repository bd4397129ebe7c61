package dev.millrace.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.batch.ArrayVector;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.RowVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.Vectors;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.state.RandomValues;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchCodecTest {
  private static final int LIMIT = 1 << 24;

  private final long seed = Long.getLong("millrace.random.seed", System.nanoTime());
  private final Random random = new Random(seed);

  /** Types of every vector class, also nested in each other. */
  private static List<DataType> types() {
    List<DataType> types = new ArrayList<>(RandomValues.types());
    types.add(DataType.of(TypeRoot.TIME, 3));
    types.add(DataType.of(TypeRoot.TIMESTAMP_LTZ, 6));
    types.add(DataType.of(TypeRoot.INTERVAL_YEAR_MONTH));
    types.add(DataType.of(TypeRoot.INTERVAL_DAY_TIME, 3));
    types.add(DataType.of(TypeRoot.CHAR, 4));
    types.add(DataType.of(TypeRoot.VARCHAR, 40));
    types.add(DataType.of(TypeRoot.BINARY, 3));
    DataType map = DataType.map(DataType.string(), DataType.array(DataType.decimal(30, 2)));
    types.add(map);
    DataType row =
        DataType.row(
            List.of(
                new Field("m", map),
                new Field("t", DataType.of(TypeRoot.TIMESTAMP, 9)),
                new Field("b", DataType.of(TypeRoot.BOOLEAN)),
                new Field("r", DataType.row(List.of(new Field("s", DataType.string()))))));
    types.add(row);
    types.add(DataType.array(DataType.array(row)));
    types.add(DataType.multiset(DataType.string()).withNullable(false));
    return types;
  }

  @Test
  void readsBackWhatWasWritten() throws DamagedFileException {
    List<DataType> types = types();
    RandomValues values = new RandomValues(random);
    for (int count : new int[] {0, 1, 2, 7, 8, 9, 63, 64, 65, 300}) {
      Batch batch = batch(types, values.rows(types, count));
      check(types, batch);
      check(types, new Batch(count / 2, columns(batch), null));
      check(types, batch.withColumns(someNulls(batch)));
      check(types, take(batch, random.ints(count, 0, Math.max(1, count)).sorted().toArray()));
      check(types, take(batch, random.ints(count, 0, Math.max(1, count)).toArray()));
    }
  }

  /** Each takes so many bytes that the widest differs from the smallest. */
  @Test
  void integersTakeAsManyBytesAsTheyDiffer() throws DamagedFileException {
    long[][] columns = {
      {},
      {7},
      {Long.MIN_VALUE, Long.MIN_VALUE},
      {-128, 127},
      {-1, 255},
      {1L << 40, (1L << 40) + 0xFFFF},
      {0, 1L << 55},
      {0, 1L << 56},
      {Long.MIN_VALUE, 0, Long.MAX_VALUE},
      {Long.MAX_VALUE, -1, 0, 1, Long.MIN_VALUE}
    };
    int[] widths = {0, 0, 0, 1, 2, 2, 7, 8, 8, 8};
    for (int i = 0; i < columns.length; i++) {
      long[] values = columns[i];
      Batch batch = new Batch(values.length, new LongVector(values.length, values, null));
      List<DataType> types = List.of(DataType.of(TypeRoot.BIGINT));
      check(types, batch);
      ByteWriter bytes = new ByteWriter(LIMIT);
      bytes.putIntegers(values, 0, values.length);
      assertThat(bytes.length()).isEqualTo(9 + widths[i] * values.length);
    }
  }

  @Test
  void integersOfAnyWidthAndNumberComeBack() throws DamagedFileException {
    List<DataType> types = List.of(DataType.of(TypeRoot.BIGINT));
    for (int bits = 0; bits < Long.SIZE; bits++) {
      long range = 1L << bits;
      for (int count = 0; count < 35; count++) {
        long minimum = random.nextLong();
        long[] values = random.longs(count).map(value -> minimum + (value & (range - 1))).toArray();
        check(types, new Batch(count, new LongVector(count, values, null)));
      }
    }
  }

  private static Batch batch(List<DataType> types, List<List<Object>> rows) {
    return new Batch(rows.size(), RandomValues.columns(types, rows));
  }

  private static Vector[] columns(Batch batch) {
    Vector[] columns = new Vector[batch.columnCount()];
    Arrays.setAll(columns, batch::column);
    return columns;
  }

  /** The columns with nulls anywhere, where values lie that must not be seen. */
  private Vector[] someNulls(Batch batch) {
    Vector[] columns = columns(batch);
    for (int i = 0; i < columns.length; i++) {
      boolean[] nulls = new boolean[batch.rowCount()];
      for (int row = 0; row < nulls.length; row++) {
        nulls[row] = columns[i].isNull(row) || random.nextBoolean();
      }
      columns[i] = columns[i].withNulls(nulls);
    }
    return columns;
  }

  /** Rows at any positions, with kinds; arrays and strings of them then share their elements. */
  private Batch take(Batch batch, int[] positions) {
    Vector[] columns = columns(batch);
    for (int i = 0; i < columns.length; i++) {
      columns[i] = columns[i].take(positions, positions.length);
    }
    byte[] kinds = new byte[positions.length];
    for (int i = 0; i < kinds.length; i++) {
      // Not all of them inserts, which take no room.
      kinds[i] = (byte) (i == 0 ? 1 : random.nextInt(4));
    }
    return new Batch(positions.length, columns, kinds);
  }

  private void check(List<DataType> types, Batch batch) throws DamagedFileException {
    BatchCodec codec = new BatchCodec(DataType.rowOf(types));
    ByteWriter bytes = new ByteWriter(LIMIT);
    codec.encode(batch, bytes);
    ByteReader reader = new ByteReader(bytes.data(), 0, bytes.length());

    Batch read = codec.decode(reader);

    assertThat(reader.isAtEnd()).as("seed %d", seed).isTrue();
    assertThat(read.rowCount()).isEqualTo(batch.rowCount());
    for (int row = 0; row < batch.rowCount(); row++) {
      assertThat(read.rowKind(row)).as("seed %d", seed).isEqualTo(batch.rowKind(row));
      assertThat(RandomValues.row(types, columns(read), row))
          .as("seed %d, row %d", seed, row)
          .isEqualTo(RandomValues.row(types, columns(batch), row));
    }
  }

  @Test
  void bytesThatEndAnywhereAreDamaged() {
    List<DataType> types = types();
    BatchCodec codec = new BatchCodec(DataType.rowOf(types));
    ByteWriter bytes = new ByteWriter(LIMIT);
    codec.encode(batch(types, new RandomValues(random).rows(types, 20)), bytes);
    for (int length = 0; length < bytes.length(); length++) {
      ByteReader reader = new ByteReader(bytes.data(), 0, length);
      assertThatThrownBy(() -> codec.decode(reader))
          .as("seed %d", seed)
          .isInstanceOf(DamagedFileException.class);
    }
  }

  @Test
  void writesOnlyWhatRowsReferTo() {
    List<DataType> types =
        List.of(
            DataType.string(),
            DataType.array(DataType.string()),
            DataType.map(DataType.string(), DataType.of(TypeRoot.INT)));
    String text = "0123456789".repeat(100);
    List<Object> row = List.of(text, List.of(text, text), Collections.singletonMap(text, 1));
    Batch thousand = batch(types, Collections.nCopies(1000, row));
    int one = size(types, batch(types, List.of(row)));

    assertThat(one).isLessThan(5 * 1000);
    assertThat(size(types, take(thousand, new int[] {500}))).isEqualTo(one + 1);
    assertThat(size(types, take(thousand, new int[] {7, 3}))).isLessThan(2 * one + 2);
    assertThat(size(types, new Batch(1, columns(thousand)))).isEqualTo(one);

    boolean[] nulls = new boolean[1000];
    Arrays.fill(nulls, 1, 1000, true);
    Vector[] columns = columns(thousand);
    Arrays.setAll(columns, i -> columns[i].withNulls(nulls));
    assertThat(size(types, new Batch(1000, columns))).isLessThan(one + 20_000);
    RowVector rows = new RowVector(1000, columns(thousand), nulls);
    assertThat(size(List.of(DataType.rowOf(types)), new Batch(1000, rows)))
        .isLessThan(one + 20_000);
  }

  private static int size(List<DataType> types, Batch batch) {
    ByteWriter bytes = new ByteWriter(LIMIT);
    new BatchCodec(DataType.rowOf(types)).encode(batch, bytes);
    return bytes.length();
  }

  @Test
  void stringsOfNoLengthNeedNoPlace() throws DamagedFileException {
    BytesVector empty =
        new BytesVector(2, new byte[] {1, 2, 3}, new int[] {3, 0}, new int[2], null);
    check(List.of(DataType.string()), new Batch(2, empty));
    Vector none = Vectors.allNull(DataType.string(), 1);
    check(
        List.of(DataType.array(DataType.string())),
        new Batch(2, new ArrayVector(2, new int[] {9, 4}, new int[2], none, null)));
    check(
        List.of(DataType.multiset(DataType.string())),
        new Batch(2, new MapVector(2, new int[] {9, 4}, new int[2], none, none(), null)));
  }

  private static Vector none() {
    return Vectors.allNull(DataType.of(TypeRoot.INT), 1);
  }

  @Test
  void nullsWithoutATypeAreKept() throws DamagedFileException {
    DataType type = DataType.of(TypeRoot.NULL);
    check(List.of(type), new Batch(3, Vectors.allNull(type, 3)));
    check(List.of(type), new Batch(0, Vectors.allNull(type, 0)));
  }

  @Test
  void opaqueValuesAreRefusedByName() {
    DataType nested = DataType.array(DataType.raw("RAW('a.B', 'x')"));
    assertThatThrownBy(() -> new BatchCodec(DataType.rowOf(List.of(nested))))
        .isInstanceOf(UnsupportedException.class)
        .hasMessageContaining("RAW('a.B', 'x')");
  }

  @Test
  void aBatchOfOtherColumnsIsRefused() {
    BatchCodec codec = new BatchCodec(DataType.rowOf(List.of()));
    Batch batch = new Batch(1, new LongVector(1, new long[1], null));
    assertThatThrownBy(() -> codec.encode(batch, new ByteWriter(LIMIT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 columns where 0");
  }

  @Test
  void typesAreReadBackAsTheyWere() throws DamagedFileException {
    List<DataType> types = new ArrayList<>(types());
    types.add(DataType.raw("RAW('a.B', 'x')").withNullable(false));
    types.add(DataType.of(TypeRoot.NULL));
    types.add(DataType.row(List.of()));
    for (DataType type : types) {
      for (boolean nullable : new boolean[] {true, false}) {
        ByteWriter bytes = new ByteWriter(LIMIT);
        DataTypeCodec.encode(type.withNullable(nullable), bytes);
        ByteReader reader = new ByteReader(bytes.data(), 0, bytes.length());
        assertThat(DataTypeCodec.decode(reader)).isEqualTo(type.withNullable(nullable));
        assertThat(reader.isAtEnd()).isTrue();
      }
    }
  }
}
