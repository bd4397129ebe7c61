package dev.millrace.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.batch.RecordBlockBuilder;
import dev.millrace.engine.format.DecodeOutput;
import dev.millrace.engine.format.Decoder;
import dev.millrace.engine.format.FieldUse;
import dev.millrace.engine.format.FormatContext;
import dev.millrace.engine.option.Options;
import dev.millrace.engine.text.Dates;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import dev.millrace.formats.json.JsonFormatFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Decodes Nexmark bids from JSON lines of about 200 bytes, on one thread: our decoder into a batch,
 * and Jackson's streaming parser into plain arrays. Both read the same bytes and keep the same
 * fields; before measuring, what they read is compared.
 *
 * <p>Jackson gets the best case: one parser for all lines, longs and timestamps straight into
 * {@code long[]}, strings copied as characters into one {@code char[]}, no objects.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class JsonDecodeBenchmark {
  private static final int ROWS = 4096;
  private static final DataType SCHEMA =
      DataType.row(
          List.of(
              new Field("auction", DataType.of(TypeRoot.BIGINT)),
              new Field("bidder", DataType.of(TypeRoot.BIGINT)),
              new Field("price", DataType.of(TypeRoot.BIGINT)),
              new Field("channel", DataType.string()),
              new Field("dateTime", DataType.of(TypeRoot.TIMESTAMP, 3)),
              new Field("url", DataType.string()),
              new Field("extra", DataType.string())));

  /** How many of the fields are kept: the first ones. */
  @Param({"3", "5", "7"})
  public int fields;

  private RecordBlock records;
  private Decoder decoder;
  private DecodeOutput output;
  private final JsonFactory jackson = new JsonFactory();
  private JacksonColumns columns;

  /** Makes the lines and compares both ways of reading them. */
  @Setup
  public void prepare() throws IOException {
    records = bids();
    int[] projection = IntStream.range(0, fields).toArray();
    FormatContext context =
        new FormatContext(
            SCHEMA,
            projection,
            Collections.nCopies(fields, FieldUse.ALL),
            new Options("benchmark", Map.of()),
            java.time.ZoneOffset.UTC);
    decoder = new JsonFormatFactory().decoding(context).newDecoder();
    output = new DecodeOutput(context.projectedRow());
    columns = new JacksonColumns(fields);
    columns.compare(millrace(), jackson());
  }

  private static RecordBlock bids() {
    Random random = new Random(42);
    String[] channels = {"Google", "Facebook", "Baidu", "Apple", "channel-4711"};
    DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);
    LocalDateTime time = LocalDateTime.of(2024, 7, 15, 0, 0);
    RecordBlockBuilder builder = new RecordBlockBuilder();
    for (int i = 0; i < ROWS; i++) {
      time = time.plusNanos(random.nextInt(20_000_000));
      String line =
          "{\"auction\":%d,\"bidder\":%d,\"price\":%d,\"channel\":\"%s\",\"url\":\"%s\",\"dateTime\":\"%s\",\"extra\":\"%s\"}"
              .formatted(
                  1000 + random.nextInt(100_000),
                  1000 + random.nextInt(10_000),
                  1 + random.nextInt(10_000_000),
                  channels[random.nextInt(channels.length)],
                  "https://www.nexmark.com/" + letters(random, 12) + "/item.htm?query=1",
                  format.format(time),
                  letters(random, 10 + random.nextInt(20)));
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      builder.add(bytes, 0, bytes.length);
    }
    return builder.build();
  }

  private static String letters(Random random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Batch millrace() {
    decoder.decode(records, output);
    return output.rows().build();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public JacksonColumns jackson() throws IOException {
    try (JsonParser parser = jackson.createParser(records.data(), 0, records.dataEnd())) {
      columns.read(parser);
    }
    return columns;
  }

  /** What Jackson's tokens are stored in: one array or two a field. */
  public static final class JacksonColumns {
    private static final int DATE_LENGTH = 10;
    private static final int FIRST_STRING = 3;

    private final int fields;
    private final long[][] longs = new long[SCHEMA.children().size()][ROWS];
    private final int[][] lengths = new int[SCHEMA.children().size()][ROWS];
    private char[] text = new char[1 << 20];
    private int textEnd;

    JacksonColumns(int fields) {
      this.fields = fields;
    }

    void read(JsonParser parser) throws IOException {
      textEnd = 0;
      int row = 0;
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        int found = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          int field = found < fields ? field(parser.currentName()) : fields;
          parser.nextToken();
          if (field < fields) {
            store(parser, field, row);
            found++;
          }
        }
        row++;
      }
    }

    /** Names are interned by Jackson, so a switch is mostly one comparison. */
    private static int field(String name) {
      return switch (name) {
        case "auction" -> 0;
        case "bidder" -> 1;
        case "price" -> 2;
        case "channel" -> 3;
        case "dateTime" -> 4;
        case "url" -> 5;
        case "extra" -> 6;
        default -> Integer.MAX_VALUE;
      };
    }

    private void store(JsonParser parser, int field, int row) throws IOException {
      if (field < FIRST_STRING) {
        longs[field][row] = parser.getLongValue();
        return;
      }
      char[] chars = parser.getTextCharacters();
      int offset = parser.getTextOffset();
      int length = parser.getTextLength();
      if (field == 4) {
        longs[field][row] = millis(chars, offset);
        return;
      }
      System.arraycopy(chars, offset, text, textEnd, length);
      longs[field][row] = textEnd;
      lengths[field][row] = length;
      textEnd += length;
    }

    private static long millis(char[] text, int at) {
      long day =
          Dates.epochDay(number(text, at, 4), number(text, at + 5, 2), number(text, at + 8, 2));
      int time = at + DATE_LENGTH + 1;
      int seconds =
          number(text, time, 2) * 3600 + number(text, time + 3, 2) * 60 + number(text, time + 6, 2);
      return day * Dates.MILLIS_PER_DAY + seconds * 1000L + number(text, time + 9, 3);
    }

    private static int number(char[] text, int at, int digits) {
      int value = 0;
      for (int i = at; i < at + digits; i++) {
        value = value * 10 + (text[i] - '0');
      }
      return value;
    }

    /** Throws if the two did not read the same. */
    void compare(Batch batch, JacksonColumns read) {
      for (int field = 0; field < fields; field++) {
        for (int row = 0; row < ROWS; row++) {
          Object expected = read.value(field, row);
          Object actual = actual(batch, field, row);
          if (!expected.equals(actual)) {
            throw new IllegalStateException(
                "field %d of row %d: %s, %s".formatted(field, row, expected, actual));
          }
        }
      }
    }

    private Object value(int field, int row) {
      return field < FIRST_STRING || field == 4
          ? (Object) longs[field][row]
          : new String(text, (int) longs[field][row], lengths[field][row]);
    }

    private static Object actual(Batch batch, int field, int row) {
      return switch (SCHEMA.child(field).storage()) {
        case LONG -> ((dev.millrace.engine.batch.LongVector) batch.column(field)).values()[row];
        case TIMESTAMP ->
            ((dev.millrace.engine.batch.TimestampVector) batch.column(field)).millis()[row];
        default -> ((dev.millrace.engine.batch.BytesVector) batch.column(field)).string(row);
      };
    }
  }
}
