package dev.millrace.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.connectors.testing.Letters;
import dev.millrace.connectors.testing.TestSinkContext;
import dev.millrace.connectors.testing.Writing;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the sink does in every database. */
abstract class JdbcSinkContract {
  private static final long SEED = Long.getLong("millrace.random.seed", System.nanoTime());
  static final DataType INT = DataType.of(TypeRoot.INT);
  static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);

  abstract TestDatabase database();

  private static final List<DataType> TYPES =
      List.of(
          DataType.of(TypeRoot.BOOLEAN),
          DataType.of(TypeRoot.TINYINT),
          DataType.of(TypeRoot.SMALLINT),
          INT,
          BIGINT,
          DataType.of(TypeRoot.FLOAT),
          DataType.of(TypeRoot.DOUBLE),
          DataType.decimal(7, 2),
          DataType.decimal(26, 6),
          DataType.string(),
          type(TypeRoot.VARCHAR, 2),
          DataType.bytes(),
          DataType.of(TypeRoot.DATE),
          type(TypeRoot.TIME, 3),
          type(TypeRoot.TIMESTAMP, 6),
          type(TypeRoot.TIMESTAMP_LTZ, 6));

  /** What the database calls each of {@link #TYPES}. */
  abstract List<String> typesInDatabase();

  /** The texts that the database makes of {@link #ordinary} and {@link #extreme}. */
  abstract List<String> ordinaryTexts();

  abstract List<String> extremeTexts();

  /** Values of {@link #TYPES}, aligned with them. */
  private static List<Object> ordinary() {
    return List.of(
        true,
        (byte) 1,
        (short) 2,
        3,
        4L,
        1.5f,
        2.25,
        new BigDecimal("123.45"),
        new BigDecimal("12345678901234567890.123456"),
        "tüx'\"\\€",
        "ab",
        new byte[] {0, 1, -1, '\'', '\\'},
        LocalDate.of(2024, 2, 29),
        LocalTime.of(12, 34, 56, 789_000_000),
        LocalDateTime.of(2024, 3, 31, 2, 30, 0, 123_456_000),
        Instant.parse("2024-10-27T00:30:00.123456Z"));
  }

  private static List<Object> extreme() {
    return List.of(
        false,
        Byte.MIN_VALUE,
        Short.MIN_VALUE,
        Integer.MIN_VALUE,
        Long.MIN_VALUE,
        -0.5f,
        -1e300,
        new BigDecimal("-99999.99"),
        new BigDecimal("-99999999999999999999.999999"),
        "",
        "x",
        new byte[0],
        LocalDate.of(1970, 1, 1),
        LocalTime.MIDNIGHT,
        LocalDateTime.of(1999, 12, 31, 23, 59, 59),
        Instant.parse("1970-01-02T00:00:00Z"));
  }

  static DataType type(TypeRoot root, int precision) {
    return DataType.of(root, precision);
  }

  private TestTable table(String target) {
    return TestTable.of(database(), target);
  }

  @Test
  void everyTypeArrivesAsItIs() {
    StringBuilder columns = new StringBuilder("nr INT");
    for (int i = 0; i < TYPES.size(); i++) {
      columns.append(", c%d %s".formatted(i, typesInDatabase().get(i)));
    }
    String target = database().table("types", columns.toString());
    TestTable table = table(target).column("nr", INT);
    for (int i = 0; i < TYPES.size(); i++) {
      table.column("c" + i, TYPES.get(i));
    }
    try (Writing writing = table.writing()) {
      List<List<Object>> rows =
          List.of(ordinary(), extreme(), Collections.nCopies(TYPES.size(), null), ordinary());
      for (int i = 0; i < rows.size(); i++) {
        List<Object> row = new ArrayList<>(rows.get(i));
        row.add(0, i);
        writing.insert(row.toArray());
      }
      writing.write().finish();
    }
    List<List<String>> found = database().query("SELECT * FROM " + target + " ORDER BY nr");
    assertThat(found).hasSize(4);
    found.forEach(row -> row.remove(0));
    assertThat(found.get(0)).containsExactlyElementsOf(ordinaryTexts());
    assertThat(found.get(1)).containsExactlyElementsOf(extremeTexts());
    assertThat(found.get(2)).containsOnlyNulls();
    assertThat(found.get(3)).isEqualTo(found.get(0));
  }

  @Test
  void rowsWithoutAKeyAreAddedInTheirOrder() {
    String target = database().table("plain", "n INT");
    TestTable table = table(target).column("n", INT);
    try (Writing writing = table.writing()) {
      writing.insert(1).insert(1).write().insert(2).insert(1).write().finish();
    }
    assertThat(database().numbers("SELECT n FROM " + target + " ORDER BY n"))
        .containsExactly(1L, 1L, 1L, 2L);
  }

  /** Random changes of few keys, flushed at random moments, against a map. */
  @Test
  void changesComeToWhatTheLastOfEachKeySays() {
    System.out.println(getClass().getSimpleName() + " seed " + SEED);
    Random random = new Random(SEED);
    String target =
        database().table("changes", "a INT, v VARCHAR(20), b VARCHAR(20), PRIMARY KEY (a, b)");
    TestTable table =
        table(target)
            .column("a", INT)
            .column("v", DataType.string())
            .column("b", DataType.string())
            .primaryKey(0, 2)
            .option("sink.buffer-flush.max-rows", Integer.toString(1 + random.nextInt(40)));
    Map<String, String> expected = new TreeMap<>();
    try (Writing writing = table.writing()) {
      for (int i = 0; i < 2000; i++) {
        int a = random.nextInt(5);
        String b = "k" + random.nextInt(4);
        String value = random.nextInt(10) == 0 ? null : "v" + i;
        if (random.nextInt(3) == 0) {
          writing.delete(a, null, b);
          expected.remove(a + b);
        } else {
          boolean update = expected.containsKey(a + b);
          writing.row(update ? RowKind.UPDATE_AFTER : RowKind.INSERT, a, value, b);
          expected.put(a + b, String.valueOf(value));
        }
        if (random.nextInt(10) == 0) {
          writing.write();
        }
      }
      writing.write().finish();
    }
    Map<String, String> found = new TreeMap<>();
    database()
        .query("SELECT a, b, v FROM " + target)
        .forEach(row -> found.put(row.get(0) + row.get(1), String.valueOf(row.get(2))));
    assertThat(found).as("seed %d", SEED).isEqualTo(expected);
  }

  @Test
  void aTableOfKeysOnlyHoldsEachOnce() {
    String target = database().table("keys_only", "a INT PRIMARY KEY");
    TestTable table = table(target).column("a", INT).primaryKey(0);
    try (Writing writing = table.writing()) {
      writing.insert(1).insert(2).write().endEpoch().insert(1).delete(2).write().finish();
    }
    assertThat(database().numbers("SELECT a FROM " + target)).containsExactly(1L);
  }

  @Test
  void rowsWaitForTheBufferTheIntervalOrTheEpoch() {
    String target = database().table("buffered", "n INT");
    String count = "SELECT COUNT(*) FROM " + target;
    TestTable table =
        table(target)
            .column("n", INT)
            .option("sink.buffer-flush.max-rows", "3")
            .option("sink.buffer-flush.interval", "0");
    try (Writing writing = table.writing()) {
      writing.insert(1).insert(2).write().tick();
      assertThat(database().numbers(count)).containsExactly(0L);
      writing.insert(3).write();
      assertThat(database().numbers(count)).containsExactly(3L);
      writing.insert(4).write();
      assertThat(database().numbers(count)).containsExactly(3L);
      writing.endEpoch();
      assertThat(database().numbers(count)).containsExactly(4L);
    }
    try (Writing writing = table.option("sink.delivery-guarantee", "none").writing()) {
      writing.insert(5).write().endEpoch();
      assertThat(database().numbers(count)).containsExactly(4L);
    }
    TestTable linger = table.option("sink.buffer-flush.interval", "2 s");
    TestSinkContext context = new TestSinkContext();
    try (Writing writing = linger.writing(context)) {
      context.clock().advance(Duration.ofSeconds(1));
      writing.insert(5).write().tick();
      assertThat(database().numbers(count)).containsExactly(4L);
      context.clock().advance(Duration.ofSeconds(1));
      writing.tick();
      assertThat(database().numbers(count)).containsExactly(5L);
    }
  }

  @Test
  void aRowThatIsNotTakenIsNamedByItsKey() {
    String target = database().table("strict", "id INT PRIMARY KEY, amount DECIMAL(4, 1) NOT NULL");
    TestTable table =
        table(target).column("id", INT).column("amount", DataType.decimal(10, 1)).primaryKey(0);
    try (Writing writing = table.writing()) {
      writing.insert(1, new BigDecimal("1.5")).insert(7, null).insert(8, BigDecimal.ONE);
      assertThatThrownBy(() -> writing.write().finish())
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("Table 't'")
          .hasMessageContaining(target)
          .hasMessageContaining("key id = 7")
          .hasMessageContaining("amount")
          .hasMessageNotContaining("\n");
    }
    try (Writing writing = table.writing()) {
      writing.insert(1, new BigDecimal("1.5")).insert(9, new BigDecimal("123456.7"));
      assertThatThrownBy(() -> writing.write().finish()).hasMessageContaining("key id = 9");
    }
    assertThat(database().query("SELECT * FROM " + target)).isEmpty();
  }

  /** Random rows, some of them impossible, flushed at random moments. */
  @Test
  void rowsThatAreNotTakenBecomeLettersAndTheOthersAreWritten() {
    System.out.println(getClass().getSimpleName() + " seed " + SEED);
    Random random = new Random(SEED);
    String target =
        database().table("sorted_out", "id INT PRIMARY KEY, amount DECIMAL(4, 1) NOT NULL");
    TestTable table =
        table(target)
            .column("id", INT)
            .column("amount", DataType.decimal(10, 1))
            .primaryKey(0)
            .option("sink.buffer-flush.max-rows", Integer.toString(1 + random.nextInt(200)));
    Letters letters = new Letters(table.schema());
    List<Long> expected = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    try (Writing writing = table.writing(new TestSinkContext().withErrors(letters.errors()))) {
      for (int id = 0; id < 1500; id++) {
        switch (random.nextInt(20)) {
          case 0 -> {
            writing.insert(id, null);
            refused.add("{\"id\":%d,\"amount\":null}".formatted(id));
          }
          case 1 -> {
            writing.insert(id, new BigDecimal("1234.5"));
            refused.add("{\"id\":%d,\"amount\":1234.5}".formatted(id));
          }
          case 2 -> {
            if (!expected.isEmpty()) {
              Long last = expected.remove(expected.size() - 1);
              writing.delete(last.intValue(), null);
            }
          }
          default -> {
            writing.insert(id, BigDecimal.ONE);
            expected.add((long) id);
          }
        }
        if (random.nextInt(10) == 0) {
          writing.write();
        }
      }
      writing.write().finish();
    }
    assertThat(database().numbers("SELECT id FROM " + target + " ORDER BY id"))
        .as("seed %d", SEED)
        .isEqualTo(expected);
    assertThat(letters.takeRows()).as("seed %d", SEED).isEqualTo(refused);
  }

  /** Few keys, so that changes of the same one meet in a flush. */
  @Test
  void aChangeThatIsNotTakenLeavesItsKeyAsItWas() {
    Random random = new Random(SEED);
    String target = database().table("few_keys", "id INT PRIMARY KEY, amount INT NOT NULL");
    TestTable table =
        table(target)
            .column("id", INT)
            .column("amount", INT)
            .primaryKey(0)
            .option("sink.buffer-flush.max-rows", Integer.toString(1 + random.nextInt(50)));
    Letters letters = new Letters(table.schema());
    Map<Long, Long> expected = new TreeMap<>();
    try (Writing writing = table.writing(new TestSinkContext().withErrors(letters.errors()))) {
      for (int change = 0; change < 1000; change++) {
        int id = random.nextInt(8);
        switch (random.nextInt(4)) {
          case 0 -> {
            writing.delete(id, null);
            expected.remove((long) id);
          }
          case 1 -> {
            writing.insert(id, change);
            expected.put((long) id, (long) change);
          }
          default -> writing.insert(id, null);
        }
        if (random.nextInt(5) == 0) {
          writing.write();
        }
      }
      writing.write().finish();
    }
    assertThat(database().numbers("SELECT id FROM " + target + " ORDER BY id"))
        .as("seed %d", SEED)
        .containsExactlyElementsOf(expected.keySet());
    assertThat(database().numbers("SELECT amount FROM " + target + " ORDER BY id"))
        .as("seed %d", SEED)
        .containsExactlyElementsOf(expected.values());
    assertThat(letters.count()).isPositive();
  }

  @Test
  void aLetterSaysWhatTheDatabaseSays() {
    String target = database().table("checked", "id INT PRIMARY KEY, CHECK (id < 10)");
    TestTable table = table(target).column("id", INT).primaryKey(0);
    Letters letters = new Letters(table.schema());
    try (Writing writing = table.writing(new TestSinkContext().withErrors(letters.errors()))) {
      writing.insert(1).insert(11).write().finish();
    }
    List<String> letter = letters.take().get(0);
    assertThat(letter.subList(0, 2)).containsExactly("sink", "t");
    assertThat(letter.get(2)).endsWith("Exception").contains("sql");
    assertThat(letter.get(3))
        .startsWith("Table 't': ")
        .contains("does not take a row", "key id = 11")
        .doesNotContain("\n");
    assertThat(letter.get(4)).isEqualTo("{\"id\":11}");
  }

  /** The statement is to blame, not its rows. */
  @Test
  void whatIsWrongWithTheTableFailsTheJobWhateverBecomesOfRows() {
    String target = database().table("dropped", "id INT");
    TestTable table = table(target).column("id", INT);
    Letters letters = new Letters(table.schema());
    try (Writing writing = table.writing(new TestSinkContext().withErrors(letters.errors()))) {
      database().execute("DROP TABLE " + target);
      assertThatThrownBy(() -> writing.insert(1).write().finish()).hasMessageContaining(target);
    }
    assertThat(letters.count()).isZero();
  }

  @Test
  void whatTheDatabaseLacksIsSaidAtTheStart() {
    String target = database().table("lacking", "id INT");
    assertThatThrownBy(() -> table("no_such_table").column("id", INT).writing())
        .hasMessageContaining("no_such_table")
        .hasMessageContaining("'table-name'");
    assertThatThrownBy(() -> table(target).column("nothing", INT).writing())
        .hasMessageContaining("nothing")
        .hasMessageContaining("names and types of the columns");
  }

  @Test
  void reservedWordsAreNamesLikeOthers() {
    Dialect dialect = Dialect.of(database().url()).orElseThrow();
    String target =
        database()
            .table("words", dialect.quote("order") + " INT, " + dialect.quote("key") + " INT");
    TestTable table = table(target).column("order", INT).column("key", INT);
    try (Writing writing = table.writing()) {
      writing.insert(1, 2).write().finish();
    }
    assertThat(database().query("SELECT * FROM " + target)).containsExactly(List.of("1", "2"));
  }

  @Test
  void aKeyThatIsNotUniqueInTheDatabaseIsNamedAsTheReason() {
    String target = database().table("not_unique", "id INT, other INT UNIQUE");
    TestTable table = table(target).column("id", INT).column("other", INT).primaryKey(0);
    assertThatThrownBy(
            () -> {
              try (Writing writing = table.writing()) {
                writing.insert(1, 1).write().finish();
              }
            })
        .hasMessageContaining("Table 't'")
        .hasMessageContaining("unique");
    database().execute("CREATE UNIQUE INDEX ids_" + target + " ON " + target + " (id)");
    try (Writing writing = table.writing()) {
      writing.insert(1, 1).write().insert(1, 2).write().finish();
    }
    assertThat(database().query("SELECT * FROM " + target)).containsExactly(List.of("1", "2"));
  }
}
