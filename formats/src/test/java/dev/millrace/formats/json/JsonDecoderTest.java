package dev.millrace.formats.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.format.DecodeOutput;
import dev.millrace.engine.format.Decoder;
import dev.millrace.engine.format.DecodingFormat;
import dev.millrace.engine.format.FieldUse;
import dev.millrace.engine.format.Framing;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import dev.millrace.formats.Decoding;
import dev.millrace.formats.Formats;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonDecoderTest {
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);
  private static final DataType BID =
      row(
          new Field("auction", BIGINT),
          new Field("channel", DataType.string()),
          new Field("price", DataType.of(TypeRoot.DOUBLE)));
  private static final Map<String, String> IGNORE = Map.of("ignore-parse-errors", "true");

  private static DataType row(Field... fields) {
    return DataType.row(List.of(fields));
  }

  private static Decoding decode(DataType schema, Map<String, String> options, String... records) {
    return Decoding.of(Formats.decoder("json", schema, options), schema, records);
  }

  private static Decoding decode(DataType schema, String... records) {
    return decode(schema, Map.of(), records);
  }

  @Test
  void manyRecordsBecomeOneBatch() {
    String[] records = new String[1000];
    for (int i = 0; i < records.length; i++) {
      // Two orders of names, and an unknown one now and then: what comes next is guessed wrongly.
      String extra = i % 7 == 0 ? "\"extra\":[1,{\"auction\":-1}]," : "";
      records[i] =
          i % 3 == 0
              ? "{%s\"auction\":%d,\"channel\":\"c%d\",\"price\":%d.5}".formatted(extra, i, i, i)
              : "{\"price\": %d.5, %s \"channel\": \"c%d\", \"auction\": %d}"
                  .formatted(i, extra, i, i);
    }
    Decoding decoding = decode(BID, records);
    assertThat(decoding.failures()).isEmpty();
    assertThat(decoding.rows()).hasSize(records.length);
    for (int i = 0; i < records.length; i++) {
      assertThat(decoding.rows().get(i)).containsExactly((long) i, "c" + i, i + 0.5);
      assertThat(decoding.records().get(i)).isEqualTo(i);
    }
  }

  @Test
  void aDecoderGoesOnWithTheNextBlock() {
    Decoder decoder = Formats.decoder("json", BID, Map.of());
    DecodeOutput output = new DecodeOutput(BID);
    for (String channel : List.of("one", "tw\\u006f", "three")) {
      byte[] record = "{\"channel\":\"%s\"}".formatted(channel).getBytes(StandardCharsets.UTF_8);
      assertThat(Decoding.of(decoder, output, BID, record).rows())
          .containsExactly(Arrays.asList(null, channel.replace("\\u006f", "o"), null));
    }
  }

  @Test
  void blocksCanBeCollectedIntoOneBatch() {
    Decoder decoder = Formats.decoder("json", BID, Map.of());
    DecodeOutput output = new DecodeOutput(BID);
    for (String channel : List.of("one", "two")) {
      byte[] record = "{\"channel\":\"%s\"}".formatted(channel).getBytes(StandardCharsets.UTF_8);
      decoder.decode(Decoding.block(record), output);
    }
    BytesVector channels = (BytesVector) output.rows().build().column(1);
    assertThat(channels.string(0)).isEqualTo("one");
    assertThat(channels.string(1)).isEqualTo("two");
  }

  @Test
  void plainStringsPointIntoTheBlock() {
    Decoder decoder = Formats.decoder("json", BID, Map.of());
    DecodeOutput output = new DecodeOutput(BID);
    RecordBlock block =
        Decoding.block("{\"channel\":\"Gr\u00fcn\"}".getBytes(StandardCharsets.UTF_8));
    decoder.decode(block, output);
    Batch batch = output.rows().build();
    assertThat(((BytesVector) batch.column(1)).data()).isSameAs(block.data());
    assertThat(((BytesVector) batch.column(1)).string(0)).isEqualTo("Gr\u00fcn");
  }

  @Test
  void aProjectionGivesItsColumnsInItsOrder() {
    int[] projection = {2, 0};
    DecodingFormat format =
        Formats.decoding("json", BID, projection, List.of(FieldUse.ALL, FieldUse.ALL), Map.of());
    DataType projected = row(BID.children().get(2), BID.children().get(0));
    assertThat(format.framing()).isEqualTo(Framing.LINES);
    assertThat(
            Decoding.of(
                    format.newDecoder(), projected, "{\"auction\":1,\"channel\":17,\"price\":2}")
                .rows())
        .containsExactly(List.of(2.0, 1L));
  }

  @Test
  void noColumnsAtAllCountRecords() {
    DecodingFormat format = Formats.decoding("json", BID, new int[0], List.of(), Map.of());
    Decoding decoding =
        Decoding.of(format.newDecoder(), DataType.row(List.of()), "{\"auction\":1}", "{}", "{");
    assertThat(decoding.rows()).hasSize(2);
    assertThat(decoding.failures()).hasSize(1);
  }

  @Test
  void whatIsNotUsedIsNotConvertedButStillCheckedAsJson() {
    DataType person = row(new Field("name", DataType.string()), new Field("age", BIGINT));
    DataType schema = row(new Field("id", BIGINT), new Field("person", person));
    List<FieldUse> uses = Arrays.asList(null, FieldUse.of(FieldUse.ALL, null));
    Decoder decoder =
        Formats.decoding("json", schema, new int[] {0, 1}, uses, Map.of()).newDecoder();
    Decoding decoding =
        Decoding.of(
            decoder,
            schema,
            "{\"id\":\"no number\",\"person\":{\"age\":[\"none\"],\"name\":\"Ada\"}}",
            "{\"id\":tru,\"person\":{\"name\":\"Ada\"}}",
            "{\"person\":{\"name\":\"Bob\",\"age\":{]}}");
    assertThat(decoding.rows()).containsExactly(Arrays.asList(null, Arrays.asList("Ada", null)));
    assertThat(decoding.failures())
        .containsExactly(
            "1: not valid JSON: expected a value at byte 6, found 't'",
            "2: not valid JSON: expected a name in quotes at byte 31, found ']'");
  }

  @Test
  void aNameWithAQuoteIsOnlyFoundEscaped() {
    DataType schema = row(new Field("x\"y", BIGINT));
    Decoding decoding =
        decode(schema, "{\"x\\\"y\":1}", "{\"x\\u0022y\":2}", "{\"x\"y\":3}", "{\"x\\\"y\":4}");
    assertThat(decoding.rows()).containsExactly(List.of(1L), List.of(2L), List.of(4L));
    assertThat(decoding.failures())
        .containsExactly("2: not valid JSON: expected ':' at byte 4, found 'y'");
  }

  @Test
  void absentAndEmptyRecordsAreNoRows() {
    Decoding decoding = decode(BID, Map.of(), null, "", "{\"auction\":1}");
    assertThat(decoding.rows()).hasSize(1);
    assertThat(decoding.records()).containsExactly(2);
    assertThat(decoding.failures()).isEmpty();
    assertThat(decoding.skipped()).isEmpty();
  }

  @Test
  void anArrayOfObjectsIsSeveralRowsOfItsRecord() {
    Decoding decoding =
        decode(BID, "[]", "[{\"auction\":1},null,{\"auction\":2}]", "{\"auction\":3}");
    assertThat(decoding.rows()).extracting(row -> row.get(0)).containsExactly(1L, 2L, 3L);
    assertThat(decoding.records()).containsExactly(1, 1, 2);
  }

  @Test
  void anElementThatIsNoObjectIsSkippedAloneIfErrorsAreIgnored() {
    Decoding decoding = decode(BID, IGNORE, "[{\"auction\":1},[2],{\"auction\":3}]");
    assertThat(decoding.rows()).extracting(row -> row.get(0)).containsExactly(1L, 3L);
    assertThat(decoding.skipped())
        .containsExactly("0: [2] stands in an array of rows, but is no object");
    assertThat(decode(BID, "[{\"auction\":1},[2]]").failures())
        .containsExactly("0: [2] stands in an array of rows, but is no object");
  }

  @Test
  void aBrokenRecordLeavesNothingBehind() {
    DataType nested =
        row(
            new Field("a", DataType.array(row(new Field("x", BIGINT), new Field("y", BIGINT)))),
            new Field("m", DataType.map(DataType.string(), DataType.array(BIGINT))));
    Decoding decoding =
        decode(
            nested,
            "{\"a\":[{\"x\":1,\"y\":2},{\"x\":3,",
            "{\"m\":{\"k\":[1,2,x]}}",
            "{\"a\":[{\"x\":5,\"y\":6}],\"m\":{\"k\":[7]}}");
    assertThat(decoding.failures()).hasSize(2);
    assertThat(decoding.rows())
        .containsExactly(List.of(List.of(List.of(5L, 6L)), Map.of("k", List.of(7L))));
  }

  @Test
  void ofDuplicateNamesTheLastCounts() {
    DataType schema =
        row(
            new Field("a", DataType.array(BIGINT)),
            new Field("m", DataType.map(DataType.string(), BIGINT)),
            new Field("z", BIGINT));
    assertThat(decode(schema, "{\"a\":[1,2],\"a\":[3],\"m\":{\"k\":1,\"l\":2,\"k\":3}}").rows())
        .containsExactly(Arrays.asList(List.of(3L), Map.of("k", 3L, "l", 2L), null));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"price\":\"abc\"} | field 'price' holds \"abc\", which is not a DOUBLE",
        "{\"price\":{\"v\":1}} | field 'price' holds {\"v\":1}, which is not a DOUBLE",
        "{\"auction\":9223372036854775808}"
            + " | field 'auction' holds 9223372036854775808, which is not a BIGINT",
        "{\"auction\":true} | field 'auction' holds true, which is not a BIGINT",
        "{\"auction\":01} | not valid JSON: expected no digit after a leading zero at byte 12, found '1'",
        "{\"auction\":1 | not valid JSON: it ends at byte 12, where ',' or '}' was expected",
        "{\"auction\" 1} | not valid JSON: expected ':' at byte 11, found '1'",
        "{\"auction\":} | not valid JSON: expected a value at byte 11, found '}'",
        "{auction:1} | not valid JSON: expected a name in quotes at byte 1, found 'a'",
        "{\"channel\":\"open} | not valid JSON: it ends within a string that begins at byte 11",
        "{\"channel\":\"\\x\"} | not valid JSON: expected an escaped character at byte 13, found 'x'",
        "{\"channel\":\"\\u00g0\"}"
            + " | not valid JSON: expected four hexadecimal digits after \\u at byte 16, found 'g'",
        "hello | not valid JSON: expected an object or an array of objects at byte 0, found 'h'",
      })
  void messagesSayWhatIsWrongAndWhere(String record, String message) {
    assertThat(decode(BID, record).failures()).containsExactly("0: " + message);
  }

  @Test
  void nestedFieldsAreNamedByTheirPath() {
    DataType schema =
        row(
            new Field(
                "orders",
                DataType.array(
                    row(new Field("item", row(new Field("price", DataType.decimal(5, 2))))))));
    assertThat(decode(schema, "{\"orders\":[{\"item\":{\"price\":\"cheap\"}}]}").failures())
        .containsExactly(
            "0: field 'orders[].item.price' holds \"cheap\", which is not a DECIMAL(5, 2)");
  }

  @Test
  void longValuesAreShortenedInMessages() {
    String text = "x".repeat(1000);
    assertThat(decode(BID, "{\"price\":\"" + text + "\"}").failures().get(0)).hasSizeLessThan(120);
  }

  @Test
  void ignoredErrorsMakeFieldsNullAndBrokenRecordsVanish() {
    Decoding decoding =
        decode(
            BID,
            IGNORE,
            "{\"auction\":{\"price\":1},\"channel\":\"c\",\"price\":\"x\"}",
            "{\"auction\":1,",
            "{\"auction\":2}");
    assertThat(decoding.rows())
        .containsExactly(Arrays.asList(null, "c", null), Arrays.asList(2L, null, null));
    assertThat(decoding.records()).containsExactly(0, 2);
    assertThat(decoding.skipped())
        .containsExactly(
            "1: not valid JSON: it ends at byte 13, where a name in quotes was expected");
  }

  @Test
  void aMissingFieldIsNamed() {
    Decoding decoding =
        decode(BID, Map.of("fail-on-missing-field", "true"), "{\"auction\":1,\"price\":2}");
    assertThat(decoding.failures()).containsExactly("0: field 'channel' is missing");
  }

  @Test
  void valuesOutOfAllBoundsAreNeitherSlowNorFatal() {
    DataType schema = row(new Field("d", DataType.decimal(10, 2)));
    assertThat(decode(schema, "{\"d\":1e999999999}", "{\"d\":1e-999999999}").rows())
        .hasSize(2)
        .first()
        .isEqualTo(Collections.singletonList(null));
    String deep = "[".repeat(100_000);
    assertThat(decode(schema, "{\"other\":" + deep + "}").failures())
        .containsExactly("0: values are nested more than 1000 deep");
  }

  @Test
  void aByteOrderMarkIsPassedOver() {
    assertThat(decode(BID, "\uFEFF{\"auction\":1}").rows()).hasSize(1);
  }

  @Test
  void wrongOptionsAndTypesAreSaid() {
    assertThatThrownBy(
            () ->
                decode(BID, Map.of("ignore-parse-errors", "true", "fail-on-missing-field", "true")))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("must not both be true");
    assertThatThrownBy(() -> decode(BID, Map.of("timestamp-format.standard", "RFC")))
        .hasMessageContaining("expected SQL or ISO-8601");
    assertThatThrownBy(() -> decode(BID, Map.of("decode.json-parser.enabled", "false")))
        .isInstanceOf(UnsupportedException.class);
    assertThatThrownBy(() -> decode(row(new Field("m", DataType.map(BIGINT, BIGINT)))))
        .hasMessageContaining("column 'm' is a MAP<BIGINT, BIGINT>");
    assertThatThrownBy(() -> decode(row(new Field("o", DataType.raw("RAW('x')")))))
        .isInstanceOf(UnsupportedException.class)
        .hasMessage("format 'json' of table 't': column 'o' of type RAW('x')");
  }
}
