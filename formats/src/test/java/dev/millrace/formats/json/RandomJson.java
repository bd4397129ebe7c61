package dev.millrace.formats.json;

import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/** Writes JSON documents at random, for a row type, and breaks them. */
final class RandomJson {
  private static final String[] STRINGS = {
    "",
    " ",
    "a",
    "abc",
    "hello world",
    "\"quoted\"",
    "back\\slash",
    "/",
    "\b\f\n\r\t",
    "\u0001",
    "ünïcödé",
    "名前",
    "\uD83D\uDE00",
    "\uD83D",
    "\uDE00",
    "true",
    "TRUE",
    " 12 ",
    "12",
    "-5",
    "+7",
    "1.5",
    "1e3",
    ".5",
    "1.",
    "NaN",
    "Infinity",
    "0x1p3",
    "null",
    "٣",
    "1f",
    "999999999999"
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "-1",
    "127",
    "128",
    "-128",
    "-129",
    "255",
    "32767",
    "32768",
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "123456789012345678901234567890",
    "0.0",
    "-0.0",
    "1.5",
    "-1.5",
    "0.1",
    "1.10",
    "1e5",
    "1E5",
    "1e+5",
    "1e-5",
    "1e400",
    "1e-400",
    "3.4028236e38",
    "16777217",
    "16777217.0",
    "0.1234567890123456789",
    "9007199254740993",
    "9007199254740993.0",
    "9.3e18",
    "9.223372036854775807e18",
    "2147483647.9",
    "-2147483648.9",
    "99999.995",
    "0.005",
    "0.0050",
    "12345678901234567.8",
    "1e37",
    "1e38",
    "100000000000000000",
    "1234567890123456789",
    "12345678901234567890"
  };
  private static final String[] DATES = {
    "2024-02-29",
    "1970-01-01",
    "0000-01-01",
    "9999-12-31",
    "2023-02-29",
    "2024-13-01",
    "2024-04-31",
    "+12345-01-01",
    "-0001-03-04",
    "2024-1-1",
    "24-01-01",
    "2024-02-00",
    "1600-02-29",
    "1900-02-28"
  };
  private static final String[] TIMES = {
    "00:00:00",
    "23:59:59",
    "12:34:56.7",
    "12:34:56.789",
    "12:34:56.123456789",
    "12:34",
    "24:00:00",
    "24:00:01",
    "12:34:56.",
    "12:34:56.1234567890",
    "1:02:03",
    "12:60:00",
    "12:34:60"
  };

  private static final byte[] SPECIAL =
      "{}[],:\"\\ue.-+0 9tfn\u00e9".getBytes(StandardCharsets.ISO_8859_1);

  private final Random random;
  private final boolean wrongContainers;
  private final boolean wrongBase64;

  /**
   * {@code wrongContainers} says whether objects and arrays may stand where scalars are expected,
   * {@code wrongBase64} whether binary strings may be broken.
   */
  RandomJson(Random random, boolean wrongContainers, boolean wrongBase64) {
    this.random = random;
    this.wrongContainers = wrongContainers;
    this.wrongBase64 = wrongBase64;
  }

  /** A record: mostly an object of the row's fields. */
  String document(DataType rowType) {
    if (random.nextInt(12) != 0) {
      return space() + object(rowType) + (random.nextInt(20) == 0 ? " trailing" : space());
    }
    List<String> rows = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      rows.add(random.nextInt(10) == 0 ? "null" : object(rowType));
    }
    return space() + "[" + space() + String.join(space() + "," + space(), rows) + space() + "]";
  }

  private String object(DataType rowType) {
    List<String> members = new ArrayList<>();
    for (Field field : rowType.children()) {
      if (random.nextInt(10) != 0) {
        members.add(member(field.name(), value(field.type())));
      }
      if (random.nextInt(25) == 0) {
        members.add(member(field.name(), value(field.type())));
      }
    }
    while (random.nextInt(4) == 0) {
      members.add(random.nextInt(members.size() + 1), member(pick(STRINGS) + "?", anything(3)));
    }
    if (random.nextInt(5) == 0) {
      Collections.shuffle(members, random);
    }
    return braces("{", members, "}");
  }

  private String member(String name, String value) {
    return string(name) + space() + ":" + space() + value;
  }

  private String braces(String open, List<String> parts, String close) {
    return open + space() + String.join(space() + "," + space(), parts) + space() + close;
  }

  private String value(DataType type) {
    int dice = random.nextInt(40);
    if (dice == 0) {
      return "null";
    }
    if (dice == 1) {
      boolean container = wrongContainers && !type.is(TypeRoot.BOOLEAN);
      boolean string = wrongBase64 || !type.isBinary();
      return anything(container ? 2 : 0, string);
    }
    return proper(type);
  }

  private String proper(DataType type) {
    return switch (type.root()) {
      case BOOLEAN -> oneOf(() -> "true", () -> "false", () -> string(pick(STRINGS)));
      case TINYINT -> integer(7);
      case SMALLINT -> integer(15);
      case INT, INTERVAL_YEAR_MONTH -> integer(31);
      case BIGINT, INTERVAL_DAY_TIME -> integer(63);
      case FLOAT, DOUBLE, DECIMAL ->
          oneOf(this::number, this::number, () -> pick(NUMBERS), () -> string(number()));
      case DATE -> string(random.nextBoolean() ? date() : pick(DATES));
      case TIME -> string(random.nextBoolean() ? time() : pick(TIMES));
      case TIMESTAMP -> string(timestamp());
      case TIMESTAMP_LTZ -> string(timestamp() + (random.nextInt(10) == 0 ? "" : "Z"));
      case BINARY, VARBINARY -> string(base64());
      case ARRAY -> array(type.element());
      case MAP -> map(type.child(1));
      case MULTISET -> map(DataType.of(TypeRoot.INT));
      case ROW -> object(type);
      default -> random.nextInt(6) == 0 ? anything(2) : string(text());
    };
  }

  private String array(DataType element) {
    List<String> elements = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      elements.add(value(element));
    }
    return braces("[", elements, "]");
  }

  private String map(DataType value) {
    List<String> members = new ArrayList<>();
    boolean many = random.nextInt(10) == 0;
    for (int i = random.nextInt(many ? 60 : 4); i > 0; i--) {
      members.add(member(many ? "k" + random.nextInt(50) : pick(STRINGS), value(value)));
    }
    return braces("{", members, "}");
  }

  private String anything(int depth) {
    return anything(depth, true);
  }

  private String anything(int depth, boolean strings) {
    return switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> strings ? string(pick(STRINGS)) : "7";
      case 1 -> pick(NUMBERS);
      case 2 -> random.nextBoolean() ? "true" : "false";
      case 3 -> "null";
      case 4 -> {
        List<String> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          elements.add(anything(depth - 1));
        }
        yield braces("[", elements, "]");
      }
      default -> {
        List<String> members = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          members.add(member(pick(STRINGS), anything(depth - 1)));
        }
        yield braces("{", members, "}");
      }
    };
  }

  private String integer(int bits) {
    int dice = random.nextInt(20);
    if (dice == 0) {
      return pick(NUMBERS);
    }
    long value = random.nextLong() >> (63 - bits) >> random.nextInt(bits);
    return dice < 3 ? string(" " + value + " ") : Long.toString(value);
  }

  private String number() {
    return switch (random.nextInt(4)) {
      case 0 -> Long.toString(random.nextLong() >> random.nextInt(64));
      case 1 -> Double.toString(random.nextDouble());
      case 2 -> Double.toString(Double.longBitsToDouble(random.nextLong() & ~(1L << 62)));
      default ->
          String.format(
              Locale.ROOT, "%." + random.nextInt(12) + "f", random.nextGaussian() * 100_000);
    };
  }

  private String date() {
    return "%04d-%02d-%02d"
        .formatted(random.nextInt(10_000), 1 + random.nextInt(12), 1 + random.nextInt(31));
  }

  private String time() {
    String whole =
        "%02d:%02d:%02d".formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60));
    int digits = random.nextInt(10);
    return digits == 0
        ? whole
        : whole
            + "."
            + ("" + (1_000_000_000L + random.nextInt(1_000_000_000))).substring(1, 1 + digits);
  }

  private String timestamp() {
    String date = random.nextInt(5) == 0 ? pick(DATES) : date();
    String time = random.nextInt(5) == 0 ? pick(TIMES) : time();
    return date + (random.nextBoolean() ? ' ' : 'T') + time;
  }

  private String base64() {
    byte[] bytes = new byte[random.nextInt(12)];
    random.nextBytes(bytes);
    String text = Base64.getEncoder().encodeToString(bytes);
    if (random.nextInt(6) == 0) {
      text += " " + text;
    }
    if (wrongBase64 && random.nextInt(6) == 0) {
      text = text.substring(0, random.nextInt(text.length() + 1)) + pick(STRINGS);
    }
    return text;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(pick(STRINGS));
    }
    return text.toString();
  }

  /** A JSON string, escaped more than needed now and then. */
  private String string(String value) {
    boolean eager = random.nextInt(8) == 0;
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c == '\n' && !eager) {
        text.append("\\n");
      } else if (Character.isSurrogate(c) || (eager && random.nextBoolean())) {
        text.append(
            String.format(Locale.ROOT, random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
      } else if (c == '/' && eager) {
        text.append("\\/");
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }

  private String space() {
    return random.nextInt(4) == 0 ? pick(" ", "  ", "\n", "\t", "\r\n ") : "";
  }

  @SafeVarargs
  private String oneOf(Supplier<String>... choices) {
    return choices[random.nextInt(choices.length)].get();
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Changes, drops, doubles or cuts off some bytes. */
  byte[] mutated(byte[] document) {
    byte[] current = document;
    for (int i = 1 + random.nextInt(2); i > 0 && current.length > 0; i--) {
      current = mutatedOnce(current);
    }
    return current;
  }

  private byte[] mutatedOnce(byte[] document) {
    int at = random.nextInt(document.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(document, 0, at);
    int way = random.nextInt(6);
    if (way == 0) {
      return out.toByteArray();
    } else if (way == 1) {
      out.write(random.nextInt(256));
    } else if (way == 2) {
      out.write(document[at]);
      out.write(document[at]);
    } else if (way < 5) {
      out.write(SPECIAL[random.nextInt(SPECIAL.length)]);
      if (random.nextBoolean()) {
        out.write(document[at]);
      }
    }
    out.write(document, at + 1, document.length - at - 1);
    return out.toByteArray();
  }
}
