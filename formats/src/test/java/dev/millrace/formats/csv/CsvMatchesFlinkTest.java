package dev.millrace.formats.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.format.DecodeOutput;
import dev.millrace.engine.format.Decoder;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import dev.millrace.formats.Decoding;
import dev.millrace.formats.FlinkData;
import dev.millrace.formats.Formats;
import dev.millrace.formats.RandomTypes;
import dev.millrace.formats.RandomValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.formats.csv.CsvRowDataDeserializationSchema;
import org.apache.flink.formats.csv.CsvRowDataSerializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

/** Random rows and lines, decoded and encoded by Flink's own format and by ours. */
class CsvMatchesFlinkTest {
  private static final int SCHEMAS = Integer.getInteger("millrace.random.schemas", 150);
  private static final int LINES = 40;
  private static final long SEED = Long.getLong("millrace.random.seed", System.nanoTime());
  private static final String[] TEXTS = {
    "",
    " ",
    "a",
    "abc",
    " a b ",
    "a\"b",
    "\"\"",
    "x;y",
    ";",
    "1;2;3",
    "true",
    " TRUE ",
    "12",
    " 12 ",
    "-5",
    "+7",
    "1.5",
    "1e3",
    "1e400",
    "NaN",
    "n/a",
    "٣",
    "99999999999",
    "2024-02-29",
    "2024-2-9",
    "2024-02-31",
    "1500-02-28",
    "1582-10-10",
    "12:34:56",
    "12:34",
    "12:34:56.789123",
    "24:00:00",
    "2024-02-29 12:34:56",
    "2024-02-29 12:34:56.5Z",
    " 2024-02-29 12:34:56Z ",
    "QUJD",
    "QUI=",
    " QQ== ",
    "QQ",
    "#",
    "ünï",
    "名前",
    "😀",
    "a\\,b",
    "a\\nb",
    "\\",
    "it's",
    "line\nbreak",
    "a\rb",
    "\t"
  };

  private final Random random = new Random(SEED);

  @Test
  void decodesTheSameRowsOrRejectsTheSameLines() throws Exception {
    int rejected = 0;
    int accepted = 0;
    for (int i = 0; i < SCHEMAS; i++) {
      DataType rowType = rowType();
      Map<String, String> options = decodingOptions();
      Decoder decoder = Formats.decoder("csv", rowType, options);
      DecodeOutput output = new DecodeOutput(rowType);
      CsvRowDataDeserializationSchema flink = flink(rowType, options);
      for (int k = 0; k < LINES; k++) {
        byte[] line = line(rowType, options).getBytes(StandardCharsets.UTF_8);
        if (isOtherEncoding(line) || isBlankOrComment(line, options)) {
          continue;
        }
        Decoding ours = Decoding.of(decoder, output, rowType, line);
        List<Object> expected = null;
        String error = null;
        try {
          RowData row = flink.deserialize(line);
          expected = row == null ? null : FlinkData.row(row, rowType);
        } catch (IOException e) {
          error = String.valueOf(e.getCause());
        }
        boolean agree =
            expected == null
                ? ours.rows().isEmpty() && ours.failures().isEmpty() == (error == null)
                : ours.rows().equals(List.of(expected)) && ours.failures().isEmpty();
        if (!agree) {
          fail(
              "seed %d, %s %s%n%s%n ours: %s%nflink: %s %s"
                  .formatted(
                      SEED,
                      rowType,
                      options,
                      new String(line, StandardCharsets.UTF_8),
                      ours,
                      expected,
                      error));
        }
        if (expected == null) {
          rejected++;
        } else {
          accepted++;
        }
      }
    }
    assertThat(rejected).as("rejected, seed %d", SEED).isPositive();
    assertThat(accepted).as("accepted, seed %d", SEED).isPositive();
  }

  @Test
  void encodesTheSameBytes() throws Exception {
    for (int i = 0; i < SCHEMAS; i++) {
      DataType rowType = rowType();
      Map<String, String> options = dialect();
      if (random.nextBoolean()) {
        options.put("write-bigdecimal-in-scientific-notation", "" + random.nextBoolean());
      }
      CsvRowDataSerializationSchema flink = flinkEncoder(rowType, options);
      List<List<?>> rows = new RandomValues(random).rows(rowType, 20);
      RecordBlock block = Formats.encode("csv", rowType, options, rows);
      for (int row = 0; row < rows.size(); row++) {
        byte[] expected = flink.serialize((RowData) FlinkData.flinks(rows.get(row), rowType));
        assertThat(
                new String(
                    block.data(),
                    block.starts()[row],
                    block.lengths()[row],
                    StandardCharsets.UTF_8))
            .as("seed %d, %s %s", SEED, rowType, options)
            .isEqualTo(new String(expected, StandardCharsets.UTF_8));
      }
    }
  }

  private DataType rowType() {
    List<Field> fields = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      fields.add(new Field("f" + i, random.nextInt(5) == 0 ? nested() : scalar()));
    }
    return DataType.row(fields);
  }

  private DataType nested() {
    return random.nextBoolean()
        ? DataType.array(scalar())
        : DataType.row(List.of(new Field("a", scalar()), new Field("b", scalar())));
  }

  private DataType scalar() {
    DataType type = new RandomTypes(random).scalar();
    return switch (type.root()) {
      case INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH -> DataType.of(TypeRoot.BIGINT);
      default -> type;
    };
  }

  private Map<String, String> dialect() {
    Map<String, String> options = new HashMap<>();
    if (random.nextInt(3) == 0) {
      options.put("field-delimiter", pick("|", "\\t", ";", "\\u0001"));
    }
    if (random.nextInt(4) == 0) {
      options.put("array-element-delimiter", pick(":", ",", "é"));
    }
    int quoting = random.nextInt(6);
    if (quoting == 0) {
      options.put("disable-quote-character", "true");
    } else if (quoting == 1) {
      options.put("quote-character", "'");
    }
    if (random.nextInt(3) == 0) {
      options.put("escape-character", pick("\\", "!"));
    }
    if (random.nextInt(3) == 0) {
      options.put("null-literal", pick("n/a", "null", ""));
    }
    return options;
  }

  private Map<String, String> decodingOptions() {
    Map<String, String> options = dialect();
    for (String flag :
        List.of(
            "allow-comments",
            "ignore-parse-errors",
            "trim-spaces",
            "ignore-trailing-unmappable",
            "allow-trailing-comma",
            "fail-on-missing-columns",
            "empty-string-as-null")) {
      if (random.nextInt(4) == 0) {
        options.put(flag, "" + (random.nextInt(4) != 0));
      }
    }
    return options;
  }

  private String line(DataType rowType, Map<String, String> options) {
    String delimiter = unescaped(options.getOrDefault("field-delimiter", ","));
    List<String> fields = new ArrayList<>();
    for (Field field : rowType.children()) {
      fields.add(field(field.type(), options));
    }
    if (random.nextInt(15) == 0) {
      fields.remove(fields.size() - 1);
    } else if (random.nextInt(10) == 0) {
      fields.add(pick("", "", " ", "extra", "\"open"));
    }
    if (random.nextInt(30) == 0) {
      fields.add("more");
    }
    return String.join(delimiter, fields)
        + (random.nextInt(15) == 0 ? pick("\n", "\r\n", "\nx,y") : "");
  }

  private String field(DataType type, Map<String, String> options) {
    String quote = options.getOrDefault("quote-character", "\"");
    String text = random.nextInt(8) == 0 ? pick(TEXTS) : properText(type, options);
    return switch (random.nextInt(8)) {
      case 0 -> quote + text.replace(quote, quote + quote) + quote + pick("", "", " ", "x");
      case 1 -> quote + text + quote;
      case 2 -> " " + text + " ";
      default -> text;
    };
  }

  private String properText(DataType type, Map<String, String> options) {
    return switch (type.root()) {
      case BOOLEAN -> pick("true", "false", "TRUE");
      case TINYINT, SMALLINT, INT, BIGINT -> "" + (random.nextInt(300) - 150);
      case FLOAT, DOUBLE, DECIMAL -> "" + Math.round(random.nextGaussian() * 1e6) / 1e3;
      case DATE ->
          "%04d-%02d-%02d"
              .formatted(random.nextInt(3000), 1 + random.nextInt(12), 1 + random.nextInt(31));
      case TIME -> pick("12:34:56", "12:34", "01:02:03.4567", "23:59:59.999");
      case TIMESTAMP -> pick("2024-02-29 12:34:56", "1969-12-31 23:59:59.123456789");
      case TIMESTAMP_LTZ -> pick("2024-02-29 12:34:56Z", "1969-12-31 23:59:59.123456789Z");
      case VARBINARY -> pick("QUJD", "QUI=", "");
      case ARRAY ->
          properText(type.element(), options)
              + options.getOrDefault("array-element-delimiter", ";")
              + properText(type.element(), options);
      case ROW ->
          properText(type.child(0), options)
              + options.getOrDefault("array-element-delimiter", ";")
              + properText(type.child(1), options);
      default -> pick(TEXTS);
    };
  }

  private static CsvRowDataDeserializationSchema flink(
      DataType rowType, Map<String, String> options) throws Exception {
    RowType type = FlinkData.rowType(rowType);
    CsvRowDataDeserializationSchema.Builder builder =
        new CsvRowDataDeserializationSchema.Builder(type, InternalTypeInfo.of(type));
    options.forEach(
        (name, value) -> {
          boolean flag = Boolean.parseBoolean(value);
          switch (name) {
            case "field-delimiter" -> builder.setFieldDelimiter(unescaped(value).charAt(0));
            case "array-element-delimiter" -> builder.setArrayElementDelimiter(value);
            case "disable-quote-character" -> builder.disableQuoteCharacter();
            case "quote-character" -> builder.setQuoteCharacter(value.charAt(0));
            case "escape-character" -> builder.setEscapeCharacter(value.charAt(0));
            case "null-literal" -> builder.setNullLiteral(value);
            case "allow-comments" -> builder.setAllowComments(flag);
            case "ignore-parse-errors" -> builder.setIgnoreParseErrors(flag);
            case "trim-spaces" -> builder.setTrimSpaces(flag);
            case "ignore-trailing-unmappable" -> builder.setIgnoreTrailingUnmappable(flag);
            case "allow-trailing-comma" -> builder.setAllowTrailingComma(flag);
            case "fail-on-missing-columns" -> builder.setFailOnMissingColumns(flag);
            case "empty-string-as-null" -> builder.setEmptyStringAsNull(flag);
            default -> throw new IllegalArgumentException(name);
          }
        });
    CsvRowDataDeserializationSchema schema = builder.build();
    schema.open(null);
    return schema;
  }

  private static CsvRowDataSerializationSchema flinkEncoder(
      DataType rowType, Map<String, String> options) throws Exception {
    CsvRowDataSerializationSchema.Builder builder =
        new CsvRowDataSerializationSchema.Builder(FlinkData.rowType(rowType));
    options.forEach(
        (name, value) -> {
          switch (name) {
            case "field-delimiter" -> builder.setFieldDelimiter(unescaped(value).charAt(0));
            case "array-element-delimiter" -> builder.setArrayElementDelimiter(value);
            case "disable-quote-character" -> builder.disableQuoteCharacter();
            case "quote-character" -> builder.setQuoteCharacter(value.charAt(0));
            case "escape-character" -> builder.setEscapeCharacter(value.charAt(0));
            case "null-literal" -> builder.setNullLiteral(value);
            default -> builder.setWriteBigDecimalInScientificNotation(Boolean.parseBoolean(value));
          }
        });
    CsvRowDataSerializationSchema schema = builder.build();
    schema.open(null);
    return schema;
  }

  private static String unescaped(String delimiter) {
    return delimiter.equals("\\t") ? "\t" : delimiter.equals("\\u0001") ? "\u0001" : delimiter;
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Flink's reader guesses UTF-16 and UTF-32 from zero bytes and marks; ours knows UTF-8 alone. */
  private static boolean isOtherEncoding(byte[] line) {
    for (int i = 0; i < Math.min(4, line.length); i++) {
      if (line[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** A message without content fails in Flink; of a file Flink reads such a line as we do. */
  private static boolean isBlankOrComment(byte[] line, Map<String, String> options) {
    String text = new String(line, StandardCharsets.UTF_8);
    return text.isEmpty()
        || ("true".equals(options.get("allow-comments")) && text.matches("(?s)[ \\r\\n]*(#.*)?"));
  }
}
