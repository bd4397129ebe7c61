package dev.millrace.formats.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.format.DecodeOutput;
import dev.millrace.engine.format.FieldUse;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import dev.millrace.formats.Decoding;
import dev.millrace.formats.FlinkData;
import dev.millrace.formats.Formats;
import dev.millrace.formats.RandomValues;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.formats.raw.RawFormatDeserializationSchema;
import org.apache.flink.formats.raw.RawFormatSerializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.LogicalType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RawFormatTest {
  private static final long SEED = Long.getLong("millrace.random.seed", System.nanoTime());

  @ParameterizedTest
  @EnumSource(
      names = {
        "VARCHAR",
        "CHAR",
        "VARBINARY",
        "BOOLEAN",
        "TINYINT",
        "SMALLINT",
        "INT",
        "BIGINT",
        "FLOAT",
        "DOUBLE"
      })
  void readsAndWritesTheSameBytesAsFlink(TypeRoot root) throws Exception {
    for (String charset : List.of("UTF-8", "UTF-16", "ISO-8859-1")) {
      for (boolean big : new boolean[] {true, false}) {
        DataType type = DataType.of(root, root == TypeRoot.CHAR ? 3 : 100);
        compare(type, charset, big);
      }
    }
  }

  private static void compare(DataType type, String charset, boolean big) throws Exception {
    DataType rowType = DataType.row(List.of(new Field("v", type)));
    LogicalType logical = FlinkData.logical(type);
    Map<String, String> options =
        Map.of("charset", charset, "endianness", big ? "big-endian" : "little-endian");
    RawFormatSerializationSchema serializer =
        new RawFormatSerializationSchema(logical, charset, big);
    serializer.open(null);
    RawFormatDeserializationSchema deserializer =
        new RawFormatDeserializationSchema(
            logical, InternalTypeInfo.of(FlinkData.rowType(rowType)), charset, big);
    deserializer.open(null);

    List<List<?>> rows = new RandomValues(new Random(SEED)).rows(rowType, 50);
    RecordBlock block = Formats.encode("raw", rowType, options, rows);
    byte[][] records = new byte[rows.size()][];
    for (int row = 0; row < rows.size(); row++) {
      int start = block.starts()[row];
      records[row] =
          block.isAbsent(row)
              ? null
              : Arrays.copyOfRange(block.data(), start, start + block.lengths()[row]);
      assertThat(records[row])
          .as("seed %d, %s, %s", SEED, type, rows.get(row))
          .isEqualTo(serializer.serialize((RowData) FlinkData.flinks(rows.get(row), rowType)));
    }

    Decoding decoding =
        Decoding.of(
            Formats.decoder("raw", rowType, options), new DecodeOutput(rowType), rowType, records);
    for (int row = 0; row < rows.size(); row++) {
      assertThat(decoding.rows().get(row))
          .as("seed %d, %s", SEED, type)
          .isEqualTo(FlinkData.row(deserializer.deserialize(records[row]), rowType));
    }
  }

  @Test
  void aRecordOfTheWrongLengthFails() {
    DataType rowType = DataType.row(List.of(new Field("v", DataType.of(TypeRoot.INT))));
    Decoding decoding =
        Decoding.of(Formats.decoder("raw", rowType, Map.of()), rowType, "abcd", "abc");
    assertThat(decoding.rows()).containsExactly(List.of(0x61626364));
    assertThat(decoding.failures())
        .containsExactly("1: field 'v' is a INT of 4 bytes, but the record has 3");
  }

  @Test
  void bytesThatAreNotUtf8AreReplaced() {
    DataType rowType = DataType.row(List.of(new Field("v", DataType.string())));
    byte[] record = {'a', (byte) 0xFF, 'b'};
    Decoding decoding =
        Decoding.of(
            Formats.decoder("raw", rowType, Map.of()), new DecodeOutput(rowType), rowType, record);
    assertThat(decoding.rows()).containsExactly(List.of("a\uFFFDb"));
  }

  @Test
  void anUnusedColumnIsNotLookedAt() {
    DataType rowType = DataType.row(List.of(new Field("v", DataType.of(TypeRoot.INT))));
    DataType none = DataType.row(List.of());
    Decoding decoding =
        Decoding.of(
            Formats.decoding("raw", rowType, new int[0], List.<FieldUse>of(), Map.of())
                .newDecoder(),
            none,
            "not four bytes");
    assertThat(decoding.rows()).containsExactly(List.of());
  }

  @Test
  void wrongSchemasAndOptionsAreSaid() {
    DataType two =
        DataType.row(List.of(new Field("a", DataType.string()), new Field("b", DataType.string())));
    assertThatThrownBy(() -> Formats.decoder("raw", two, Map.of()))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("takes a single column, but the table has 2");
    DataType date = DataType.row(List.of(new Field("d", DataType.of(TypeRoot.DATE))));
    assertThatThrownBy(() -> Formats.encoder("raw", date, Map.of()))
        .hasMessage("Format 'raw' of table 't': column 'd' is a DATE, which it can't hold.");
    DataType opaque = DataType.row(List.of(new Field("o", DataType.raw("RAW('x')"))));
    assertThatThrownBy(() -> Formats.decoder("raw", opaque, Map.of()))
        .isInstanceOf(UnsupportedException.class)
        .hasMessageContaining("column 'o' of type RAW('x')");
    DataType one = DataType.row(List.of(new Field("a", DataType.string())));
    assertThatThrownBy(() -> Formats.decoder("raw", one, Map.of("charset", "klingon")))
        .hasMessageContaining("Option 'charset' of table 't' has the value 'klingon'");
    assertThatThrownBy(() -> Formats.decoder("raw", one, Map.of("endianness", "middle")))
        .hasMessageContaining("expected big-endian or little-endian");
  }
}
