package dev.millrace.formats.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.format.DecodeOutput;
import dev.millrace.engine.format.FieldUse;
import dev.millrace.engine.format.Framing;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import dev.millrace.formats.Decoding;
import dev.millrace.formats.Formats;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFormatTest {
  private static final DataType READING =
      DataType.row(
          List.of(
              new Field("sensor", DataType.string()),
              new Field("at", DataType.of(TypeRoot.TIMESTAMP, 3)),
              new Field("v", DataType.of(TypeRoot.DOUBLE))));

  private static Decoding decode(Map<String, String> options, String... lines) {
    return Decoding.of(Formats.decoder("csv", READING, options), READING, lines);
  }

  @Test
  void aProjectionAndUsesDecideWhatIsConverted() {
    DataType projected =
        DataType.row(List.of(READING.children().get(2), READING.children().get(0)));
    Decoding decoding =
        Decoding.of(
            Formats.decoding(
                    "csv", READING, new int[] {2, 0}, Arrays.asList(null, FieldUse.ALL), Map.of())
                .newDecoder(),
            projected,
            "s1,not a time,not a number");
    assertThat(decoding.rows()).containsExactly(Arrays.asList(null, "s1"));
    assertThat(decoding.failures()).isEmpty();
  }

  @Test
  void plainStringsPointIntoTheBlock() {
    DecodeOutput output = new DecodeOutput(READING);
    RecordBlock block =
        Decoding.block("\"s,1\",2024-01-01 00:00:00,1".getBytes(StandardCharsets.UTF_8));
    Formats.decoder("csv", READING, Map.of()).decode(block, output);
    Batch batch = output.rows().build();
    assertThat(((BytesVector) batch.column(0)).data()).isSameAs(block.data());
    assertThat(((BytesVector) batch.column(0)).string(0)).isEqualTo("s,1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "s,2024-01-01 00:00:00,abc | field 'v' holds \"abc\", which is not a DOUBLE",
        "s,yesterday,1 | field 'at' holds \"yesterday\", which is not a TIMESTAMP(3)",
        "s,2024-01-01 00:00:00 | the record has 2 fields, but the table has 3 columns",
        "s,2024-01-01 00:00:00,1,x | the record has more fields than the table's 3 columns",
        "\"s,2024-01-01 00:00:00,1 | the quote at byte 0 is never closed",
        "\"s\"x,2024-01-01 00:00:00,1"
            + " | expected ',' or the end of the line after a closing quote at byte 3",
      })
  void messagesSayWhatIsWrongAndWhere(String line, String message) {
    assertThat(decode(Map.of(), line).failures()).containsExactly("0: " + message);
  }

  @Test
  void ignoredErrorsMakeFieldsNullAndBrokenLinesVanish() {
    Decoding decoding =
        decode(Map.of("ignore-parse-errors", "true"), "s,x,1", "s", "a,b,c,d", "\"open");
    assertThat(decoding.rows())
        .containsExactly(Arrays.asList("s", null, 1.0), Arrays.asList("s", null, null));
    assertThat(decoding.skipped())
        .containsExactly(
            "2: the record has more fields than the table's 3 columns",
            "3: the quote at byte 0 is never closed");
  }

  @Test
  void commentsAndAbsentRecordsAreNoRows() {
    Decoding decoding =
        decode(Map.of("allow-comments", "true"), "# sensor,at,v", null, " s,2024-01-01 00:00:00,1");
    assertThat(decoding.rows()).extracting(row -> row.get(0)).containsExactly("s");
    assertThat(decoding.records()).containsExactly(2);
    assertThat(decoding.failures()).isEmpty();
  }

  @Test
  void bytesThatAreNotUtf8AreSaid() {
    byte[] line = "s?,2024-01-01 00:00:00,1".getBytes(StandardCharsets.UTF_8);
    line[1] = (byte) 0xFF;
    assertThat(
            Decoding.of(
                    Formats.decoder("csv", READING, Map.of()),
                    new DecodeOutput(READING),
                    READING,
                    line)
                .failures())
        .containsExactly("0: the record is not valid UTF-8");
  }

  @Test
  void lineEndsWithinDoubleQuotesBelongToTheRecord() {
    assertThat(Formats.decoding("csv", READING, Map.of()).framing())
        .isEqualTo(Framing.QUOTED_LINES);
    assertThat(
            Formats.decoding("csv", READING, Map.of("disable-quote-character", "true")).framing())
        .isEqualTo(Framing.LINES);
    assertThat(decode(Map.of(), "\"two\nlines\",2024-01-01 00:00:00,1").rows())
        .extracting(row -> row.get(0))
        .containsExactly("two\nlines");
  }

  @Test
  void wrongOptionsAndTypesAreSaid() {
    assertThatThrownBy(() -> decode(Map.of("quote-character", "''")))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("expected a single character");
    assertThatThrownBy(
            () -> decode(Map.of("quote-character", "'", "disable-quote-character", "true")))
        .hasMessageContaining("exclude each other");
    assertThatThrownBy(() -> decode(Map.of("field-delimiter", "§")))
        .isInstanceOf(UnsupportedException.class);
    DataType map =
        DataType.row(List.of(new Field("m", DataType.map(DataType.string(), DataType.string()))));
    assertThatThrownBy(() -> Formats.encoder("csv", map, Map.of()))
        .hasMessageContaining("column 'm' is a MAP<STRING, STRING>, which a field can't hold");
  }
}
